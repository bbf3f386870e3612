// Campbell and Bozorgnia (2003), Bull. Seismol. Soc. Am. 93(1), 314-331, with its errata: active
// shallow crust, as the 2007 hazard maps of Alaska use it: for 760 m/s, whatever the site (Wesson
// et al. 2007, USGS Open-File Report 2007-1043).
#include "engine/gsim/model_families.hpp"
#include "engine/gsim/tabulated_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

// Table 4, corrected PGA and spectral acceleration; g. `firmer` is how much lower motion is at 760
// m/s than on generic rock (620 m/s), natural logarithm: about 0.2035 of -b_v of Boore et al.
// (1997, Seism. Res. Lett. 68(1), 128-153, table 8), which it is at the periods that the maps do
// not have.
struct Row {
  double c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c13, c14, c15, c16, firmer;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {-4.033, 0.812, 0.036, -1.061, 0.041, -0.005, -0.018, 0.766, 0.034, 0.343, 0.351, -0.138, -0.289, 0.37, 0.92, 0.0755}},
  {sa(0.1), {-2.661, 0.812, 0.06, -1.308, 0.166, -0.009, -0.068, 0.621, 0.046, 0.224, 0.313, -0.253, -0.258, 0.37, 0.958, 0.0435}},
  {sa(0.15), {-2.27, 0.812, 0.041, -1.324, 0.212, -0.033, -0.081, 0.613, 0.031, 0.318, 0.344, -0.267, -0.284, 0.37, 0.974, 0.0484}},
  {sa(0.2), {-2.771, 0.812, 0.03, -1.153, 0.098, -0.014, -0.038, 0.704, 0.026, 0.296, 0.342, -0.183, -0.359, 0.37, 0.981, 0.059}},
  {sa(0.3), {-2.999, 0.812, 0.007, -1.08, 0.059, -0.007, -0.022, 0.752, 0.007, 0.359, 0.385, -0.157, -0.585, 0.37, 0.984, 0.0816}},
  {sa(0.4), {-3.511, 0.812, -0.015, -0.964, 0.024, -0.002, -0.005, 0.842, -0.016, 0.379, 0.438, -0.129, -0.557, 0.37, 0.987, 0.0991}},
  {sa(0.5), {-3.556, 0.812, -0.035, -0.964, 0.023, -0.002, -0.004, 0.842, -0.036, 0.406, 0.479, -0.13, -0.701, 0.37, 0.99, 0.1125}},
  {sa(0.75), {-3.709, 0.812, -0.071, -0.964, 0.021, -0.002, -0.002, 0.842, -0.074, 0.347, 0.419, -0.124, -0.796, 0.331, 1.021, 0.1329}},
  {sa(1), {-3.867, 0.812, -0.101, -0.964, 0.019, 0, 0, 0.842, -0.105, 0.329, 0.338, -0.072, -0.858, 0.281, 1.021, 0.142}},
  {sa(1.5), {-4.093, 0.812, -0.15, -0.964, 0.019, 0, 0, 0.842, -0.155, 0.217, 0.188, -0.056, -0.954, 0.21, 1.021, 0.1433}},
  {sa(2), {-4.311, 0.812, -0.18, -0.964, 0.019, 0, 0, 0.842, -0.187, 0.06, 0.064, -0.116, -0.916, 0.16, 1.021, 0.133}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

// Generic rock is half soft and half firm rock: the dummies S_SR and S_FR of equations 3 and 5.
constexpr double kSoftRock = 0.5, kFirmRock = 0.5;
constexpr double kShallowestSeismogenic = 3.0; // km; no rupture is closer

// Equation 4: reverse on steep faults, thrust on shallow ones.
double mechanism_term(const Row& c, double rake, double dip) {
  if (!(rake > 45.0 && rake < 135.0))
    return 0.0;
  return dip > 45.0 ? c.c10 : c.c11;
}

// Equations 6 to 9.
double hanging_wall_factor(const Row& c, double mag, double dip, double rjb, double distance) {
  if (!(rjb < 5.0) || dip > 70.0)
    return 0.0;
  const double by_site = (5.0 - rjb) / 5.0;
  const double by_mag = std::clamp(mag - 5.5, 0.0, 1.0);
  return by_site * by_mag * c.c15 * std::min(distance / 8.0, 1.0);
}

// What a rupture fixes of equations 1 to 3.
struct RuptureTerms {
  double source, saturation2, mechanism;
};

RuptureTerms rupture_terms(const Row& c, const PairBatch& batch, std::size_t r) {
  const double mag = batch.mag[r], curvature = (8.5 - mag) * (8.5 - mag);
  const double g = c.c5 + c.c6 * kSoftRock + c.c7 * kFirmRock;
  const double saturation = g * std::exp(c.c8 * mag + c.c9 * curvature);
  const double far_site = c.c13 * kSoftRock + c.c14 * kFirmRock;
  return {c.c1 + c.c2 * mag + c.c3 * curvature + far_site - c.firmer, saturation * saturation,
          mechanism_term(c, batch.rake[r], batch.dip[r])};
}

class CampbellBozorgnia2003 final : public TabulatedModel<Row> {
public:
  explicit CampbellBozorgnia2003(std::string name)
    : TabulatedModel(std::move(name), kTable,
                     need_mag | need_rake | need_dip | need_rrup | need_rjb,
                     StandardDeviations::total_only) {}

private:
  void predict_row(const Row& c, const PairBatch& batch, const GroundMotion& out) const override {
    fill_motions(batch, out, [&](std::size_t r) {
      const double mag = batch.mag[r], dip = batch.dip[r];
      const double sigma = c.c16 - (mag < 7.4 ? 0.07 * mag : 0.518); // equation 11
      return [&, mag, dip, sigma, rupture = rupture_terms(c, batch, r)](std::size_t p) {
        const double distance = std::max(batch.rrup[p], kShallowestSeismogenic);
        const double hanging_wall = hanging_wall_factor(c, mag, dip, batch.rjb[p], distance);
        return LogNormal{.ln_mean =
                           rupture.source
                           + c.c4 * 0.5 * std::log(distance * distance + rupture.saturation2)
                           + rupture.mechanism * (1.0 + hanging_wall),
                         .sigma = sigma};
      };
    });
  }
};

} // namespace

ModelFamily campbell_bozorgnia_2003() {
  static constexpr ModelEntry kModels[] = {
    {"CampbellBozorgnia2003NSHMP2007", make_plain<CampbellBozorgnia2003>},
  };
  return kModels;
}

} // namespace oq::engine
