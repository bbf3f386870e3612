// The paths through a source-model logic tree, and the models they lead to.
#pragma once

#include "engine/job/job.hpp"
#include "engine/logictree/logic_tree.hpp"

#include <vector>

namespace oq::engine {

// Every path with its model, sorted by the branch ids joined with '~' as OpenQuake numbers them.
// Errors name file:line: an uncertainty that is not supported, a model that is missing or
// malformed, too many paths.
Result<std::vector<SourceModelPath>> read_source_paths(const Job& job);

} // namespace oq::engine
