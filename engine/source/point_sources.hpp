// point_sources: a point or area source as points with one shared set of magnitudes, planes and
// depths.
#pragma once

#include "engine/source/source.hpp"

#include <vector>

namespace oq::engine {

struct PointSources {
  std::vector<LonLat> locations;        // an area's in scan order
  std::vector<MagnitudeRate> bins;      // of one location: the area's rates divided by their number
  std::vector<NodalPlane> planes;       // equal ones merged, probabilities added
  std::vector<HypocentralDepth> depths; // likewise

  // Ruptures of one magnitude at one location.
  std::size_t plane_depths() const noexcept { return planes.size() * depths.size(); }
};

struct Discretization {
  double width_of_mfd_bin = 0;           // 0: not given
  double area_source_discretization = 0; // km; 0: not given
};

// One for a point or an area; for many points, one for each run of points of equal distributions.
// Errors name the source and its place in the file.
Result<std::vector<PointSources>> point_sources(const Source& source,
                                                const Discretization& discretization);

} // namespace oq::engine
