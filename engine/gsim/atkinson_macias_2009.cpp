// Atkinson and Macias (2009), Bull. Seismol. Soc. Am. 99(3), 1552-1578: great interface earthquakes
// of Cascadia, NEHRP B/C boundary.
#include "engine/gsim/added_terms.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <cmath>

namespace oq::engine {

namespace {

struct Row { // base 10, cm/s2
  double c0, c1, c2, c3, c4, sigma;
};
// Table 4.
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {5.006, -1.5573, -0.00034, 0.1774, 0.0827, 0.24}},
  {sa(0.05), {5.843, -1.9391, 0, 0.1813, 0.0199, 0.26}},
  {sa(0.063091), {5.823, -1.8889, -0.00022, 0.1845, 0.016, 0.26}},
  {sa(0.079365), {5.676, -1.7633, -0.00071, 0.1784, 0.0245, 0.27}},
  {sa(0.1), {5.49, -1.6257, -0.00115, 0.1736, 0.0261, 0.27}},
  {sa(0.125), {5.209, -1.4404, -0.00163, 0.1788, 0.0151, 0.27}},
  {sa(0.15873), {4.93, -1.2671, -0.00204, 0.1645, 0.0301, 0.27}},
  {sa(0.2), {4.746, -1.1691, -0.00212, 0.1593, 0.0432, 0.27}},
  {sa(0.25), {4.472, -1.0133, -0.00234, 0.1713, 0.0255, 0.27}},
  {sa(0.316456), {4.303, -0.9322, -0.00231, 0.1713, 0.027, 0.27}},
  {sa(0.4), {4.167, -0.8854, -0.00211, 0.1802, 0.0258, 0.27}},
  {sa(0.5), {3.999, -0.8211, -0.00195, 0.187, 0.0271, 0.27}},
  {sa(0.632911), {3.859, -0.7746, -0.00179, 0.201, 0.0153, 0.28}},
  {sa(0.793651), {3.733, -0.7473, -0.00159, 0.2035, 0.0292, 0.28}},
  {sa(1), {3.621, -0.7376, -0.00128, 0.2116, 0.0328, 0.29}},
  {sa(1.265823), {3.453, -0.6885, -0.00119, 0.2417, 0.0125, 0.29}},
  {sa(1.587302), {3.393, -0.7101, -0.00089, 0.2483, 0.0103, 0.29}},
  {sa(2), {3.241, -0.6741, -0.00081, 0.2696, -0.0064, 0.3}},
  {sa(2.5), {3.104, -0.6585, -0.00063, 0.299, -0.0074, 0.3}},
  {sa(3.125), {2.978, -0.6431, -0.00057, 0.3258, -0.0103, 0.3}},
  {sa(4), {2.814, -0.6108, -0.00046, 0.349, -0.0299, 0.3}},
  {sa(5), {2.671, -0.5942, -0.0004, 0.3822, -0.0417, 0.32}},
  {sa(6.25), {2.569, -0.6048, -0.00024, 0.4324, -0.0641, 0.34}},
  {sa(7.692308), {2.489, -0.6412, -3e-05, 0.476, -0.0629, 0.35}},
  {sa(10), {2.338, -0.6311, 0, 0.5357, -0.0737, 0.38}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

class AtkinsonMacias2009 final : public PublishedModel {
public:
  explicit AtkinsonMacias2009(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rrup, StandardDeviations::total_only) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      fill_means(batch, out[i], [&](std::size_t r) {
        const double m = batch.mag[r];
        const double over_8 = m - 8.0;
        const double source = c.c0 + c.c3 * over_8 + c.c4 * over_8 * over_8;
        const double h = m * m - 3.1 * m - 14.55; // equation 6
        return [=, &batch, &c](std::size_t p) {
          const double distance = std::sqrt(batch.rrup[p] * batch.rrup[p] + h * h);
          return (source + c.c2 * distance) * kLn10 + c.c1 * std::log(distance) - kLnGravityCm;
        };
      });
      fill_deviations(out[i], c.sigma * kLn10);
    }
  }
};

Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  Arguments arguments(spec);
  AddedTerms terms = read_added_basin_terms(arguments);
  terms.ba08_site = arguments.flag("ba08_site_term", false);
  OQ_CHECK(arguments.check());
  return with_added_terms(std::make_shared<const AtkinsonMacias2009>(model_name(spec)), terms);
}

} // namespace

ModelFamily atkinson_macias_2009() {
  static constexpr ModelEntry kModels[] = {{"AtkinsonMacias2009", make}};
  return kModels;
}

} // namespace oq::engine
