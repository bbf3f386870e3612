// Silva, Gregor and Darragh (2002), Pacific Engineering and Analysis: eastern North America, as the
// 2008 US maps used it for the NEHRP B/C boundary.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/us_2008.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row { // natural logarithm, g
  double c1, c2, c4, c6, c7, c10, sigma;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {5.9533, -0.11691, 2.9, -3.42173, 0.26461, -0.0681, 0.8471}},
  {sa(0.1), {5.9917, -0.02059, 2.9, -3.25499, 0.24527, -0.06853, 0.8546}},
  {sa(0.2), {4.2848, 0.1249, 2.8, -3.04591, 0.22877, -0.08886, 0.8338}},
  {sa(0.3), {3.14919, 0.23165, 2.8, -2.96321, 0.22112, -0.11352, 0.8428}},
  {sa(0.5), {1.15279, 0.45254, 2.8, -2.818, 0.20613, -0.16423, 0.8484}},
  {sa(1), {-2.60639, 0.88116, 2.8, -2.58296, 0.18098, -0.25757, 0.8785}},
  {sa(2), {-7.23821, 1.41946, 2.7, -2.26433, 0.14984, -0.33999, 1.0142}},
  {sa(5), {-13.39, 2.03488, 2.5, -1.91969, 0.12052, -0.35463, 1.2253}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

class SilvaEtAl2002 final : public PublishedModel {
public:
  SilvaEtAl2002(std::string name, MagnitudeScale scale)
    : PublishedModel(std::move(name), need_mag | need_rjb, StandardDeviations::total_only),
      scale_(scale) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      const double ceiling = us_2008_ceiling(imts[i]);
      const double saturation = std::exp(c.c4);
      fill_means(batch, out[i], [&](std::size_t r) {
        const double m = moment_magnitude(scale_, batch.mag[r]);
        const double source = c.c1 + c.c2 * m + c.c10 * (m - 6.0) * (m - 6.0);
        const double slope = c.c6 + c.c7 * m;
        return [=, &batch](std::size_t p) {
          return std::min(source + slope * std::log(batch.rjb[p] + saturation), ceiling);
        };
      });
      fill_deviations(out[i], c.sigma);
    }
  }

private:
  MagnitudeScale scale_;
};

} // namespace

ModelFamily silva_2002() {
  using enum MagnitudeScale;
  static constexpr ModelEntry kModels[] = {
    {"SilvaEtAl2002MwNSHMP2008", make_plain<SilvaEtAl2002, mw>},
    {"SilvaEtAl2002MblgAB1987NSHMP2008", make_plain<SilvaEtAl2002, mblg_atkinson_boore_1987>},
    {"SilvaEtAl2002MblgJ1996NSHMP2008", make_plain<SilvaEtAl2002, mblg_johnston_1996>},
  };
  return kModels;
}

} // namespace oq::engine
