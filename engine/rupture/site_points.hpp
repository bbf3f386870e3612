// SitePoints: sites in Cartesian coordinates, as the distance kernels read them.
#pragma once

#include "engine/geo/geodesy.hpp"
#include "engine/geo/site_collection.hpp"

#include <vector>

namespace oq::engine {

// Structure of arrays over a range of sites.
struct SitePoints {
  // Sites [begin, end) of the collection.
  SitePoints(const SiteCollection& sites, std::size_t begin, std::size_t end);

  std::size_t size() const noexcept { return x.size(); }
  Vector3 position(std::size_t i) const { return {x[i], y[i], z[i]}; }
  Vector3 direction(std::size_t i) const { return {ux[i], uy[i], uz[i]}; }

  std::vector<double> x, y, z;    // km from the Earth's centre, site depth included
  std::vector<double> ux, uy, uz; // unit vectors
  std::vector<double> depth;      // km
};

} // namespace oq::engine
