// Tusa and Langer (2016), J. Seismol. 20, 1-41: Mount Etna, hypocentral version (coefficients from
// the authors, project INGV-DPC V3-2012). Magnitudes are local ones.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <cmath>
#include <limits>

namespace oq::engine {

namespace {

struct Row { // base 10, cm/s2
  double a, b1, b2, c1, c2, h, c3, class_a, class_b, class_d, sigma;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {0.329, 0.105, 0.076, -2.111, 0.039, 1.553, 0.006, 0, 0.45, 0.457, 0.394}},
  {sa(0.1), {0.8594, 0.0525, 0.079, -2.2258, 0.0066, 1.8689, 0.006867, 0, 0.41397, 0.4212, 0.4424}},
  {sa(0.2), {1.0619, 0.0418, 0.0804, -2.2684, 0.0194, 2.6969, 0.007245, 0, 0.47176, 0.56672, 0.396}},
  {sa(0.25), {0.9928, 0.0316, 0.0904, -2.2318, 0.0067, 3.1724, 0.006746, 0, 0.47069, 0.51751, 0.3779}},
  {sa(0.4), {-1.8031, 1.4272, -0.1051, -1.9414, 0.0496, 3.0608, 0.004712, 0, 0.49105, 0.54594, 0.3353}},
  {sa(0.5), {-1.4907, 1.239, -0.0806, -1.9292, 0.1235, 3.3918, 0.004911, 0, 0.48505, 0.50924, 0.3401}},
  {sa(1), {-0.6283, 0.3082, 0.0638, -1.5327, 0.2391, 2.7319, 0.0005733, 0, 0.46483, 0.40585, 0.3549}},
  {sa(1.25), {-1.8557, 0.7888, 0.0174, -1.4873, 0.1883, 3.0522, -0.0006545, 0, 0.43149, 0.36715, 0.3426}},
  {sa(2), {-4.8586, 1.7503, -0.061, -1.1999, 0.0767, 2.847, -0.004367, 0, 0.36832, 0.34906, 0.3567}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

// Eurocode 8. The data have no class C: such a site has no motion (not a number). At exactly 180
// m/s no class applies, so there is no term.
double site_term(const Row& c, double vs30) {
  if (vs30 >= 800.0)
    return c.class_a;
  if (vs30 >= 360.0)
    return c.class_b;
  if (vs30 > 180.0)
    return std::numeric_limits<double>::quiet_NaN();
  return vs30 < 180.0 ? c.class_d : 0.0;
}

class TusaLanger2016Rhypo final : public PublishedModel {
public:
  explicit TusaLanger2016Rhypo(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rhypo | need_vs30,
                     StandardDeviations::total_only) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      fill_means(batch, out[i], [&](std::size_t r) {
        const double m = batch.mag[r];
        const double source = c.a + c.b1 * m + c.b2 * m * m;
        const double slope = c.c1 + c.c2 * (m - 3.6);
        return [=, &batch, &c](std::size_t p) {
          const double rho = std::sqrt(batch.rhypo[p] * batch.rhypo[p] + c.h * c.h);
          return (source + c.c3 * (rho - 1.0) + site_term(c, batch.vs30[p])) * kLn10
                 + slope * std::log(rho) - kLnGravityCm;
        };
      });
      fill_deviations(out[i], c.sigma * kLn10);
    }
  }
};

} // namespace

ModelFamily tusa_langer_2016() {
  static constexpr ModelEntry kModels[] = {
    {"TusaLanger2016Rhypo", make_plain<TusaLanger2016Rhypo>}};
  return kModels;
}

} // namespace oq::engine
