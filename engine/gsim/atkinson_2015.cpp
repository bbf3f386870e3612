// Atkinson (2015), Bull. Seismol. Soc. Am. 105(2A), 981-992: small events at short distances,
// induced seismicity, NEHRP B/C boundary.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row { // base 10, cm/s2 and cm/s
  double c0, c1, c2, c3, c4, phi, tau, sigma;
};
// Table 1.
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {-2.376, 1.818, -0.1153, -1.752, -0.002, 0.28, 0.24, 0.37}},
  {kPgv, {-4.151, 1.762, -0.09509, -1.669, -0.0006, 0.27, 0.19, 0.33}},
  {sa(0.03), {-2.283, 1.842, -0.1189, -1.785, -0.002, 0.28, 0.27, 0.39}},
  {sa(0.05), {-2.018, 1.826, -0.1192, -1.831, -0.002, 0.28, 0.3, 0.41}},
  {sa(0.1), {-1.954, 1.83, -0.1185, -1.774, -0.002, 0.29, 0.25, 0.39}},
  {sa(0.2), {-2.266, 1.785, -0.1061, -1.657, -0.0014, 0.3, 0.21, 0.37}},
  {sa(0.3), {-2.794, 1.852, -0.1078, -1.608, -0.001, 0.3, 0.19, 0.36}},
  {sa(0.5), {-3.873, 2.06, -0.1212, -1.544, -0.0006, 0.29, 0.2, 0.35}},
  {sa(1), {-4.081, 1.742, -0.07381, -1.481, 0, 0.26, 0.22, 0.34}},
  {sa(2), {-4.462, 1.485, -0.03815, -1.361, 0, 0.24, 0.23, 0.33}},
  {sa(3), {-3.827, 1.06, 0.009086, -1.398, 0, 0.24, 0.22, 0.32}},
  {sa(5), {-4.321, 1.08, 0.009376, -1.378, 0, 0.25, 0.18, 0.31}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

enum class Saturation { yenier_atkinson, alternative };

// Equation 3 and its alternative; km.
double saturation_distance(Saturation saturation, double m) {
  const double log10_h =
    saturation == Saturation::yenier_atkinson ? -1.72 + 0.43 * m : -0.28 + 0.19 * m;
  return std::max(1.0, std::exp(log10_h * kLn10));
}

class Atkinson2015 final : public PublishedModel {
public:
  Atkinson2015(std::string name, Saturation saturation)
    : PublishedModel(std::move(name), need_mag | need_rhypo), saturation_(saturation) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      const double unit = imts[i] == kPgv ? 0.0 : kLnGravityCm;
      fill_means(batch, out[i], [&](std::size_t r) {
        const double m = batch.mag[r];
        const double source = c.c0 + c.c1 * m + c.c2 * m * m;
        const double h = saturation_distance(saturation_, m);
        return [=, &batch, &c](std::size_t p) {
          const double distance = std::sqrt(batch.rhypo[p] * batch.rhypo[p] + h * h);
          return (source + c.c4 * distance) * kLn10 + c.c3 * std::log(distance) - unit;
        };
      });
      fill_deviations(out[i], c.sigma * kLn10, c.tau * kLn10, c.phi * kLn10);
    }
  }

private:
  Saturation saturation_;
};

} // namespace

ModelFamily atkinson_2015() {
  static constexpr ModelEntry kModels[] = {
    {"Atkinson2015", make_plain<Atkinson2015, Saturation::yenier_atkinson>},
    {"Atkinson2015AltDistSat", make_plain<Atkinson2015, Saturation::alternative>},
  };
  return kModels;
}

} // namespace oq::engine
