// PlanarGeometry: the two planar operations we leave to GEOS, buffer and point in polygon.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/orthographic.hpp"

#include <memory>
#include <vector>

namespace oq::engine {

// A valid planar polygon without holes. Not thread-safe.
class PlanarPolygon {
public:
  // Errc::invalid_input says why a ring (not closed) is no polygon.
  static Result<PlanarPolygon> make(const std::vector<PlanePoint>& ring);

  // Strictly inside: the boundary does not count.
  bool contains(PlanePoint point) const;
  // The exterior ring, not closed, of the polygon grown by `distance`.
  Result<std::vector<PlanePoint>> buffered(double distance) const;

private:
  struct Geos;
  explicit PlanarPolygon(std::shared_ptr<Geos> geos) : geos_(std::move(geos)) {}
  std::shared_ptr<Geos> geos_;
};

// The exterior ring, not closed, of the convex hull; points on a line get a hull of 5 m around it.
Result<std::vector<PlanePoint>> convex_ring(const std::vector<PlanePoint>& points);

} // namespace oq::engine
