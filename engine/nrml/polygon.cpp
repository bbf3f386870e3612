// Polygon checks in the plane of longitude and latitude, continued across the date line.
#include "engine/nrml/polygon.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

constexpr std::size_t kMostCornersSearched = 2000;

// Twice the signed area of the triangle; its sign tells on which side of ab lies c.
double side(const LonLat& a, const LonLat& b, const LonLat& c) {
  return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

bool strictly_cross(const LonLat& a, const LonLat& b, const LonLat& c, const LonLat& d) {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

// Longitudes such that neighbours are never more than half a turn apart.
std::vector<LonLat> unwrapped(std::vector<LonLat> ring) {
  for (std::size_t i = 1; i < ring.size(); ++i)
    ring[i].lon -= 360 * std::round((ring[i].lon - ring[i - 1].lon) / 360);
  return ring;
}

} // namespace

Result<void> check_polygon(const std::vector<LonLat>& ring) {
  auto corners = ring;
  std::ranges::sort(corners);
  corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
  if (corners.size() < 3)
    return invalid_input("a polygon needs three different corners");
  if (ring.size() > kMostCornersSearched)
    return {};
  const auto path = unwrapped(ring);
  const std::size_t n = path.size();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 2; j < n; ++j)
      if (strictly_cross(path[i], path[(i + 1) % n], path[j], path[(j + 1) % n]))
        return invalid_input("sides " + std::to_string(i + 1) + " and " + std::to_string(j + 1)
                             + " of the polygon cross");
  return {};
}

} // namespace oq::engine
