// ModelFiles: reading, leaving out.
#include "engine/logictree/model_files.hpp"

#include "engine/job/input_path.hpp"
#include "engine/nrml/number.hpp"
#include "engine/nrml/source_model.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

bool discarded(const Job& job, const std::string& region) {
  const auto& regions = job.discard_tectonic_regions;
  return std::ranges::find(regions, region) != regions.end();
}

bool wanted(const Job& job, const std::string& id) {
  return job.source_ids.empty() || std::ranges::find(job.source_ids, id) != job.source_ids.end();
}

// The files of a branch that one of the options leaves, as its text names them.
std::string files_left(const Job& job, const ModelFiles& files, const Branch& branch) {
  const RawOption* const only = job.option("smlt_branch");
  if (only && !only->value.empty() && branch.id != only->value)
    return "";
  if (job.source_ids.size() != 1)
    return branch.model;
  std::string left;
  for (const std::string& file : files_of(branch))
    if (!files.groups(file).empty())
      left += (left.empty() ? "" : " ") + file;
  return left;
}

} // namespace

bool names_models(const BranchSet& set) noexcept {
  return set.uncertainty == "sourceModel" || set.uncertainty == "extendModel";
}

std::vector<std::string> files_of(const Branch& branch) {
  std::vector<std::string> files;
  for (const auto name : split_list(branch.model, ListSeparators::blanks))
    files.emplace_back(name);
  return files;
}

Result<ModelFiles> ModelFiles::read(const Job& job, const std::vector<BranchSet>& sets) {
  ModelFiles files;
  for (const BranchSet& set : sets)
    if (names_models(set))
      for (const Branch& branch : set.branches) {
        const auto names = files_of(branch);
        // An extension may be none.
        if (names.empty() && set.uncertainty == "sourceModel")
          return invalid_input("uncertaintyModel names no source model file", branch.where);
        for (const std::string& file : names)
          OQ_CHECK(files.add(job, file, branch.where));
      }
  for (auto& [file, groups] : files.groups_)
    for (SourceGroup& group : groups)
      OQ_CHECK(files.sections_.attach(group));
  return files;
}

Result<void> ModelFiles::add(const Job& job, const std::string& file, const std::string& where) {
  if (groups_.contains(file))
    return {};
  const auto folder = job.inputs.at("source_model_logic_tree").front().parent_path();
  const auto path = resolve_input(folder, file, job.confine_to);
  if (!path)
    return invalid_input("source model: " + path.error().message, where);
  OQ_TRY(auto model, read_source_model(*path));
  OQ_CHECK(sections_.add(model));
  keep(job, file, std::move(model));
  return {};
}

void ModelFiles::keep(const Job& job, const std::string& file, SourceModel model) {
  auto& kept = groups_[file];
  for (const SourceGroup& group : model.groups) {
    SourceGroup left = group;
    left.sources = {};
    for (auto source = group.sources.begin(); source != group.sources.end(); ++source) {
      ids_.insert(source->id);
      if (discarded(job, source->tectonic_region))
        continue;
      const bool stays = wanted(job, source->id);
      if (stays || job.source_ids.size() > 1)
        regions_.insert(source->tectonic_region);
      if (stays)
        left.sources.push_back(source.shared());
    }
    if (!left.sources.empty())
      kept.push_back(std::move(left));
  }
}

const std::vector<SourceGroup>& ModelFiles::groups(const std::string& file) const {
  return groups_.at(file);
}

void leave_out_branches(const Job& job, const ModelFiles& files, std::vector<BranchSet>& sets) {
  for (BranchSet& set : sets) {
    if (!names_models(set))
      continue;
    std::vector<Branch> left;
    std::optional<Branch> without;
    for (Branch& branch : set.branches) {
      branch.model = files_left(job, files, branch);
      if (!branch.model.empty())
        left.push_back(std::move(branch));
      else if (without)
        without->weight += branch.weight;
      else
        without = std::move(branch);
    }
    if (without)
      left.push_back(*std::move(without));
    set.branches = std::move(left);
  }
}

} // namespace oq::engine
