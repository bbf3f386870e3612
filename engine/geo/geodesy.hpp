// Geodesy on the sphere: distances, azimuths, points at a distance, Cartesian vectors (km,
// degrees).
#pragma once

#include "engine/geo/points.hpp"

#include <cmath>
#include <vector>

namespace oq::engine {

inline constexpr double kEarthRadius = 6371.0; // km
inline constexpr double kDegree = 3.14159265358979323846 / 180.0;

struct Vector3 {
  double x = 0, y = 0, z = 0;

  friend Vector3 operator+(Vector3 a, Vector3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
  friend Vector3 operator-(Vector3 a, Vector3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
  friend Vector3 operator*(double s, Vector3 a) { return {s * a.x, s * a.y, s * a.z}; }
};

inline double dot(Vector3 a, Vector3 b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vector3 cross(Vector3 a, Vector3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double norm(Vector3 a) {
  return std::sqrt(dot(a, a));
}
inline Vector3 normalized(Vector3 a) {
  return (1.0 / norm(a)) * a;
}

// From the Earth's centre, km; depth in km, positive down.
Vector3 cartesian(LonLat point, double depth);
// The same direction with length 1.
Vector3 unit_vector(LonLat point);

// Great-circle distance, km.
double great_circle_distance(LonLat a, LonLat b);
// Degrees in [0, 360) from north.
double azimuth(LonLat from, LonLat to);
LonLat point_at(LonLat origin, double azimuth_degrees, double distance_km);

// Unit normal of the great circle through `point` with that azimuth, on the right-hand side of the
// direction: the signed distance of a unit vector s from the circle is R asin(s · normal).
Vector3 right_hand_normal(LonLat point, double azimuth_degrees);
// Signed distance in km, positive on the right of the direction.
double distance_to_arc(LonLat point_on_arc, double azimuth_degrees, LonLat target);

// East minus west in degrees, in [-180, 180).
double longitudinal_extent(double west, double east);

struct BoundingBox {
  double west = 0, east = 0, north = 0, south = 0; // degrees; west > east across the date line
};
// REQUIRES: points is not empty.
BoundingBox bounding_box(const std::vector<LonLat>& points);

// x rounded half away from zero to a whole number.
inline double round_half_away(double x) {
  return std::trunc(x + std::copysign(0.5, x));
}

} // namespace oq::engine
