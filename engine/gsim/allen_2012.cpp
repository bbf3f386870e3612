// Allen, Wald and Worden (2012), J. Seismol. 16, 409-433: macroseismic intensity in active crust,
// without site amplification. The mean is the plain intensity, not a logarithm.
#include "engine/gsim/tabulated_model.hpp"

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

} // namespace

ModelFamily allen_2012() {
  static constexpr ModelEntry kModels[] = {{"AllenEtAl2012", make_plain<AllenEtAl2012>}};
  return kModels;
}

} // namespace oq::engine
