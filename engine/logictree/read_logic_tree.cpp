// Realizations: source paths times ground-motion paths, in OpenQuake's order.
#include "engine/logictree/read_logic_tree.hpp"

#include "engine/logictree/branch_letter.hpp"
#include "engine/logictree/gsim_branches.hpp"
#include "engine/logictree/source_paths.hpp"

#include <fmt/format.h>

#include <set>

namespace oq::engine {
namespace {

constexpr std::size_t kMostRealizations = 15'000; // OpenQuake's max_potential_paths

std::set<std::string> regions_of(const std::vector<SourceModelPath>& paths) {
  std::set<std::string> regions;
  for (const auto& path : paths)
    for (const auto& group : path.groups)
      for (const auto& source : group.sources)
        regions.insert(source.tectonic_region);
  return regions;
}

// One branch of each set: the first set varies slowest.
struct GsimPath {
  std::string letters;
  double weight = 1;
  std::vector<std::size_t> branches;
};

std::vector<GsimPath> gsim_paths(const std::vector<GsimBranchSet>& sets) {
  std::vector<GsimPath> paths(1);
  for (const auto& set : sets) {
    std::vector<GsimPath> longer;
    for (const auto& path : paths)
      for (std::size_t i = 0; i < set.branches.size(); ++i) {
        longer.push_back(path);
        longer.back().letters += branch_letter(i);
        longer.back().weight *= set.branches[i].weight;
        longer.back().branches.push_back(i);
      }
    paths = std::move(longer);
  }
  return paths;
}

double potential_paths(const FullLogicTree& tree) {
  double count = static_cast<double>(tree.source_paths.size());
  for (const auto& set : tree.gsims)
    count *= static_cast<double>(set.branches.size());
  return count;
}

void enumerate_realizations(FullLogicTree& tree) {
  const auto paths = gsim_paths(tree.gsims);
  double total = 0;
  for (std::size_t source = 0; source < tree.source_paths.size(); ++source)
    for (const auto& path : paths) {
      const auto& model = tree.source_paths[source];
      tree.realizations.push_back({tree.realizations.size(), model.path + "~" + path.letters,
                                   model.weight * path.weight, source, path.branches});
      total += tree.realizations.back().weight;
    }
  if (total != 1)
    for (auto& realization : tree.realizations)
      realization.weight /= total;
}

} // namespace

Result<FullLogicTree> read_logic_tree(const Job& job) {
  if (job.number_of_logic_tree_samples > 0)
    return invalid_input(
      "sampling of the logic tree is not supported yet; 0 enumerates all its paths",
      job.where("number_of_logic_tree_samples"));
  FullLogicTree tree;
  OQ_TRY(tree.source_paths, read_source_paths(job));
  const auto regions = regions_of(tree.source_paths);
  if (regions.empty())
    return invalid_input("the source models have no sources",
                         job.where("source_model_logic_tree_file"));
  OQ_TRY(tree.gsims, read_gsim_branches(job, regions));
  if (potential_paths(tree) > static_cast<double>(kMostRealizations))
    return invalid_input(fmt::format("the logic trees have {:.0f} paths, more than {}; sample them",
                                     potential_paths(tree), kMostRealizations),
                         job.where("number_of_logic_tree_samples"));
  enumerate_realizations(tree);
  return tree;
}

} // namespace oq::engine
