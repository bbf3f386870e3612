// The surfaces of ruptures in a CSV file, written as JSON lists of nodes.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gmf/scenario_ruptures.hpp"

#include <string_view>

namespace oq::engine {

struct CsvSurface {
  RuptureSurface surface;           // planes and clouds of points
  std::optional<GivenMeshes> given; // else
};

// `kind` ends with the name of the surface ("PlanarSurface", "MultiSurface", …). Errors say what
// is wrong; they have no place.
Result<CsvSurface> read_csv_surface(std::string_view kind, std::string_view text);

} // namespace oq::engine
