// PointIndex: the nearest of many points, in a straight line.
#pragma once

#include "engine/geo/geodesy.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace oq::engine {

// Points sorted along the axis on which they spread most: a search widens from the nearest
// coordinate and ends when the axis alone is farther than the best point so far.
class PointIndex {
public:
  // Points at the surface.
  PointIndex(const std::vector<double>& lon, const std::vector<double>& lat);

  // (position of the point, distance in km); of points at the same distance, the first.
  // REQUIRES: there are points.
  std::pair<std::size_t, double> nearest(LonLat target) const;

private:
  struct Entry {
    Vector3 position;
    std::size_t point;
  };
  double along(Vector3 v) const { return axis_ == 0 ? v.x : axis_ == 1 ? v.y : v.z; }

  std::vector<Entry> entries_;
  int axis_ = 0;
};

} // namespace oq::engine
