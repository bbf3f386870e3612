// Resampling of traces, edges and columns.
#include "engine/rupture/fault_mesh.hpp"

#include "engine/rupture/resampled_line.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {

namespace {

// A mesh above this is a slip of the pen (metres for kilometres), not a model.
constexpr double kMostNodes = 5e6;

double seven_decimals(double x) {
  return round_half_away(x * 1e7) / 1e7;
}

double distance(const GeoPoint& a, const GeoPoint& b) {
  return std::hypot(great_circle_distance(a.surface(), b.surface()), b.depth - a.depth);
}

// Points `spacing` apart from one point towards another; the last need not be the other.
std::vector<GeoPoint> points_between(const GeoPoint& from, const GeoPoint& to, double spacing) {
  const double total = seven_decimals(distance(from, to));
  const auto parts = static_cast<int>(round_half_away(total / spacing));
  std::vector<GeoPoint> points{from};
  if (parts == 0)
    return points;
  const double stretch = spacing * parts / total;
  const double horizontal = great_circle_distance(from.surface(), to.surface()) * stretch;
  const double vertical = (to.depth - from.depth) * stretch;
  const double direction = azimuth(from.surface(), to.surface());
  for (int i = 1; i <= parts; ++i) {
    const LonLat place = point_at(from.surface(), direction, horizontal / parts * i);
    points.push_back({place.lon, place.lat, from.depth + vertical / parts * i});
  }
  return points;
}

double length_of(const std::vector<GeoPoint>& line) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); ++i)
    length += distance(line[i - 1], line[i]);
  return length;
}

// `count` points along a line, the first at its start, all equally far from the next along it.
std::vector<GeoPoint> cut_equally(const std::vector<GeoPoint>& line, std::size_t count) {
  constexpr double kNothing = 1e-5; // km
  const double part = length_of(line) / static_cast<double>(count - 1);
  std::vector<GeoPoint> points{line.front()};
  std::size_t segment = 0;
  double passed = 0, last = 0; // km up to the end of the segment, and of it
  for (std::size_t i = 1; i < count; ++i) {
    const double at = static_cast<double>(i) * part;
    while (at > passed && segment + 1 < line.size()) {
      last = distance(line[segment], line[segment + 1]);
      passed += last;
      ++segment;
    }
    const GeoPoint& from = line[segment > 0 ? segment - 1 : 0];
    const double offset = at - (passed - last);
    const auto between =
      offset < kNothing ? std::vector<GeoPoint>{from} : points_between(from, line[segment], offset);
    points.push_back(between.size() > 1 ? between[1] : from);
  }
  return points;
}

// Parts of about `spacing` km that a line of the mean length makes, as numpy rounds, plus one.
Result<std::size_t> nodes_of(const std::vector<std::vector<GeoPoint>>& lines, double spacing) {
  double total = 0;
  for (const auto& line : lines)
    total += length_of(line);
  const double count = std::nearbyint(total / static_cast<double>(lines.size()) / spacing) + 1.0;
  if (!(count >= 2.0))
    return invalid_input(
      fmt::format("the mesh spacing of {} km is larger than the fault", spacing));
  if (count > kMostNodes)
    return invalid_input(fmt::format("a mesh spacing of {} km makes too many nodes", spacing));
  return static_cast<std::size_t>(count);
}

} // namespace

std::vector<LonLat> resampled_trace(const std::vector<LonLat>& trace, double spacing) {
  std::vector<GeoPoint> line;
  for (const LonLat& point : trace)
    line.push_back({point.lon, point.lat, 0.0});
  std::vector<LonLat> result;
  for (const GeoPoint& sample : resampled(line, spacing))
    result.push_back(sample.surface());
  return result;
}

Result<SurfaceMesh> simple_fault_mesh(const SimpleFaultGeometry& fault, double spacing) {
  const double tan_dip = std::tan(fault.dip * kDegree);
  const double width = (fault.lower_depth - fault.upper_depth) / std::sin(fault.dip * kDegree);
  double length = 0;
  for (std::size_t i = 1; i < fault.trace.size(); ++i)
    length += great_circle_distance(fault.trace[i - 1], fault.trace[i]);
  if (length / spacing * (width / spacing + 1.0) > kMostNodes)
    return invalid_input(fmt::format("a mesh spacing of {} km makes too many nodes", spacing));

  const double down_dip = azimuth(fault.trace.front(), fault.trace.back()) + 90.0;
  std::vector<std::vector<GeoPoint>> columns;
  for (const LonLat& sample : resampled_trace(fault.trace, spacing)) {
    const auto at_depth = [&](double depth) -> GeoPoint {
      const LonLat place = point_at(sample, down_dip, depth / tan_dip);
      return {place.lon, place.lat, depth};
    };
    columns.push_back(
      points_between(at_depth(fault.upper_depth), at_depth(fault.lower_depth), spacing));
  }
  const std::size_t rows = columns.front().size(), cols = columns.size();
  if (rows < 2 || cols < 2)
    return invalid_input(
      fmt::format("the mesh spacing of {} km is larger than the fault", spacing));
  std::vector<GeoPoint> points;
  for (std::size_t row = 0; row < rows; ++row)
    for (const auto& column : columns)
      points.push_back(column[std::min(row, column.size() - 1)]);
  return SurfaceMesh(rows, cols, std::move(points));
}

Result<SurfaceMesh> complex_fault_mesh(const ComplexFaultGeometry& fault, double spacing) {
  OQ_TRY(const std::size_t cols, nodes_of(fault.edges, spacing));
  std::vector<std::vector<GeoPoint>> columns(cols);
  for (const auto& edge : fault.edges) {
    const auto points = cut_equally(edge, cols);
    for (std::size_t col = 0; col < cols; ++col)
      columns[col].push_back(points[col]);
  }
  OQ_TRY(const std::size_t rows, nodes_of(columns, spacing));
  if (static_cast<double>(rows) * static_cast<double>(cols) > kMostNodes)
    return invalid_input(fmt::format("a mesh spacing of {} km makes too many nodes", spacing));
  std::vector<GeoPoint> points(rows * cols);
  for (std::size_t col = 0; col < cols; ++col) {
    const auto down = cut_equally(columns[col], rows);
    for (std::size_t row = 0; row < rows; ++row)
      points[row * cols + col] = down[row];
  }
  return SurfaceMesh(rows, cols, std::move(points));
}

} // namespace oq::engine
