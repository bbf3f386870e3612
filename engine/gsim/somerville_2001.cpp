// Somerville et al. (2001), report on USGS award 99HQGR0098: eastern United States, as the 2008 US
// maps used it for the NEHRP B/C boundary.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/us_2008.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row { // natural logarithm, g
  double a1, a2, a3, a4, a5, a6, a7, sigma;
};
// Table 8, adjusted to B/C.
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {0.658, 0.805, -0.679, 0.0861, -0.00498, -0.477, 0, 0.587}},
  {sa(0.1), {1.442, 0.805, -0.679, 0.0861, -0.00498, -0.477, 0, 0.595}},
  {sa(0.2), {1.358, 0.805, -0.679, 0.0861, -0.00498, -0.477, 0, 0.611}},
  {sa(0.3), {1.2353, 0.805, -0.67023, 0.0861, -0.0048045, -0.523792, -0.030298, 0.6057}},
  {sa(0.5), {0.8532, 0.805, -0.671792, 0.0861, -0.00442189, -0.605213, -0.0640237, 0.6242}},
  {sa(1), {-0.0143, 0.805, -0.696, 0.0861, -0.00362, -0.755, -0.102, 0.693}},
  {sa(2), {-0.9497, 0.805, -0.728, 0.0861, -0.00221, -0.946, -0.14, 0.824}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

constexpr double kDepth2 = 36.0;        // km2
constexpr double kHingeDistance = 50.0; // km
const double kLnHinge = 0.5 * std::log(kHingeDistance * kHingeDistance + kDepth2);

class SomervilleEtAl2001 final : public PublishedModel {
public:
  explicit SomervilleEtAl2001(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rjb, StandardDeviations::total_only) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      const double ceiling = us_2008_ceiling(imts[i]);
      fill_means(batch, out[i], [&](std::size_t r) {
        const double over = batch.mag[r] - 6.4;
        const double below_8p5 = 8.5 - batch.mag[r];
        const double source = c.a1 + c.a2 * over + c.a7 * below_8p5 * below_8p5;
        return [=, &batch, &c](std::size_t p) {
          const double rjb = batch.rjb[p];
          const double ln_d = 0.5 * std::log(rjb * rjb + kDepth2);
          const double spreading =
            rjb < kHingeDistance ? c.a3 * ln_d : c.a3 * kLnHinge + c.a6 * (ln_d - kLnHinge);
          return std::min(source + c.a4 * over * ln_d + c.a5 * rjb + spreading, ceiling);
        };
      });
      fill_deviations(out[i], c.sigma);
    }
  }
};

} // namespace

ModelFamily somerville_2001() {
  static constexpr ModelEntry kModels[] = {
    {"SomervilleEtAl2001NSHMP2008", make_plain<SomervilleEtAl2001>}};
  return kModels;
}

} // namespace oq::engine
