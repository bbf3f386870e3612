// Resampling: spheres around samples, crossed with the segments ahead.
#include "engine/rupture/resampled_line.hpp"

#include "engine/geo/orthographic.hpp"

#include <optional>

namespace oq::engine {

namespace {

double distance(Vector3 a, Vector3 b) {
  return norm(b - a);
}

// Where the segment leaves the sphere around `centre`.
std::optional<Vector3> crossing(Vector3 from, Vector3 to, Vector3 centre, double radius) {
  const Vector3 along = to - from, offset = from - centre;
  const double a = dot(along, along), b = 2.0 * dot(along, offset);
  const double c = dot(offset, offset) - radius * radius;
  const double discriminant = b * b - 4.0 * a * c;
  if (!(discriminant >= 0) || a == 0)
    return std::nullopt;
  constexpr double kSlack = 1e-9;
  for (const double sign : {1.0, -1.0}) {
    const double t = (-b + sign * std::sqrt(discriminant)) / (2.0 * a);
    if (t >= -kSlack && t <= 1.0 + kSlack)
      return from + t * along;
  }
  return std::nullopt;
}

Vector3 step(Vector3 from, Vector3 direction, double length) {
  return from + (length / norm(direction)) * direction;
}

// One step more when more than half of it lies on the line. A last sample a trifle beyond the end
// needs none.
void finish_at_end(const std::vector<Vector3>& line, double spacing,
                   std::vector<Vector3>& samples) {
  const Vector3 end = line.back(), before = line[line.size() - 2], last = samples.back();
  const Vector3 direction = end - before;
  if (dot(direction, end - last) >= 0 && distance(last, end) > spacing / 2.0)
    samples.push_back(step(last, direction, spacing));
}

} // namespace

std::vector<Vector3> resampled(const std::vector<Vector3>& line, double spacing) {
  constexpr double kWholeStep = 0.9999; // of the spacing: what is left of a segment still holds one
  std::vector<Vector3> samples{line.front()};
  std::size_t first = 0; // vertices before it are behind us
  for (;;) {
    std::size_t vertex = first;
    for (std::size_t i = first; i < line.size(); ++i)
      if (distance(line[i], samples.back()) <= spacing)
        vertex = i;
    if (vertex + 1 >= line.size())
      break;
    const auto next = crossing(line[vertex], line[vertex + 1], samples.back(), spacing);
    if (!next)
      break;
    samples.push_back(*next);
    const Vector3 end = line[vertex + 1];
    while (distance(samples.back(), end) > kWholeStep * spacing) {
      const Vector3 last = samples.back();
      samples.push_back(step(last, end - last, spacing));
    }
    first = vertex + 1;
  }
  finish_at_end(line, spacing, samples);
  return samples;
}

std::vector<GeoPoint> resampled(const std::vector<GeoPoint>& line, double spacing) {
  std::vector<LonLat> places;
  for (const GeoPoint& point : line)
    places.push_back(point.surface());
  const Orthographic projection(bounding_box(places));
  std::vector<Vector3> plane;
  for (const GeoPoint& point : line) {
    const PlanePoint place = projection.project(point.surface());
    plane.push_back({place.x, place.y, point.depth});
  }
  std::vector<GeoPoint> result;
  for (const Vector3& sample : resampled(plane, spacing)) {
    const LonLat place = projection.unproject({sample.x, sample.y});
    result.push_back({place.lon, place.lat, sample.z});
  }
  return result;
}

} // namespace oq::engine
