// Gc2: generalised coordinates of a rupture made of several rectangles (Spudich & Chiou 2015).
#pragma once

#include "engine/geo/orthographic.hpp"
#include "engine/rupture/planar_rupture.hpp"

#include <vector>

namespace oq::engine {

class Gc2 {
public:
  // The top edges of the rectangles, each from its left to its right end.
  explicit Gc2(const std::vector<PlanarSurface>& rectangles);

  struct Coordinates {
    double t = 0; // km across, positive on the right
    double u = 0; // km along
  };
  Coordinates at(LonLat site) const;
  // km beyond the ends, along the trace.
  double beyond_ends(double u) const;

private:
  struct Edge {
    PlanePoint start;
    double along_x = 0, along_y = 0; // unit vector
    double length = 0, offset = 0;   // km; of its start along the trend
  };

  Orthographic projection_;
  std::vector<Edge> edges_;
  double length_ = 0; // largest u on the edges
};

} // namespace oq::engine
