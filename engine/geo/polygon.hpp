// Polygon: a ring of great-circle sides, its planar image, dilation and the regular mesh inside it.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/orthographic.hpp"

#include <vector>

namespace oq::engine {

// Not closed: the first point is not repeated at the end.
class Polygon {
public:
  // Errc::invalid_input: fewer than three different corners, or a ring that crosses itself.
  static Result<Polygon> make(const std::vector<LonLat>& corners);

  // The smallest convex polygon around points; a thin one when they lie on a line.
  static Result<Polygon> convex_hull(const std::vector<LonLat>& points);

  // Grown by a distance in km, with round corners.
  Result<Polygon> dilated(double distance_km) const;
  // Points strictly inside, `spacing_km` apart, north to south and within a row west to east.
  // Errc::invalid_input: the scan would take too many steps, or nothing lies inside.
  Result<std::vector<LonLat>> discretized(double spacing_km) const;

private:
  Polygon(Orthographic projection, std::vector<PlanePoint> ring, BoundingBox box)
    : projection_(projection), ring_(std::move(ring)), box_(box) {}

  Orthographic projection_;
  std::vector<PlanePoint> ring_;
  BoundingBox box_;
};

} // namespace oq::engine
