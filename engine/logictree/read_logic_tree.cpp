// The two trees read, checked against each other and put together.
#include "engine/logictree/read_logic_tree.hpp"

#include "engine/logictree/gsim_branches.hpp"
#include "engine/logictree/realizations.hpp"
#include "engine/logictree/source_paths.hpp"

#include <fmt/format.h>

namespace oq::engine {
namespace {

constexpr std::int64_t kMostSamples = 500'000;

} // namespace

Result<FullLogicTree> read_logic_tree(const Job& job) {
  if (job.number_of_logic_tree_samples < 0 || job.number_of_logic_tree_samples > kMostSamples)
    return invalid_input(
      fmt::format("number_of_logic_tree_samples must be between 0 and {}", kMostSamples),
      job.where("number_of_logic_tree_samples"));
  FullLogicTree tree;
  OQ_TRY(auto sources, read_source_paths(job));
  if (sources.tectonic_regions.empty())
    return invalid_input("the source models have no sources",
                         job.where("source_model_logic_tree_file"));
  tree.source_paths = std::move(sources.paths);
  OQ_TRY(tree.gsims, read_gsim_branches(job, sources.tectonic_regions));
  OQ_CHECK(make_realizations(job, tree));
  return tree;
}

} // namespace oq::engine
