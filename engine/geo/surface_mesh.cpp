// SurfaceMesh: cells, mean strike and dip, middle (engine notes 2.6).
#include "engine/geo/surface_mesh.hpp"

#include "engine/base/nearest_float.hpp"
#include "engine/geo/single_precision.hpp"

#include <algorithm>
#include <cassert>

namespace oq::engine {

namespace {

double triangle_area(Vector3 a, Vector3 b, Vector3 c) {
  const double u = norm(a), v = norm(b), w = norm(c), s = (u + v + w) / 2.0; // Heron
  return std::sqrt(std::max(s * (s - u) * (s - v) * (s - w), 0.0));
}

// Adds the angles of a half of a cell, with an edge along strike and one up dip, at a corner.
void add_half(Vector3 along, Vector3 updip, double area, Vector3 at, MeshCell& cell) {
  const double dip_cosine =
    std::clamp(dot(normalized(at), normalized(cross(along, updip))), -1.0, 1.0);
  cell.dip_x += area * dip_cosine;
  cell.dip_y += area * std::sqrt(1.0 - dip_cosine * dip_cosine);

  const Vector3 east = normalized(cross({0.0, 0.0, 1.0}, at));
  const Vector3 north = normalized(cross(at, east));
  const Vector3 edge = normalized(along);
  const double strike_cosine = std::clamp(dot(edge, north), -1.0, 1.0);
  const double strike_sine = std::sqrt(1.0 - strike_cosine * strike_cosine);
  cell.strike_x += area * strike_cosine;
  cell.strike_y += area * (dot(edge, east) < 0 ? -strike_sine : strike_sine);
}

} // namespace

LonLat middle_of(LonLat a, LonLat b) {
  if (a == b)
    return a;
  return point_at(a, azimuth(a, b), great_circle_distance(a, b) / 2.0);
}

SurfaceMesh::SurfaceMesh(std::size_t rows, std::size_t cols, std::vector<GeoPoint> points)
  : rows_(rows), cols_(cols), points_(std::move(points)) {
  assert(points_.size() == rows * cols);
  positions_.reserve(points_.size());
  for (const GeoPoint& point : points_)
    positions_.push_back(cartesian(point.surface(), point.depth));
  make_cells();
}

SurfaceMesh SurfaceMesh::in_single_precision() const {
  SurfaceMesh mesh(*this);
  mesh.single_ = true;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    GeoPoint& point = mesh.points_[i];
    point = {nearest_float(point.lon), nearest_float(point.lat), nearest_float(point.depth)};
    mesh.positions_[i] = single_precision::cartesian(point);
  }
  mesh.make_cells();
  return mesh;
}

void SurfaceMesh::make_cells() {
  cells_.clear();
  for (std::size_t row = 0; row + 1 < rows_; ++row)
    for (std::size_t col = 0; col + 1 < cols_; ++col)
      cells_.push_back(make_cell(row, col));
}

MeshCell SurfaceMesh::make_cell(std::size_t row, std::size_t col) const {
  const Vector3* const top = positions_.data() + row * cols_ + col;
  const Vector3* const bottom = top + cols_;
  const Vector3 along_top = top[1] - top[0], along_bottom = bottom[1] - bottom[0];
  const Vector3 left = top[0] - bottom[0], right = top[1] - bottom[1];
  const Vector3 diagonal = top[1] - bottom[0];
  const double upper = triangle_area(along_top, left, diagonal);
  const double lower = triangle_area(along_bottom, right, diagonal);
  MeshCell cell;
  cell.area = upper + lower;
  cell.length = (norm(along_top) * upper + norm(along_bottom) * lower) / cell.area;
  cell.width = (norm(left) * upper + norm(right) * lower) / cell.area;
  add_half(along_top, left, upper, top[0], cell);
  add_half(along_bottom, right, lower, bottom[1], cell);
  return cell;
}

Inclination SurfaceMesh::inclination(const MeshWindow& window) const {
  double dip_x = 0, dip_y = 0, strike_x = 0, strike_y = 0;
  for (std::size_t row = window.row; row + 1 < window.row + window.rows; ++row)
    for (std::size_t col = window.col; col + 1 < window.col + window.cols; ++col) {
      const MeshCell& c = cell(row, col);
      dip_x += c.dip_x;
      dip_y += c.dip_y;
      strike_x += c.strike_x;
      strike_y += c.strike_y;
    }
  const double dip = std::atan2(dip_y, dip_x) / kDegree;
  double strike = std::atan2(strike_y, strike_x) / kDegree;
  if (strike < 0)
    strike += 360.0;
  // Beyond the vertical the surface dips to the other side.
  if (dip > 90.0)
    return {180.0 - dip, std::fmod(strike + 180.0, 360.0)};
  return {dip, strike};
}

double SurfaceMesh::mean_width(const MeshWindow& window) const {
  double weighted = 0, lengths = 0;
  const double rows = static_cast<double>(window.rows - 1);
  for (std::size_t col = window.col; col + 1 < window.col + window.cols; ++col) {
    double width = 0, length = 0;
    for (std::size_t row = window.row; row + 1 < window.row + window.rows; ++row) {
      const MeshCell& c = cell(row, col);
      width += c.width;
      length += c.length / rows;
    }
    weighted += width * length;
    lengths += length;
  }
  return weighted / lengths;
}

GeoPoint SurfaceMesh::middle(const MeshWindow& window) const {
  const auto of_row = [&](std::size_t row) -> GeoPoint {
    const std::size_t col = window.col + window.cols / 2;
    if (window.cols % 2 == 1)
      return at(row, col);
    const GeoPoint &a = at(row, col - 1), &b = at(row, col);
    const LonLat between = middle_of(a.surface(), b.surface());
    return {between.lon, between.lat, (a.depth + b.depth) / 2.0};
  };
  const std::size_t row = window.row + window.rows / 2;
  if (window.rows % 2 == 1)
    return of_row(row);
  const GeoPoint above = of_row(row - 1), below = of_row(row);
  const LonLat between = middle_of(above.surface(), below.surface());
  return {between.lon, between.lat, (above.depth + below.depth) / 2.0};
}

double SurfaceMesh::top_depth(const MeshWindow& window) const {
  double depth = at(window.row, window.col).depth;
  for (std::size_t col = window.col; col < window.col + window.cols; ++col)
    depth = std::min(depth, at(window.row, col).depth);
  return depth;
}

double SurfaceMesh::bottom_depth(const MeshWindow& window) const {
  double depth = at(window.row, window.col).depth;
  for (std::size_t row = window.row; row < window.row + window.rows; ++row)
    for (std::size_t col = window.col; col < window.col + window.cols; ++col)
      depth = std::max(depth, at(row, col).depth);
  return depth;
}

} // namespace oq::engine
