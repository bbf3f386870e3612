// Orthographic: the plane that polygons are dilated and tested in, and the way back.
#pragma once

#include "engine/geo/geodesy.hpp"

namespace oq::engine {

struct PlanePoint {
  double x = 0, y = 0; // km
};

// The orthographic projection touching the globe at the middle of a bounding box.
class Orthographic {
public:
  explicit Orthographic(const BoundingBox& box);

  PlanePoint project(LonLat point) const;
  // Of a point whose coordinates are floats: their angles and functions are floats, too.
  PlanePoint project_in_single_precision(LonLat point) const;
  // REQUIRES: the point came from within a hemisphere of the centre.
  LonLat unproject(PlanePoint point) const;

private:
  double lon_ = 0, sin_lat_ = 0, cos_lat_ = 1; // radians
};

} // namespace oq::engine
