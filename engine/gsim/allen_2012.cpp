// Allen, Wald and Worden (2012), J. Seismol. 16, 409-433: macroseismic intensity in active crust,
// without site amplification. The mean is the plain intensity, not a logarithm.
#include "engine/gsim/tabulated_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row {
  double c0, c1, c2, c3, s1, s2, s3;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kMmi, {3.95, 0.913, -1.107, 0.813, 0.72, 0.23, 44.7}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

class AllenEtAl2012 final : public TabulatedModel<Row> {
public:
  explicit AllenEtAl2012(std::string name)
    : TabulatedModel(std::move(name), kTable, need_mag | need_rrup,
                     StandardDeviations::total_only) {}

private:
  void predict_row(const Row& c, const PairBatch& batch, const GroundMotion& out) const override {
    fill_motions(batch, out, [&](std::size_t r) {
      const double m = batch.mag[r];
      const double h = 1.0 + c.c3 * std::exp(m - 5.0);
      return [=, &batch, &c](std::size_t p) {
        const double rrup = batch.rrup[p];
        const double ratio = rrup / c.s3;
        return LogNormal{.ln_mean = c.c0 + c.c1 * m + c.c2 * 0.5 * std::log(rrup * rrup + h * h),
                         .sigma = c.s1 + c.s2 / (1.0 + ratio * ratio)};
      };
    });
  }
};

// The hypocentral version of table 3.
class AllenEtAl2012Rhypo final : public PublishedModel {
public:
  explicit AllenEtAl2012Rhypo(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rhypo, StandardDeviations::total_only) {}

  bool supports(const Imt& imt) const override { return imt == kMmi; }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    constexpr double kC0 = 2.085, kC1 = 1.428, kC2 = -1.402, kC4 = 0.078, kM1 = -0.209, kM2 = 2.042;
    constexpr double kS1 = 0.82, kS2 = 0.37, kS3 = 22.9;
    constexpr double kFar = 50.0; // km
    for (std::size_t i = 0; i < imts.size(); ++i)
      fill_motions(batch, out[i], [&](std::size_t r) {
        const double m = batch.mag[r];
        const double h = kM1 + kM2 * std::exp(m - 5.0);
        return [=, &batch](std::size_t p) {
          const double rhypo = batch.rhypo[p], ratio = rhypo / kS3;
          return LogNormal{.ln_mean = kC0 + kC1 * m + kC2 * 0.5 * std::log(rhypo * rhypo + h * h)
                                      + kC4 * std::log(std::max(rhypo, kFar) / kFar),
                           .sigma = kS1 + kS2 / (1.0 + ratio * ratio)};
        };
      });
  }
};

} // namespace

ModelFamily allen_2012() {
  static constexpr ModelEntry kModels[] = {
    {"AllenEtAl2012", make_plain<AllenEtAl2012>},
    {"AllenEtAl2012Rhypo", make_plain<AllenEtAl2012Rhypo>},
  };
  return kModels;
}

} // namespace oq::engine
