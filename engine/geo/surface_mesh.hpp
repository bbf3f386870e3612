// SurfaceMesh: a fault surface as rows (down dip) and columns (along strike) of points.
#pragma once

#include "engine/geo/geodesy.hpp"

#include <cstdint>
#include <vector>

namespace oq::engine {

// Rows [row, row + rows) and columns [col, col + cols) of a mesh.
struct MeshWindow {
  std::uint32_t row = 0, rows = 0, col = 0, cols = 0;
};

struct Inclination {
  double dip = 0, strike = 0; // degrees
};

// A cell has its length along the rows and its width down the columns, km, and km2.
struct MeshCell {
  double length = 0, width = 0, area = 0;
  // Vectors of the dip and of the strike of its two halves, as long as their areas, added up.
  double dip_x = 0, dip_y = 0, strike_x = 0, strike_y = 0;
};

class SurfaceMesh {
public:
  // Row by row. REQUIRES: rows * cols points.
  SurfaceMesh(std::size_t rows, std::size_t cols, std::vector<GeoPoint> points);
  // As a stored rupture has it: its nodes are floats, and so is what is computed from them.
  SurfaceMesh in_single_precision() const;

  std::size_t rows() const noexcept { return rows_; }
  std::size_t cols() const noexcept { return cols_; }
  std::size_t size() const noexcept { return points_.size(); }
  MeshWindow whole() const noexcept {
    return {0, static_cast<std::uint32_t>(rows_), 0, static_cast<std::uint32_t>(cols_)};
  }
  const GeoPoint& at(std::size_t row, std::size_t col) const { return points_[row * cols_ + col]; }
  const std::vector<GeoPoint>& points() const noexcept { return points_; }
  // km from the Earth's centre, in the order of points().
  const std::vector<Vector3>& positions() const noexcept { return positions_; }
  bool is_in_single_precision() const noexcept { return single_; }

  // REQUIRES: row + 1 < rows, col + 1 < cols.
  const MeshCell& cell(std::size_t row, std::size_t col) const {
    return cells_[row * (cols_ - 1) + col];
  }

  // Means weighted by the areas of the triangles that halve the cells. REQUIRES: the window has two
  // rows and two columns or more.
  Inclination inclination(const MeshWindow& window) const;
  // Widths of the columns of cells, weighted by their mean lengths, km.
  double mean_width(const MeshWindow& window) const;
  // The middle node, or the middle between the middle nodes.
  GeoPoint middle(const MeshWindow& window) const;
  double top_depth(const MeshWindow& window) const;    // of the first row, km
  double bottom_depth(const MeshWindow& window) const; // of all nodes, km

private:
  void make_cells();
  MeshCell make_cell(std::size_t row, std::size_t col) const;

  std::size_t rows_, cols_;
  bool single_ = false;
  std::vector<GeoPoint> points_;
  std::vector<Vector3> positions_;
  std::vector<MeshCell> cells_;
};

// Half way on the great circle.
LonLat middle_of(LonLat a, LonLat b);

} // namespace oq::engine
