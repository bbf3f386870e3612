// The paths through a source-model logic tree, and the models they lead to.
#pragma once

#include "engine/job/job.hpp"
#include "engine/logictree/logic_tree.hpp"
#include "engine/logictree/sampling.hpp"

#include <set>
#include <string>
#include <vector>

namespace oq::engine {

struct SourcePaths {
  // Sorted by the branch ids joined with '~' as OpenQuake numbers them.
  std::vector<SourceModelPath> paths;
  // Those that need ground-motion models.
  std::set<std::string> tectonic_regions;
};

// Every path with its model, or with `number_of_logic_tree_samples` those drawn. Errors name
// file:line: an uncertainty that cannot be applied, a model that is missing or malformed, too many
// paths.
Result<SourcePaths> read_source_paths(const Job& job);

} // namespace oq::engine
