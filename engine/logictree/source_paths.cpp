// Enumeration and sampling of the source-model tree.
#include "engine/logictree/source_paths.hpp"

#include "engine/logictree/model_files.hpp"
#include "engine/logictree/path_limit.hpp"
#include "engine/logictree/source_variants.hpp"
#include "engine/nrml/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace oq::engine {
namespace {

constexpr std::string_view kRootLetter = "A";
constexpr std::size_t kMostUniforms = 20'000'000; // samples times branch sets: 160 MB

Result<void> check_set(const BranchSet& set, const ModelFiles& files) {
  const auto& sources = set.apply_to_sources;
  for (const std::string& id : sources)
    if (!files.has_source(id))
      return invalid_input(
        fmt::format("applyToSources: no source model has source {}", in_quotes(id)), set.where);
  if (needs_one_source(set.uncertainty) && sources.size() != 1)
    return invalid_input(
      fmt::format("{} needs applyToSources with exactly one source", set.uncertainty), set.where);
  return {};
}

Result<void> check_types(const std::vector<BranchSet>& sets) {
  if (sets.front().uncertainty != "sourceModel")
    return invalid_input("the first branch set must have uncertaintyType \"sourceModel\"",
                         sets.front().where);
  for (const BranchSet& set : std::span(sets).subspan(1))
    if (set.uncertainty != "extendModel" && !changes_sources(set.uncertainty))
      return invalid_input(fmt::format("uncertaintyType {} is not known in a source-model tree",
                                       in_quotes(set.uncertainty)),
                           set.where);
  return {};
}

// OpenQuake's letters: one for the root, then one a branch set; a tree of a single branch has the
// root's alone.
std::string path_letters(const BranchTree& tree, const BranchPath& path) {
  const bool single = tree.sets().size() == 1 && tree.sets().front().branches.size() == 1;
  return std::string(kRootLetter) + (single ? "" : path.letters());
}

// A path, how often it was drawn.
struct CountedPath {
  BranchPath path;
  std::size_t samples = 0;
};

// By ids, and so in OpenQuake's order.
using PathsById = std::map<std::string, CountedPath>;

Result<PathsById> all_paths(const Job& job, const BranchTree& tree) {
  OQ_TRY(const std::size_t limit, most_paths(job));
  OQ_TRY(auto paths, tree.paths(limit));
  PathsById result;
  for (BranchPath& path : paths) {
    const std::string ids = path.ids();
    result[ids] = {std::move(path), 1};
  }
  return result;
}

Result<PathsById> sampled_paths(const Job& job, const BranchTree& tree) {
  OQ_TRY(const auto method, sampling_method(job));
  const auto samples = static_cast<std::size_t>(job.number_of_logic_tree_samples);
  if (samples * tree.sets().size() > kMostUniforms)
    return invalid_input(
      fmt::format("{} samples of {} branch sets are too many", samples, tree.sets().size()),
      job.where("number_of_logic_tree_samples"));
  const SampleMatrix uniforms(static_cast<std::uint32_t>(job.random_seed), samples,
                              tree.sets().size(), method.latin);
  PathsById result;
  for (std::size_t i = 0; i < uniforms.rows(); ++i) {
    BranchPath path = tree.sample(uniforms.row(i), method.draw);
    CountedPath& counted = result[path.ids()];
    counted.path = std::move(path);
    ++counted.samples;
  }
  return result;
}

Result<std::vector<SourceGroup>> groups_of(const BranchPath& path, const ModelFiles& files,
                                           SourceVariants& variants) {
  std::vector<SourceGroup> groups;
  for (const BranchStep& step : path.steps)
    if (step.branch && names_models(*step.set))
      for (const std::string& file : files_of(*step.branch))
        for (const SourceGroup& group : files.groups(file)) {
          OQ_TRY(auto variant, variants.of(group, path.steps));
          groups.push_back(std::move(variant));
        }
  return groups;
}

} // namespace

Result<SourcePaths> read_source_paths(const Job& job) {
  const auto file = job.inputs.find("source_model_logic_tree");
  if (file == job.inputs.end() || file->second.empty())
    return invalid_input("source_model_logic_tree_file is missing", job.ini.filename().string());
  OQ_TRY(auto sets, read_branch_sets(file->second.front(), BranchIds::unique));
  OQ_CHECK(check_types(sets));
  OQ_TRY(const auto files, ModelFiles::read(job, sets));
  for (const BranchSet& set : sets)
    OQ_CHECK(check_set(set, files));
  leave_out_branches(job, files, sets);
  OQ_TRY(const auto tree, BranchTree::build(std::move(sets)));
  const bool sampled = job.number_of_logic_tree_samples > 0;
  OQ_TRY(const auto paths, sampled ? sampled_paths(job, tree) : all_paths(job, tree));

  SourceVariants variants;
  SourcePaths result;
  result.tectonic_regions = files.tectonic_regions();
  for (const auto& [ids, counted] : paths) {
    OQ_TRY(auto groups, groups_of(counted.path, files, variants));
    result.paths.push_back({path_letters(tree, counted.path), counted.path.weight,
                            std::move(groups), sampled ? counted.samples : 1});
  }
  return result;
}

} // namespace oq::engine
