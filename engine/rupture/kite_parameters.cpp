// What ground-motion models want to know of a kite surface, whose nodes may be missing.
#include "engine/rupture/kite_mesh.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

// Calls `visit` with the nodes above and below of every step down a column.
template <class Visit>
void down_column(const SurfaceMesh& mesh, const MeshWindow& window, std::size_t col, Visit visit) {
  for (std::size_t row = window.row; row + 1 < window.row + window.rows; ++row) {
    const GeoPoint &above = mesh.at(row, col), &below = mesh.at(row + 1, col);
    if (is_node(above) && is_node(below))
      visit(above, below);
  }
}

double horizontal(const GeoPoint& a, const GeoPoint& b) {
  return great_circle_distance(a.surface(), b.surface());
}

// Dips of the steps down a column, averaged; columns count by their lengths.
double mean_dip(const SurfaceMesh& mesh, const MeshWindow& window) {
  double weighted = 0, lengths = 0;
  for (std::size_t col = window.col; col < window.col + window.cols; ++col) {
    double dips = 0, steps = 0, length = 0;
    down_column(mesh, window, col, [&](const GeoPoint& above, const GeoPoint& below) {
      const double across = horizontal(above, below), down = below.depth - above.depth;
      dips += std::atan2(down, across) / kDegree;
      length += std::hypot(across, down);
      ++steps;
    });
    if (steps == 0)
      continue;
    weighted += dips / steps * length;
    lengths += length;
  }
  return weighted / lengths;
}

} // namespace

Inclination kite_inclination(const SurfaceMesh& mesh, const MeshWindow& window) {
  const std::vector<LonLat> top = kite_top_edge(mesh, window);
  double east = 0, north = 0; // of unit vectors along the edge
  for (std::size_t i = 1; i < top.size(); ++i) {
    const double heading = azimuth(top[i - 1], top[i]) * kDegree;
    east += std::sin(heading);
    north += std::cos(heading);
  }
  const double strike = std::atan2(east, north) / kDegree;
  return {mean_dip(mesh, window), strike < 0 ? strike + 360.0 : strike};
}

double kite_width(const SurfaceMesh& mesh, const MeshWindow& window) {
  double widths = 0, columns = 0;
  for (std::size_t col = window.col; col < window.col + window.cols; ++col) {
    double width = 0;
    down_column(mesh, window, col, [&](const GeoPoint& above, const GeoPoint& below) {
      width += std::hypot(horizontal(above, below), below.depth - above.depth);
    });
    widths += width;
    columns += width > 0;
  }
  return widths / columns;
}

double kite_area(const SurfaceMesh& mesh, const MeshWindow& window) {
  double total = 0;
  for (std::size_t row = window.row; row + 1 < window.row + window.rows; ++row)
    for (std::size_t col = window.col; col + 1 < window.col + window.cols; ++col)
      if (const double area = mesh.cell(row, col).area; std::isfinite(area))
        total += area;
  return total;
}

GeoPoint kite_middle(const SurfaceMesh& mesh, const MeshWindow& window) {
  const GeoPoint middle = mesh.middle(window);
  if (is_node(middle) && std::isfinite(middle.lon))
    return middle;
  // The node nearest to the middle of the window.
  const double row_of_middle = window.row + (window.rows - 1) / 2.0;
  const double col_of_middle = window.col + (window.cols - 1) / 2.0;
  GeoPoint nearest = middle;
  double least = HUGE_VAL;
  for (std::size_t row = window.row; row < window.row + window.rows; ++row)
    for (std::size_t col = window.col; col < window.col + window.cols; ++col) {
      const double apart = std::hypot(static_cast<double>(row) - row_of_middle,
                                      static_cast<double>(col) - col_of_middle);
      if (apart < least && is_node(mesh.at(row, col))) {
        least = apart;
        nearest = mesh.at(row, col);
      }
    }
  return nearest;
}

std::vector<LonLat> kite_top_edge(const SurfaceMesh& mesh, const MeshWindow& window) {
  std::vector<LonLat> edge;
  for (std::size_t col = window.col; col < window.col + window.cols; ++col)
    for (std::size_t row = window.row; row < window.row + std::min(window.rows, 2U); ++row)
      if (is_node(mesh.at(row, col))) {
        edge.push_back(mesh.at(row, col).surface());
        break;
      }
  return edge;
}

DepthRange kite_depths(const SurfaceMesh& mesh, const MeshWindow& window) {
  DepthRange range{HUGE_VAL, -HUGE_VAL};
  for (std::size_t row = window.row; row < window.row + window.rows; ++row)
    for (std::size_t col = window.col; col < window.col + window.cols; ++col)
      if (const GeoPoint& node = mesh.at(row, col); is_node(node)) {
        range.top = std::min(range.top, node.depth);
        range.bottom = std::max(range.bottom, node.depth);
      }
  return range;
}

} // namespace oq::engine
