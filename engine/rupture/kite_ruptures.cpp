// FaultRuptures of kite faults: rectangles of nodes floating over a mesh that may lack some.
#include "engine/rupture/fault_ruptures.hpp"
#include "engine/rupture/kite_mesh.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr std::size_t kMostRuptures = 20'000'000;

// The rectangle of whole steps whose area is nearest to the one wanted.
struct Steps {
  std::size_t along_strike = 0, down_dip = 0;
};
Steps steps_of(double area, double aspect_ratio, KiteSpacing spacing) {
  const double length = std::sqrt(area * aspect_ratio) / spacing.along_strike;
  const auto steps = [&](double rounded_length, double (*round)(double)) {
    const double width = rounded_length * spacing.along_strike / aspect_ratio;
    return std::pair(rounded_length, round(width / spacing.down_dip));
  };
  const auto error = [&](std::pair<double, double> size) {
    return std::fabs(size.first * spacing.along_strike * size.second * spacing.down_dip - area);
  };
  const auto above = steps(std::ceil(length), [](double x) {
    return std::ceil(x);
  });
  const auto below = steps(std::floor(length), [](double x) {
    return std::floor(x);
  });
  const auto [cols, rows] = error(above) < error(below) ? above : below;
  constexpr double kMost = 1e6; // beyond any mesh
  return {static_cast<std::size_t>(std::min(cols, kMost)),
          static_cast<std::size_t>(std::min(rows, kMost))};
}

// Positions of the first node of ruptures, `step` apart; shorter steps until the last one ends
// where the mesh does.
std::vector<std::size_t> positions(std::size_t nodes, std::size_t of_rupture, double share) {
  std::vector<std::size_t> result;
  if (of_rupture > nodes)
    return result;
  const std::size_t last = nodes - of_rupture;
  auto step =
    static_cast<std::size_t>(std::max(1.0, std::floor(share * static_cast<double>(of_rupture))));
  while (step > 1 && last % step != 0)
    --step;
  for (std::size_t at = 0; at <= last; at += step)
    result.push_back(at);
  return result;
}

// How many of a mesh's first rows x cols nodes there are, so that windows are counted at once.
class NodeCounts {
public:
  explicit NodeCounts(const SurfaceMesh& mesh) : cols_(mesh.cols() + 1) {
    counts_.resize((mesh.rows() + 1) * cols_);
    for (std::size_t row = 0; row < mesh.rows(); ++row)
      for (std::size_t col = 0; col < mesh.cols(); ++col)
        counts_[(row + 1) * cols_ + col + 1] =
          counts_[row * cols_ + col + 1] + counts_[(row + 1) * cols_ + col]
          - counts_[row * cols_ + col] + (is_node(mesh.at(row, col)) ? 1 : 0);
  }

  std::int64_t in(const MeshWindow& w) const {
    const auto upto = [&](std::size_t row, std::size_t col) {
      return counts_[row * cols_ + col];
    };
    return upto(w.row + w.rows, w.col + w.cols) - upto(w.row, w.col + w.cols)
           - upto(w.row + w.rows, w.col) + upto(w.row, w.col);
  }

private:
  std::size_t cols_;
  std::vector<std::int64_t> counts_;
};

KiteSpacing spacing_of(const Source& source, const FaultSettings& settings) {
  return {settings.rupture_mesh_spacing, settings.rupture_mesh_spacing / source.aspect_ratio};
}

} // namespace

Result<void> FaultRuptures::add_kite(const Source& source, const KiteFaultGeometry& fault,
                                     const FaultSettings& settings) {
  const auto* simple = std::get_if<SimpleFaultGeometry>(&fault.surface);
  const KiteSurface kite = simple ? kite_profiles(*simple) : std::get<KiteSurface>(fault.surface);
  OQ_TRY(SurfaceMesh mesh, kite_mesh(kite, spacing_of(source, settings)));
  surfaces_.push_back({FaultSurface::Kind::kite, std::move(mesh), {}, {}});
  OQ_TRY(const auto bins, magnitude_bins(source, settings));
  for (const MagnitudeRate& bin : bins) {
    float_kite(source, fault, bin, settings);
    if (ruptures_.size() > kMostRuptures)
      return invalid_input("the source has more than 20 million ruptures");
  }
  return {};
}

void FaultRuptures::float_kite(const Source& source, const KiteFaultGeometry& fault,
                               const MagnitudeRate& bin, const FaultSettings& settings) {
  const SurfaceMesh& mesh = *surfaces_.front().mesh;
  const Steps steps = steps_of(median_area(source.scaling, bin.magnitude, source.rake),
                               source.aspect_ratio, spacing_of(source, settings));
  const NodeCounts nodes(mesh);
  const std::size_t cols = steps.along_strike + 1, rows = steps.down_dip + 1,
                    first = ruptures_.size();
  if (cols < 2 || rows < 2)
    return;
  for (const std::size_t col : positions(mesh.cols(), cols, fault.step_along_strike))
    for (const std::size_t row : positions(mesh.rows(), rows, fault.step_down_dip)) {
      FaultRupture rupture;
      rupture.window = {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(rows),
                        static_cast<std::uint32_t>(col), static_cast<std::uint32_t>(cols)};
      constexpr double kAlmostAll = 0.99; // of the nodes of a rupture
      const auto present = static_cast<double>(nodes.in(rupture.window));
      if (present < 4 || !(present > kAlmostAll * static_cast<double>(rows * cols)))
        continue;
      rupture.magnitude = bin.magnitude;
      ruptures_.push_back(rupture);
    }
  for (std::size_t i = first; i < ruptures_.size(); ++i)
    ruptures_[i].rate = bin.rate / static_cast<double>(ruptures_.size() - first);
}

} // namespace oq::engine
