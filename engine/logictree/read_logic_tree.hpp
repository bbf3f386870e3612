// read_logic_tree: from a job's files to its realizations.
#pragma once

#include "engine/job/job.hpp"
#include "engine/logictree/logic_tree.hpp"

namespace oq::engine {

// Reads both trees and every file they name, and enumerates all paths in OpenQuake's order: source
// paths sorted by their branch ids, ground-motion paths with the first region varying slowest.
// Errors name file:line or option.
Result<FullLogicTree> read_logic_tree(const Job& job);

} // namespace oq::engine
