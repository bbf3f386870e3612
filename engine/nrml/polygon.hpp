// Checks of polygons given as longitudes and latitudes.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/points.hpp"

#include <vector>

namespace oq::engine {

// Three different corners or more, no two sides that cross. `ring` is not closed. Rings of more
// than 2000 corners are not searched for crossings. The error has no place; the caller knows it.
Result<void> check_polygon(const std::vector<LonLat>& ring);

} // namespace oq::engine
