// Geodesy: the spherical formulas.
#include "engine/geo/geodesy.hpp"

#include <algorithm>
#include <cassert>

namespace oq::engine {

namespace {

double python_mod(double x, double period) {
  const double r = std::fmod(x, period);
  return r < 0 ? r + period : r;
}

} // namespace

Vector3 unit_vector(LonLat point) {
  const double lon = point.lon * kDegree, lat = point.lat * kDegree;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}

Vector3 cartesian(LonLat point, double depth) {
  return (kEarthRadius - depth) * unit_vector(point);
}

double great_circle_distance(LonLat a, LonLat b) {
  const double lat1 = a.lat * kDegree, lat2 = b.lat * kDegree;
  const double sin_lat = std::sin((lat1 - lat2) / 2.0);
  const double sin_lon = std::sin((a.lon - b.lon) * kDegree / 2.0);
  const double h = sin_lat * sin_lat + std::cos(lat1) * std::cos(lat2) * sin_lon * sin_lon;
  return 2.0 * kEarthRadius * std::asin(std::sqrt(std::min(h, 1.0)));
}

double azimuth(LonLat from, LonLat to) {
  const double lat1 = from.lat * kDegree, lat2 = to.lat * kDegree;
  const double dlon = (from.lon - to.lon) * kDegree;
  const double angle =
    std::atan2(std::sin(dlon) * std::cos(lat2),
               std::cos(lat1) * std::sin(lat2) - std::sin(lat1) * std::cos(lat2) * std::cos(dlon));
  return python_mod(360.0 - angle / kDegree, 360.0);
}

LonLat point_at(LonLat origin, double azimuth_degrees, double distance_km) {
  const double pi = 180.0 * kDegree;
  const double lon = origin.lon * kDegree, lat = origin.lat * kDegree;
  const double turn = (360.0 - azimuth_degrees) * kDegree; // anticlockwise
  const double arc = distance_km / kEarthRadius;
  const double sin_lat2 =
    std::sin(lat) * std::cos(arc) + std::cos(lat) * std::sin(arc) * std::cos(turn);
  const double lat2 = std::asin(std::clamp(sin_lat2, -1.0, 1.0));
  const double dlon = std::atan2(std::sin(turn) * std::sin(arc) * std::cos(lat),
                                 std::cos(arc) - std::sin(lat) * std::sin(lat2));
  const double lon2 = python_mod(lon - dlon + pi, 2.0 * pi) - pi;
  return {lon2 / kDegree, lat2 / kDegree};
}

Vector3 right_hand_normal(LonLat point, double azimuth_degrees) {
  const double lon = point.lon * kDegree, lat = point.lat * kDegree;
  const double az = azimuth_degrees * kDegree;
  const Vector3 north{-std::sin(lat) * std::cos(lon), -std::sin(lat) * std::sin(lon),
                      std::cos(lat)};
  const Vector3 east{-std::sin(lon), std::cos(lon), 0.0};
  return std::cos(az) * east - std::sin(az) * north;
}

double distance_to_arc(LonLat point_on_arc, double azimuth_degrees, LonLat target) {
  const double sine = dot(unit_vector(target), right_hand_normal(point_on_arc, azimuth_degrees));
  return kEarthRadius * std::asin(std::clamp(sine, -1.0, 1.0));
}

double longitudinal_extent(double west, double east) {
  return python_mod(east - west + 180.0, 360.0) - 180.0;
}

BoundingBox bounding_box(const std::vector<LonLat>& points) {
  assert(!points.empty());
  BoundingBox box{points[0].lon, points[0].lon, points[0].lat, points[0].lat};
  for (const LonLat& p : points) {
    box.west = std::min(box.west, p.lon);
    box.east = std::max(box.east, p.lon);
    box.north = std::max(box.north, p.lat);
    box.south = std::min(box.south, p.lat);
  }
  if (box.east - box.west <= 180.0)
    return box;
  // Wider than half the globe: the points lie on both sides of the date line.
  box.west = 180.0;
  box.east = -180.0;
  for (const LonLat& p : points) {
    if (p.lon >= 0)
      box.west = std::min(box.west, p.lon);
    else
      box.east = std::max(box.east, p.lon);
  }
  return box;
}

} // namespace oq::engine
