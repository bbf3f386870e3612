// Rupture models: single ruptures in NRML 0.4 and 0.5, as scenarios take them.
#pragma once

#include "engine/base/result.hpp"
#include "engine/source/source.hpp"

#include <filesystem>
#include <vector>

namespace oq::engine {

// <simpleFaultRupture>, <complexFaultRupture>, <singlePlaneRupture>, <multiPlanesRupture>,
// <griddedRupture>, alone or in a <ruptureCollection>. Errors name file and line.
Result<std::vector<NonParametricRupture>> read_rupture_model(const std::filesystem::path& file);

} // namespace oq::engine
