// Orthographic: Snyder (1987), Map Projections, equations 20-3 to 20-19.
#include "engine/geo/orthographic.hpp"

#include <algorithm>

namespace oq::engine {

Orthographic::Orthographic(const BoundingBox& box) {
  const LonLat first{box.west, box.north}, last{box.east, box.south};
  const double distance = great_circle_distance(first, last);
  const LonLat middle = point_at(first, azimuth(first, last), distance / 2.0);
  lon_ = middle.lon * kDegree;
  sin_lat_ = std::sin(middle.lat * kDegree);
  cos_lat_ = std::cos(middle.lat * kDegree);
}

PlanePoint Orthographic::project(LonLat point) const {
  const double lat = point.lat * kDegree, dlon = point.lon * kDegree - lon_;
  return {kEarthRadius * std::cos(lat) * std::sin(dlon),
          kEarthRadius * (cos_lat_ * std::sin(lat) - sin_lat_ * std::cos(lat) * std::cos(dlon))};
}

LonLat Orthographic::unproject(PlanePoint point) const {
  const double x = point.x / kEarthRadius, y = point.y / kEarthRadius;
  const double sin_c = std::min(std::sqrt(x * x + y * y), 1.0);
  const double cos_c = std::sqrt(1.0 - sin_c * sin_c);
  const double lat = std::asin(std::clamp(cos_c * sin_lat_ + y * cos_lat_, -1.0, 1.0));
  const double lon = lon_ + std::atan2(x, cos_c * cos_lat_ - y * sin_lat_);
  const double degrees = lon / kDegree;
  return {longitudinal_extent(0.0, degrees), lat / kDegree};
}

} // namespace oq::engine
