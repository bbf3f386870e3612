// Akkar and Cagnan (2010), Bull. Seismol. Soc. Am. 100(6), 2978-2995: active crust of Turkey, with
// the soil term of Boore and Atkinson (2008).
#include "engine/gsim/boore_atkinson_2008_site.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

struct Row { // natural logarithm, cm/s2 and cm/s
  double a1, a2, a3, a4, a5, a6, a7, a8, a9, phi, tau;
};
// Table 3.
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {8.92418, -0.513, -0.695, -0.18555, -1.25594, 0.18105, 7.33617, -0.02125, 0.01851, 0.6527, 0.5163}},
  {kPgv, {5.60931, -0.513, -0.695, -0.258, -0.90393, 0.21576, 5.57472, -0.10481, 0.07791, 0.6154, 0.526}},
  {sa(0.03), {8.85984, -0.513, -0.695, -0.17123, -1.25132, 0.18421, 7.46968, -0.0134, 0.03512, 0.6484, 0.5148}},
  {sa(0.05), {9.05262, -0.513, -0.695, -0.15516, -1.28796, 0.1984, 7.26552, 0.02076, 0.01484, 0.6622, 0.5049}},
  {sa(0.075), {9.5667, -0.513, -0.695, -0.1384, -1.38817, 0.20246, 8.03646, 0.07311, 0.02492, 0.6849, 0.5144}},
  {sa(0.1), {9.85606, -0.513, -0.695, -0.11563, -1.43846, 0.21833, 8.84202, 0.11044, -0.0062, 0.7001, 0.5182}},
  {sa(0.15), {10.43715, -0.513, -0.695, -0.17897, -1.46786, 0.15588, 9.39515, 0.03555, 0.19751, 0.6958, 0.549}},
  {sa(0.2), {10.63516, -0.513, -0.695, -0.21034, -1.44625, 0.1159, 9.60868, -0.03536, 0.18594, 0.6963, 0.5562}},
  {sa(0.25), {10.12551, -0.513, -0.695, -0.25565, -1.27388, 0.09426, 7.54353, -0.10685, 0.13574, 0.706, 0.5585}},
  {sa(0.3), {10.12745, -0.513, -0.695, -0.2702, -1.26899, 0.08352, 8.03144, -0.10685, 0.13574, 0.6718, 0.5735}},
  {sa(0.4), {9.47855, -0.513, -0.695, -0.30498, -1.09793, 0.06082, 6.24042, -0.11197, 0.16555, 0.6699, 0.5857}},
  {sa(0.5), {8.95147, -0.513, -0.695, -0.29877, -1.01703, 0.09099, 5.67936, -0.10118, 0.23546, 0.6455, 0.5782}},
  {sa(0.75), {8.10498, -0.513, -0.695, -0.3349, -0.84365, 0.08647, 4.93842, -0.0456, 0.10993, 0.6463, 0.6168}},
  {sa(1), {7.61737, -0.513, -0.695, -0.35366, -0.7584, 0.09623, 4.1259, -0.01936, 0.19729, 0.6485, 0.6407}},
  {sa(1.5), {7.20427, -0.513, -0.695, -0.39858, -0.70134, 0.11219, 3.46535, -0.02618, 0.21977, 0.63, 0.6751}},
  {sa(2), {6.70845, -0.513, -0.695, -0.39528, -0.70766, 0.12032, 3.8822, -0.03215, 0.20584, 0.6243, 0.6574}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

constexpr double kHingeMagnitude = 6.5;

// Equations 1a and 1b with what the rupture fixes.
struct RockTerms {
  double source, slope, a7_2;

  double at(double rjb) const { return source + slope * 0.5 * std::log(rjb * rjb + a7_2); }
};

double style_term(const Row& c, double rake) {
  if (rake > -135.0 && rake < -45.0)
    return c.a8;
  return rake > 45.0 && rake < 135.0 ? c.a9 : 0.0;
}

RockTerms rock_terms(const Row& c, double m, double rake) {
  const double over = m - kHingeMagnitude;
  const double below_8p5 = 8.5 - m;
  return {.source = c.a1 + (m <= kHingeMagnitude ? c.a2 : c.a3) * over
                    + c.a4 * below_8p5 * below_8p5 + style_term(c, rake),
          .slope = c.a5 + c.a6 * over,
          .a7_2 = c.a7 * c.a7};
}

class AkkarCagnan2010 final : public PublishedModel {
public:
  explicit AkkarCagnan2010(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rake | need_rjb | need_vs30) {}

  bool supports(const Imt& imt) const override {
    return kTable.supports(imt) && boore_atkinson_2008_soil_table().supports(imt);
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    thread_local std::vector<double> ln_rock_pga;
    ln_rock_pga.resize(batch.pairs());
    const Row pga = kTable.at(kPga);
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RockTerms rock = rock_terms(pga, batch.mag[r], batch.rake[r]);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
        ln_rock_pga[p] = rock.at(batch.rjb[p]) - kLnGravityCm;
    }
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      const BooreAtkinsonSoilRow soil = boore_atkinson_2008_soil_table().at(imts[i]);
      const double unit = imts[i] == kPgv ? 0.0 : kLnGravityCm;
      fill_means(batch, out[i], [&](std::size_t r) {
        return [&, rock = rock_terms(c, batch.mag[r], batch.rake[r])](std::size_t p) {
          return rock.at(batch.rjb[p]) - unit
                 + boore_atkinson_2008_site_term(soil, batch.vs30[p], ln_rock_pga[p]);
        };
      });
      fill_deviations(out[i], std::sqrt(c.phi * c.phi + c.tau * c.tau), c.tau, c.phi);
    }
  }
};

} // namespace

ModelFamily akkar_cagnan_2010() {
  static constexpr ModelEntry kModels[] = {{"AkkarCagnan2010", make_plain<AkkarCagnan2010>}};
  return kModels;
}

} // namespace oq::engine
