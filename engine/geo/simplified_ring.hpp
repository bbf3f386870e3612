// SimplifiedRing: which points of a closed line stay when it may move by a tolerance, as the
// topology-preserving simplification of GEOS has it.
#pragma once

#include "engine/geo/orthographic.hpp"

#include <optional>
#include <vector>

namespace oq::engine {

// The ring without the points that are within `tolerance` of the sides that take their place; the
// first and the last one stay. Nothing when rounding errors might decide whether a side would touch
// another: only exact arithmetic can tell then. REQUIRES: the last point is the first one.
std::optional<std::vector<PlanePoint>> simplified_ring(const std::vector<PlanePoint>& ring,
                                                       double tolerance);

} // namespace oq::engine
