// Realizations: source-model paths with ground-motion paths, all or sampled.
#pragma once

#include "engine/job/job.hpp"
#include "engine/logictree/logic_tree.hpp"

namespace oq::engine {

// Fills `realizations` from the other members, in OpenQuake's order: source paths, and for each
// ground-motion paths with the first region varying slowest; sampled ones take the source paths as
// often as they were drawn, and a drawn ground-motion path each. Errors name the option.
Result<void> make_realizations(const Job& job, FullLogicTree& tree);

} // namespace oq::engine
