// PlanarRupture: a rectangular rupture, with the vectors that make its distances dot products.
#pragma once

#include "engine/geo/geodesy.hpp"
#include "engine/source/source.hpp"

#include <array>

namespace oq::engine {

// A rupture as ground-motion models see it, whatever its surface.
struct RuptureParameters {
  double mag = 0;                       // three decimals
  double strike = 0, dip = 0, rake = 0; // degrees
  double ztor = 0, zbot = 0;            // km
  double width = 0;                     // km, mean length of the down-dip edges
  LonLat hypocentre;
  double hypo_depth = 0; // km
};

struct PlanarRupture : RuptureParameters {
  double rate = 0; // a year

  Vector3 top_left;                       // km from the Earth's centre
  Vector3 along_strike, down_dip, normal; // unit vectors
  double length = 0;                      // km, mean of top and bottom edge
  // Unit normals of the great circles along the edges of the surface projection, to the right of
  // strike (top, bottom) and of strike + 90 (left, right).
  Vector3 top_arc, bottom_arc, left_arc, right_arc;
  std::array<Vector3, 4> surface_corners; // the corners at depth 0
  Vector3 epicentre;                      // unit vector
};

// Rectangle of a rupture before it has a place.
struct RuptureShape {
  double length = 0, width = 0; // km
  double horizontal_width = 0;  // km, width of the surface projection
  double height = 0;            // km, vertical extent
  double half_diagonal = 0;     // km, of the surface projection
  double diagonal_angle = 0;    // degrees between strike and that diagonal
};

// `seismogenic_width` is the vertical thickness of the seismogenic layer, km: a wider rupture is
// cut to it and keeps its area.
RuptureShape rupture_shape(double area, double aspect_ratio, double dip, double seismogenic_width);

struct RupturePlace {
  LonLat location;
  double depth = 0;                        // km, of the hypocentre
  double strike = 0, dip = 0, rake = 0;    // degrees
  double upper_depth = 0, lower_depth = 0; // km, of the seismogenic layer
  bool shift_hypo = false;                 // the hypocentre follows the shifted centre
};

// The rectangle with these corners: strike, dip, depths, width and vectors; the hypocentre lies at
// its middle.
PlanarRupture rectangle(const PlanarSurface& corners);

// The rectangle centred on the hypocentre, moved along its plane into the seismogenic layer.
PlanarRupture place_rupture(const RuptureShape& shape, const RupturePlace& place);

} // namespace oq::engine
