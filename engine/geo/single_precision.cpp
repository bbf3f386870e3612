// Arithmetic on floats, in the order in which NumPy's expressions are evaluated.
#include "engine/geo/single_precision.hpp"

#include <cmath>

namespace oq::engine::single_precision {
namespace {

constexpr float kEarth = static_cast<float>(kEarthRadius);
constexpr float kPi = 3.141592653589793F;

// The quadrant of an angle, and the angle within it, by the reduction of Cody and Waite in three
// parts of pi / 2.
struct Reduced {
  explicit Reduced(float angle) {
    const float turns = std::nearbyint(angle * 0x1.45f306p-1F);
    rest = std::fma(turns, -0x1.921fb0p+00F, angle);
    rest = std::fma(turns, -0x1.5110b4p-22F, rest);
    rest = std::fma(turns, -0x1.846988p-48F, rest);
    quadrant = static_cast<int>(turns);
  }
  float rest;
  int quadrant;
};

// Minimax polynomials on [-pi / 4, pi / 4] with NumPy's coefficients.
float cosine_polynomial(float x) {
  const float square = x * x;
  float value = std::fma(0x1.98e616p-16F, square, -0x1.6c06dcp-10F);
  value = std::fma(value, square, 0x1.55553cp-05F);
  value = std::fma(value, square, -0.5F);
  return std::fma(value, square, 1.0F);
}

float sine_polynomial(float x) {
  const float square = x * x;
  float value = std::fma(0x1.7d3bbcp-19F, square, -0x1.a06bbap-13F);
  value = std::fma(value, square, 0x1.11119ap-07F);
  value = std::fma(value, square, -0x1.555556p-03F);
  return std::fma(value * square, x, x);
}

float sine_in_quadrant(int quadrant, float rest) {
  const float value = quadrant % 2 == 0 ? sine_polynomial(rest) : cosine_polynomial(rest);
  return (quadrant & 2) == 0 ? value : -value;
}

struct Angles {
  explicit Angles(LonLat point)
    : lon(radians(static_cast<float>(point.lon))), lat(radians(static_cast<float>(point.lat))) {}
  float lon, lat;
};

double between_0_and(double period, double x) {
  const double rest = std::fmod(x, period);
  return rest < 0 ? rest + period : rest;
}

} // namespace

float sine(float radians) {
  const Reduced angle(radians);
  return sine_in_quadrant(angle.quadrant, angle.rest);
}

float cosine(float radians) {
  const Reduced angle(radians);
  return sine_in_quadrant(angle.quadrant + 1, angle.rest);
}

float radians(float degrees) {
  return degrees * (kPi / 180.0F);
}

Vector3 cartesian(const GeoPoint& point) {
  const Angles at(point.surface());
  const float radius = kEarth - static_cast<float>(point.depth);
  const float cos_lat = cosine(at.lat);
  return {static_cast<double>(radius * cos_lat * cosine(at.lon)),
          static_cast<double>(radius * cos_lat * sine(at.lon)),
          static_cast<double>(radius * sine(at.lat))};
}

LonLat place(LonLat point) {
  const Angles at(point);
  return {static_cast<double>(at.lon) / kDegree, static_cast<double>(at.lat) / kDegree};
}

double azimuth(LonLat from, LonLat to) {
  const Angles a(from), b(to);
  const float cos_lat = cosine(b.lat), dlon = a.lon - b.lon;
  const float angle = std::atan2(sine(dlon) * cos_lat, cosine(a.lat) * sine(b.lat)
                                                         - sine(a.lat) * cos_lat * cosine(dlon));
  const float degrees = angle * (180.0F / kPi);
  return between_0_and(360.0, 360.0 - static_cast<double>(degrees));
}

} // namespace oq::engine::single_precision
