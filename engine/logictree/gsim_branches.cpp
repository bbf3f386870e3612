// Reads the ground-motion logic tree and keeps what the sources need.
#include "engine/logictree/gsim_branches.hpp"

#include "engine/job/input_path.hpp"
#include "engine/logictree/branch_set.hpp"
#include "engine/nrml/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace oq::engine {
namespace {

const std::string kAnyRegion = "*";

// Where the files of a tree may lie.
struct Folder {
  std::filesystem::path path, confine_to;
};

// Arguments that name files: they must be there, and inside the folder that the job is confined to.
// Models inside models have arguments of their own.
Result<void> check_files(const boost::json::object& arguments, const std::string& where,
                         const Folder& folder) {
  for (const auto& [key, value] : arguments) {
    if (const auto* inner = value.if_object()) {
      OQ_CHECK(check_files(*inner, where, folder));
      continue;
    }
    if (!key.ends_with("_file") && !key.ends_with("_table") && !key.ends_with("_tab"))
      continue;
    if (!value.is_string())
      return invalid_input(std::string(key) + " must be a file name", where);
    const auto path =
      resolve_input(folder.path, std::string_view(value.as_string()), folder.confine_to);
    if (!path)
      return invalid_input(std::string(key) + ": " + path.error().message, where);
  }
  return {};
}

Result<GsimBranch> read_branch(const Branch& branch, const Folder& folder) {
  OQ_TRY(auto spec, parse_gsim(branch.model, branch.where));
  for (const auto& [key, value] : branch.attributes)
    spec.arguments[key] = value;
  spec.base_directory = folder.path;
  OQ_CHECK(check_files(spec.arguments, spec.where, folder));
  return GsimBranch{branch.id, std::move(spec), branch.weight, branch.imt_weights};
}

Result<GsimBranchSet> read_set(const BranchSet& set, const Folder& folder) {
  if (set.uncertainty != "gmpeModel")
    return invalid_input(fmt::format("uncertaintyType {} has no place in a ground-motion tree",
                                     in_quotes(set.uncertainty)),
                         set.where);
  GsimBranchSet result{set.tectonic_region, {}};
  for (const auto& branch : set.branches) {
    OQ_TRY(auto gsim, read_branch(branch, folder));
    result.branches.push_back(std::move(gsim));
  }
  return result;
}

// `collapse_gsim_logic_tree`: ids of branch sets, separated by blanks.
Result<std::set<std::string>> collapsed_sets(const Job& job, const std::vector<BranchSet>& sets) {
  std::set<std::string> ids;
  const RawOption* const option = job.option("collapse_gsim_logic_tree");
  if (!option)
    return ids;
  for (const auto id : split_list(option->value, ListSeparators::blanks_and_commas)) {
    if (std::ranges::find(sets, id, &BranchSet::id) == sets.end())
      return invalid_input(
        fmt::format("the ground-motion logic tree has no branch set {}", in_quotes(id)),
        job.where("collapse_gsim_logic_tree"));
    ids.emplace(id);
  }
  return ids;
}

// One branch with the mean of the models' probabilities of exceedance in place of all.
GsimBranch average(const std::vector<GsimBranch>& branches) {
  GsimBranch result{branches.front().id, {.name = "AvgPoeGMPE"}, 1, {}};
  result.gsim.base_directory = branches.front().gsim.base_directory;
  result.gsim.where = branches.front().gsim.where;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    boost::json::object arguments = branches[i].gsim.arguments;
    arguments["weight"] = branches[i].weight;
    result.gsim.arguments[fmt::format("b{}", i + 1)] =
      boost::json::object{{branches[i].gsim.name, std::move(arguments)}};
  }
  return result;
}

Result<std::map<std::string, GsimBranchSet>> read_tree(const Job& job,
                                                       const std::filesystem::path& file) {
  OQ_TRY(const auto sets, read_branch_sets(file, BranchIds::any));
  OQ_TRY(const auto collapsed, collapsed_sets(job, sets));
  std::map<std::string, GsimBranchSet> by_region;
  for (const auto& set : sets) {
    if (set.tectonic_region.empty() && sets.size() > 1)
      return invalid_input("the branch set needs applyToTectonicRegionType", set.where);
    OQ_TRY(auto read, read_set(set, {file.parent_path(), job.confine_to}));
    if (collapsed.contains(set.id))
      read.branches = {average(read.branches)};
    if (read.tectonic_region.empty())
      read.tectonic_region = kAnyRegion;
    const auto region = read.tectonic_region;
    if (!by_region.emplace(region, std::move(read)).second)
      return invalid_input(fmt::format("tectonic region {} has two branch sets", in_quotes(region)),
                           set.where);
  }
  return by_region;
}

// `gsim = Name` in the job stands for a tree of one branch.
Result<std::map<std::string, GsimBranchSet>> read_option(const Job& job, const RawOption& option) {
  const Branch branch{.id = "b1", .model = option.value, .value = {}, .where = job.where("gsim")};
  OQ_TRY(auto gsim, read_branch(branch, {job.ini.parent_path(), job.confine_to}));
  return std::map<std::string, GsimBranchSet>{{kAnyRegion, {kAnyRegion, {std::move(gsim)}}}};
}

Result<std::map<std::string, GsimBranchSet>> read_all(const Job& job) {
  const auto file = job.inputs.find("gsim_logic_tree");
  if (file != job.inputs.end() && !file->second.empty())
    return read_tree(job, file->second.front());
  if (const auto* option = job.option("gsim"))
    return read_option(job, *option);
  return invalid_input("neither gsim_logic_tree_file nor gsim is given",
                       job.ini.filename().string());
}

// A model that only regions without sources name need not be one of ours.
Result<void> check_models(const GsimBranchSet& set) {
  for (const auto& branch : set.branches)
    if (const auto model = make_ground_motion_model(branch.gsim); !model)
      return model.error();
  return {};
}

} // namespace

Result<std::vector<GsimBranchSet>> read_gsim_branches(const Job& job,
                                                      const std::set<std::string>& regions) {
  OQ_TRY(const auto all, read_all(job));
  for (const auto& [region, set] : all)
    if (regions.contains(region) || region == kAnyRegion || regions.contains(kAnyRegion))
      OQ_CHECK(check_models(set));
  std::vector<GsimBranchSet> result;
  for (const auto& region : regions) { // sorted
    auto found = all.find(region);
    if (found == all.end())
      found = all.find(kAnyRegion);
    // A rupture without tectonic region: there may be one set only.
    if (found == all.end() && region == kAnyRegion && all.size() == 1)
      found = all.begin();
    if (found == all.end())
      return invalid_input(
        fmt::format("no branch set for tectonic region {}, which the sources use",
                    in_quotes(region)),
        job.where("gsim_logic_tree_file"));
    result.push_back(found->second);
    result.back().tectonic_region = region;
  }
  return result;
}

} // namespace oq::engine
