// LonLat and GeoPoint: places on the Earth's surface and below it.
#pragma once

#include <compare>

namespace oq::engine {

struct LonLat {
  double lon = 0, lat = 0; // degrees
  friend auto operator<=>(const LonLat&, const LonLat&) = default;
};

struct GeoPoint {
  double lon = 0, lat = 0, depth = 0; // degrees, degrees, km
  LonLat surface() const { return {lon, lat}; }
  friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

} // namespace oq::engine
