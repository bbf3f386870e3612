// Frankel et al. (1996), USGS Open-File Report 96-532: central and eastern United States, look-up
// tables read by bicubic splines, as the 2008 US maps used them.
#include "engine/gsim/frankel_1996.hpp"

#include "engine/gsim/published_model.hpp"
#include "engine/gsim/us_2008.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

// Second derivatives (times h^2 / 6) of the not-a-knot spline through equally spaced values.
template <std::size_t kSize>
std::array<double, kSize> spline_curvatures(const std::array<double, kSize>& y) {
  std::array<double, kSize> bend{}, diagonal{}, curvature{};
  for (std::size_t k = 1; k + 1 < kSize; ++k)
    bend[k] = y[k + 1] - 2.0 * y[k] + y[k - 1];
  // Not-a-knot makes the first and the last inner equations stand alone.
  curvature[1] = bend[1] / 6.0;
  curvature[kSize - 2] = bend[kSize - 2] / 6.0;
  bend[2] -= curvature[1];
  bend[kSize - 3] -= curvature[kSize - 2];
  diagonal[2] = 4.0;
  for (std::size_t k = 3; k + 2 < kSize; ++k) {
    diagonal[k] = 4.0 - 1.0 / diagonal[k - 1];
    bend[k] -= bend[k - 1] / diagonal[k - 1];
  }
  curvature[kSize - 3] = bend[kSize - 3] / diagonal[kSize - 3];
  for (std::size_t k = kSize - 4; k >= 2; --k)
    curvature[k] = (bend[k] - curvature[k + 1]) / diagonal[k];
  curvature[0] = 2.0 * curvature[1] - curvature[2];
  curvature[kSize - 1] = 2.0 * curvature[kSize - 2] - curvature[kSize - 3];
  return curvature;
}

// A place between two nodes of an equally spaced axis.
struct Place {
  std::size_t node;
  double u; // 0 at the node, 1 at the next

  Place(double first, double spacing, std::size_t nodes, double at) {
    const double position = (at - first) / spacing;
    node = std::min(static_cast<std::size_t>(std::max(position, 0.0)), nodes - 2);
    u = position - static_cast<double>(node);
  }

  double read(double y0, double y1, double c0, double c1) const {
    const double v = 1.0 - u;
    return v * y0 + u * y1 + (v * v * v - v) * c0 + (u * u * u - u) * c1;
  }
};

using ByMagnitude = std::array<double, kFrankelMagnitudes>;
using ByDistance = std::array<double, kFrankelDistances>;

// The motions by distance at one magnitude.
struct DistanceSpline {
  ByDistance value, curvature;

  double at(double log10_r) const {
    const Place place(1.0, 0.1, kFrankelDistances, log10_r);
    const std::size_t i = place.node;
    return place.read(value[i], value[i + 1], curvature[i], curvature[i + 1]);
  }
};

class TableSpline {
public:
  explicit TableSpline(const FrankelTable& table) : sigma_(table.sigma) {
    for (int i = 0; i < kFrankelDistances; ++i) {
      std::ranges::copy(table.log10_motion[i], value_[i].begin());
      curvature_[i] = spline_curvatures(value_[i]);
    }
  }

  DistanceSpline at_magnitude(double m) const {
    const Place place(4.4, 0.2, kFrankelMagnitudes, std::clamp(m, 4.4, 8.2));
    const std::size_t j = place.node;
    DistanceSpline spline;
    for (std::size_t i = 0; i < kFrankelDistances; ++i)
      spline.value[i] =
        place.read(value_[i][j], value_[i][j + 1], curvature_[i][j], curvature_[i][j + 1]);
    spline.curvature = spline_curvatures(spline.value);
    return spline;
  }
  double sigma() const { return sigma_; }

private:
  std::array<ByMagnitude, kFrankelDistances> value_, curvature_;
  double sigma_;
};

class FrankelEtAl1996 final : public PublishedModel {
public:
  FrankelEtAl1996(std::string name, MagnitudeScale scale)
    : PublishedModel(std::move(name), need_mag | need_rhypo, StandardDeviations::total_only),
      scale_(scale) {
    for (const FrankelTable& table : kFrankel)
      splines_.emplace_back(table);
  }

  // Only tabulated periods: nothing is read between them.
  bool supports(const Imt& imt) const override {
    return std::ranges::find(kFrankel, imt, &FrankelTable::imt) != std::end(kFrankel);
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const TableSpline& table =
        splines_[std::ranges::find(kFrankel, imts[i], &FrankelTable::imt) - kFrankel];
      const double ceiling = us_2008_ceiling(imts[i]);
      fill_means(batch, out[i], [&](std::size_t r) {
        const double m = moment_magnitude(scale_, batch.mag[r]);
        return [&batch, ceiling, spline = table.at_magnitude(m)](std::size_t p) {
          const double log10_r = std::log10(std::clamp(batch.rhypo[p], 10.0, 1000.0));
          return std::min(spline.at(log10_r) * kLn10, ceiling);
        };
      });
      fill_deviations(out[i], table.sigma() * kLn10);
    }
  }

private:
  MagnitudeScale scale_;
  std::vector<TableSpline> splines_; // as kFrankel
};

} // namespace

ModelFamily frankel_1996() {
  using enum MagnitudeScale;
  static constexpr ModelEntry kModels[] = {
    {"FrankelEtAl1996MwNSHMP2008", make_plain<FrankelEtAl1996, mw>},
    {"FrankelEtAl1996MblgAB1987NSHMP2008", make_plain<FrankelEtAl1996, mblg_atkinson_boore_1987>},
    {"FrankelEtAl1996MblgJ1996NSHMP2008", make_plain<FrankelEtAl1996, mblg_johnston_1996>},
  };
  return kModels;
}

} // namespace oq::engine
