// Full enumeration of the source-model tree.
#include "engine/logictree/source_paths.hpp"

#include "engine/job/input_path.hpp"
#include "engine/logictree/branch_letter.hpp"
#include "engine/logictree/branch_set.hpp"
#include "engine/nrml/number.hpp"
#include "engine/nrml/source_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace oq::engine {
namespace {

constexpr std::size_t kMostPaths = 15'000; // OpenQuake's max_potential_paths
constexpr std::string_view kRootLetter = "A";

// A path so far: a branch, or none, for each branch set.
struct OpenPath {
  std::vector<const Branch*> branches;
  std::string letters, ids;
  double weight = 1;

  bool holds(const std::vector<std::string>& wanted) const {
    return std::any_of(branches.begin(), branches.end(), [&](const Branch* branch) {
      return branch && std::find(wanted.begin(), wanted.end(), branch->id) != wanted.end();
    });
  }
  OpenPath with(const Branch* branch, const std::string& letter) const {
    OpenPath longer = *this;
    longer.branches.push_back(branch);
    longer.letters += letter;
    longer.ids += (ids.empty() ? "" : "~") + (branch ? branch->id : std::string(1, kNoBranch));
    longer.weight *= branch ? branch->weight : 1;
    return longer;
  }
};

Result<void> check_branch_sets(const std::vector<BranchSet>& sets) {
  if (sets.front().uncertainty != "sourceModel")
    return invalid_input("the first branch set must have uncertaintyType \"sourceModel\"",
                         sets.front().where);
  if (sets.size() > 1)
    return invalid_input(
      fmt::format("uncertaintyType {} is not supported yet after the source models",
                  in_quotes(sets[1].uncertainty)),
      sets[1].where);
  return {};
}

Result<std::vector<OpenPath>> enumerate(const std::vector<BranchSet>& sets) {
  std::vector<OpenPath> paths(1);
  for (const auto& set : sets) {
    std::vector<OpenPath> longer;
    for (const auto& path : paths) {
      if (!set.apply_to_branches.empty() && !path.holds(set.apply_to_branches)) {
        longer.push_back(path.with(nullptr, std::string(1, kNoBranch)));
        continue;
      }
      for (std::size_t i = 0; i < set.branches.size(); ++i)
        longer.push_back(path.with(&set.branches[i], branch_letter(i)));
      if (longer.size() > kMostPaths)
        return invalid_input(fmt::format("the tree has more than {} paths", kMostPaths), set.where);
    }
    paths = std::move(longer);
  }
  std::stable_sort(paths.begin(), paths.end(), [](const auto& a, const auto& b) {
    return a.ids < b.ids;
  });
  return paths;
}

// Reads each file once, however many paths name it.
class ModelFiles {
public:
  ModelFiles(std::filesystem::path folder, std::filesystem::path confine_to)
    : folder_(std::move(folder)), confine_to_(std::move(confine_to)) {}

  Result<std::vector<SourceGroup>> groups(const Branch& branch) {
    std::vector<SourceGroup> all;
    for (const auto name : split_list(branch.model, ListSeparators::blanks)) {
      OQ_TRY(const auto* model, read(std::string(name), branch.where));
      all.insert(all.end(), model->groups.begin(), model->groups.end());
    }
    if (all.empty())
      return invalid_input("uncertaintyModel names no source model file", branch.where);
    return all;
  }

private:
  Result<const SourceModel*> read(const std::string& name, const std::string& where) {
    const auto known = models_.find(name);
    if (known != models_.end())
      return &known->second;
    const auto path = resolve_input(folder_, name, confine_to_);
    if (!path)
      return invalid_input("source model: " + path.error().message, where);
    OQ_TRY(auto model, read_source_model(*path));
    return &models_.emplace(name, std::move(model)).first->second;
  }

  std::filesystem::path folder_, confine_to_;
  std::map<std::string, SourceModel> models_;
};

// OpenQuake's letters: one for the root, then one a branch set; a tree of a single branch has the
// root's alone.
std::string path_letters(const std::vector<BranchSet>& sets, const std::string& letters) {
  const bool single = sets.size() == 1 && sets.front().branches.size() == 1;
  return std::string(kRootLetter) + (single ? "" : letters);
}

// `discard_trts` and `source_id` leave sources out.
void select_sources(const Job& job, std::vector<SourceGroup>& groups) {
  const auto& discarded = job.discard_tectonic_regions;
  const auto& wanted = job.source_ids;
  for (SourceGroup& group : groups)
    std::erase_if(group.sources, [&](const Source& source) {
      return std::ranges::find(discarded, source.tectonic_region) != discarded.end()
             || (!wanted.empty() && std::ranges::find(wanted, source.id) == wanted.end());
    });
  std::erase_if(groups, [](const SourceGroup& group) {
    return group.sources.empty();
  });
}

} // namespace

Result<std::vector<SourceModelPath>> read_source_paths(const Job& job) {
  const auto file = job.inputs.find("source_model_logic_tree");
  if (file == job.inputs.end() || file->second.empty())
    return invalid_input("source_model_logic_tree_file is missing", job.ini.filename().string());
  OQ_TRY(const auto sets, read_branch_sets(file->second.front()));
  OQ_CHECK(check_branch_sets(sets));
  OQ_TRY(const auto paths, enumerate(sets));
  ModelFiles files(file->second.front().parent_path(), job.confine_to);
  std::vector<SourceModelPath> result;
  for (const auto& path : paths) {
    OQ_TRY(auto groups, files.groups(*path.branches.front()));
    select_sources(job, groups);
    result.push_back({path_letters(sets, path.letters), path.weight, std::move(groups)});
  }
  return result;
}

} // namespace oq::engine
