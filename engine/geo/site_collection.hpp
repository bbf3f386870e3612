// SiteCollection: the sites of a calculation as a structure of arrays.
#pragma once

#include <cstddef>
#include <vector>

namespace oq::engine {

// All vectors have one entry a site, in the order of the outputs (lon, then lat, then depth).
// A parameter that the calculation does not define is an empty vector.
struct SiteCollection {
  std::vector<double> lon, lat;     // degrees, 5 decimals
  std::vector<double> depth;        // km, positive down
  std::vector<double> vs30;         // m/s
  std::vector<double> vs30measured; // 1 measured, 0 inferred
  std::vector<double> z1pt0;        // m
  std::vector<double> z2pt5;        // km
  std::vector<double> backarc;      // 1 or 0

  std::size_t size() const noexcept { return lon.size(); }
};

} // namespace oq::engine
