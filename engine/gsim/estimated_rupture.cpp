// Rupture geometry from magnitude: Campbell and Bozorgnia (2014), Earthquake Spectra 30(3),
// 1087-1115, equations 35 to 39; the depth to the top after Chiou and Youngs (2014).
#include "engine/gsim/estimated_rupture.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

double positive_part(double x) {
  return std::max(x, 0.0);
}

// Chiou and Youngs (2014), equations 4 and 5; km.
double estimated_ztor(double m, double rake) {
  const double root = rake > 30.0 && rake < 150.0
                        ? positive_part(2.704 - 1.226 * positive_part(m - 5.849))
                        : positive_part(2.673 - 1.136 * positive_part(m - 4.970));
  return root * root;
}

// Equation 39; km.
double estimated_width(double m, double sin_dip, double ztor, double zbot) {
  const double width = std::sqrt(std::pow(10.0, (m - 4.07) / 0.98));
  return sin_dip == 0.0 ? width : std::min(width, (zbot - ztor) / sin_dip);
}

// Equations 35 to 37; km.
double estimated_hypo_depth(double m, double dip, double ztor, double bottom) {
  if (!(bottom > ztor))
    return ztor;
  const double by_size = m < 6.75 ? -4.317 + 0.984 * m : 2.325;
  const double by_dip = dip <= 40.0 ? 0.0445 * (dip - 40.0) : 0.0;
  return ztor + std::exp(std::min(by_size + by_dip, std::log(0.9 * (bottom - ztor))));
}

class EstimatedRupture final : public WrappedModel {
public:
  EstimatedRupture(std::shared_ptr<const GroundMotionModel> inner, EstimatedGeometry estimated)
    : WrappedModel(inner->name(), inner,
                   need_mag | need_rake | need_dip
                     | (estimated.width ? std::uint64_t{need_zbot} : 0)),
      estimated_(estimated) {}

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    std::vector<double> ztor(batch.ztor.begin(), batch.ztor.end());
    std::vector<double> width(batch.width.begin(), batch.width.end());
    std::vector<double> hypo_depth(batch.hypo_depth.begin(), batch.hypo_depth.end());
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const double m = batch.mag[r];
      const double sin_dip = std::sin(batch.dip[r] * (std::numbers::pi / 180.0));
      if (estimated_.ztor)
        ztor[r] = estimated_ztor(m, batch.rake[r]);
      if (estimated_.width)
        width[r] = estimated_width(m, sin_dip, ztor[r], batch.zbot[r]);
      if (estimated_.hypo_depth)
        hypo_depth[r] =
          estimated_hypo_depth(m, batch.dip[r], ztor[r], ztor[r] + width[r] * sin_dip);
    }
    PairBatch view = batch;
    view.ztor = ztor;
    view.width = width;
    view.hypo_depth = hypo_depth;
    inner().predict(imts, view, out);
  }

private:
  EstimatedGeometry estimated_;
};

} // namespace

std::shared_ptr<const GroundMotionModel>
with_estimated_rupture(std::shared_ptr<const GroundMotionModel> model,
                       EstimatedGeometry estimated) {
  if (!estimated.any())
    return model;
  return std::make_shared<const EstimatedRupture>(std::move(model), estimated);
}

} // namespace oq::engine
