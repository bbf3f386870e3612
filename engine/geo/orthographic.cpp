// Orthographic: Snyder (1987), Map Projections, equations 20-3 to 20-19.
#include "engine/geo/orthographic.hpp"

#include "engine/geo/single_precision.hpp"

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

PlanePoint Orthographic::project_in_single_precision(LonLat point) const {
  const float lat = single_precision::radians(static_cast<float>(point.lat));
  const auto dlon = static_cast<float>(
    static_cast<double>(single_precision::radians(static_cast<float>(point.lon))) - lon_);
  const auto sin_lat = static_cast<double>(std::sin(lat));
  const auto cos_lat = static_cast<double>(std::cos(lat));
  const auto x = static_cast<double>(std::cos(lat) * std::sin(dlon));
  const double y = cos_lat_ * sin_lat - sin_lat_ * cos_lat * static_cast<double>(std::cos(dlon));
  return {kEarthRadius * x, kEarthRadius * y};
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
