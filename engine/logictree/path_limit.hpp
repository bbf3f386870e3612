// How many paths a logic tree may have when all of them are enumerated.
#pragma once

#include "engine/job/job.hpp"

#include <cstddef>

namespace oq::engine {

// `max_potential_paths`, by default 15,000. Errors name the option.
Result<std::size_t> most_paths(const Job& job);

} // namespace oq::engine
