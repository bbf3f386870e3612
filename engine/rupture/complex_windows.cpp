// complex_windows: from every cell, the columns nearest to a length and the rows nearest to an
// area.
#include "engine/rupture/complex_windows.hpp"

namespace oq::engine {

namespace {

struct Nearest {
  std::size_t count = 0; // of steps
  double sum = 0;        // of those steps
};

// How many of `most` steps bring the running sum nearest to the target; the first of equals.
template <class Step>
Nearest nearest(double target, std::size_t most, Step step) {
  Nearest best;
  double sum = 0, least = HUGE_VAL;
  for (std::size_t i = 0; i < most; ++i) {
    sum += step(i);
    if (std::fabs(sum - target) < least) {
      least = std::fabs(sum - target);
      best = {i + 1, sum};
    } else if (sum > target) {
      break; // it only grows
    }
  }
  return best;
}

// Cells of a mesh as the search asks for them.
class Cells {
public:
  explicit Cells(const SurfaceMesh& mesh)
    : rows(mesh.rows() - 1), cols(mesh.cols() - 1), mesh_(mesh) {}

  Nearest columns_by_length(std::size_t row, std::size_t col, double length) const {
    return nearest(length, cols - col, [&](std::size_t i) {
      return mesh_.cell(row, col + i).length;
    });
  }
  Nearest rows_by_area(std::size_t row, std::size_t col, std::size_t width, double area) const {
    return nearest(area, rows - row, [&](std::size_t i) {
      double sum = 0;
      for (std::size_t c = col; c < col + width; ++c)
        sum += mesh_.cell(row + i, c).area;
      return sum;
    });
  }
  Nearest full_columns_by_area(std::size_t col, double area) const {
    return nearest(area, cols - col, [&](std::size_t i) {
      double sum = 0;
      for (std::size_t r = 0; r < rows; ++r)
        sum += mesh_.cell(r, col + i).area;
      return sum;
    });
  }
  double total_area() const {
    double sum = 0;
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t col = 0; col < cols; ++col)
        sum += mesh_.cell(row, col).area;
    return sum;
  }

  const std::size_t rows, cols;

private:
  const SurfaceMesh& mesh_;
};

MeshWindow window(std::size_t row, std::size_t rows, std::size_t col, std::size_t cols) {
  return {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(rows + 1),
          static_cast<std::uint32_t>(col), static_cast<std::uint32_t>(cols + 1)};
}

} // namespace

std::vector<MeshWindow> complex_windows(const SurfaceMesh& mesh, double area, double length) {
  const Cells cells(mesh);
  if (area >= cells.total_area())
    return {mesh.whole()};
  std::vector<MeshWindow> windows;
  std::vector<bool> finished(cells.cols); // columns from which no more ruptures start
  for (std::size_t row = 0; row < cells.rows; ++row)
    for (std::size_t col = 0; col < cells.cols; ++col) {
      if (finished[col])
        continue;
      Nearest across = cells.columns_by_length(row, col, length);
      if (col + across.count == cells.cols && across.sum < length && col != 0)
        break; // shorter than it should be: on to the next row
      const Nearest down = cells.rows_by_area(row, col, across.count, area);
      if (row + down.count == cells.rows && down.sum < area) {
        if (row == 0) {
          // The full height does not do: wider, if there is room.
          if (col + across.count == cells.cols)
            return windows;
          across = cells.full_columns_by_area(col, area);
          if (col + across.count == cells.cols && across.sum < area)
            return windows;
        } else {
          finished[col] = true;
        }
      }
      windows.push_back(window(row, down.count, col, across.count));
    }
  return windows;
}

} // namespace oq::engine
