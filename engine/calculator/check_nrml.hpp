// check_nrml: whether a document is NRML that we can read, and at which line it is not.
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>

namespace oq::engine {

// Source models, logic trees, exposures and vulnerability models by their own readers; of other
// documents (ruptures, site models, fragility and consequence models) numbers, ranges and
// coordinates. Errc::invalid_input names file:line.
Result<void> check_nrml(const std::filesystem::path& file);

} // namespace oq::engine
