// Equations 6 to 13 of Boore and Atkinson (2008), Earthquake Spectra 24(1), 99-138.
#include "engine/gsim/boore_atkinson_2008_site.hpp"

#include <cmath>

namespace oq::engine {

namespace {

// clang-format off
constexpr TableEntry<BooreAtkinsonSoilRow> kRows[] = {
  {kPga, {-0.36, -0.64, -0.14}},
  {kPgv, {-0.6, -0.5, -0.06}},
  {sa(0.01), {-0.36, -0.64, -0.14}},
  {sa(0.02), {-0.34, -0.63, -0.12}},
  {sa(0.03), {-0.33, -0.62, -0.11}},
  {sa(0.04), {-0.31, -0.61, -0.11}},
  {sa(0.05), {-0.29, -0.64, -0.11}},
  {sa(0.06), {-0.25, -0.64, -0.11}},
  {sa(0.075), {-0.23, -0.64, -0.11}},
  {sa(0.09), {-0.23, -0.64, -0.12}},
  {sa(0.1), {-0.25, -0.6, -0.13}},
  {sa(0.12), {-0.26, -0.56, -0.14}},
  {sa(0.15), {-0.28, -0.53, -0.18}},
  {sa(0.17), {-0.29, -0.53, -0.19}},
  {sa(0.2), {-0.31, -0.52, -0.19}},
  {sa(0.24), {-0.38, -0.52, -0.16}},
  {sa(0.25), {-0.39, -0.52, -0.16}},
  {sa(0.3), {-0.44, -0.52, -0.14}},
  {sa(0.36), {-0.48, -0.51, -0.11}},
  {sa(0.4), {-0.5, -0.51, -0.1}},
  {sa(0.46), {-0.55, -0.5, -0.08}},
  {sa(0.5), {-0.6, -0.5, -0.06}},
  {sa(0.6), {-0.66, -0.49, -0.03}},
  {sa(0.75), {-0.69, -0.47, 0}},
  {sa(0.85), {-0.69, -0.46, 0}},
  {sa(1), {-0.7, -0.44, 0}},
  {sa(1.5), {-0.72, -0.4, 0}},
  {sa(2), {-0.73, -0.38, 0}},
  {sa(3), {-0.74, -0.34, 0}},
  {sa(4), {-0.75, -0.31, 0}},
  {sa(5), {-0.75, -0.291, 0}},
  {sa(7.5), {-0.692, -0.247, 0}},
  {sa(10), {-0.65, -0.215, 0}},
};
// clang-format on
constexpr CoefficientTable<BooreAtkinsonSoilRow> kTable(kRows);

constexpr double kReferenceVs30 = 760.0; // m/s

// Equation 8's polynomial joins the linear and the nonlinear range between 0.03 and 0.09 g.
const double kLnLow = std::log(0.06 / 0.1);
const double kLnA1 = std::log(0.03), kLnA2 = std::log(0.09);
const double kLnTenth = std::log(0.1);
const double kDx = std::log(3.0), kDyOverSlope = std::log(1.5);
const double kCubicC = (3.0 * kDyOverSlope - kDx) / (kDx * kDx);
const double kCubicD = -(2.0 * kDyOverSlope - kDx) / (kDx * kDx * kDx);
const double kLn180Over300 = std::log(180.0 / 300.0);
const double kLn300Over760 = std::log(300.0 / kReferenceVs30);

} // namespace

const CoefficientTable<BooreAtkinsonSoilRow>& boore_atkinson_2008_soil_table() {
  return kTable;
}

double boore_atkinson_2008_nonlinear_range(double ln_rock_pga) {
  if (ln_rock_pga > kLnA2)
    return ln_rock_pga - kLnTenth;
  if (ln_rock_pga <= kLnA1)
    return kLnLow;
  const double x = ln_rock_pga - kLnA1;
  return kLnLow + x * x * (kCubicC + kCubicD * x);
}

double boore_atkinson_2008_nonlinear_slope(const BooreAtkinsonSoilRow& c, double vs30,
                                           double ln_ratio) {
  if (vs30 >= kReferenceVs30)
    return 0.0;
  if (vs30 > 300.0)
    return c.b2 * ln_ratio / kLn300Over760;
  if (vs30 > 180.0)
    return (c.b1 - c.b2) * (ln_ratio - kLn300Over760) / kLn180Over300 + c.b2;
  return c.b1;
}

double boore_atkinson_2008_site_term(const BooreAtkinsonSoilRow& c, double vs30,
                                     double ln_rock_pga) {
  const double ln_ratio = std::log(vs30 / kReferenceVs30);
  return c.blin * ln_ratio
         + boore_atkinson_2008_nonlinear_slope(c, vs30, ln_ratio)
             * boore_atkinson_2008_nonlinear_range(ln_rock_pga);
}

} // namespace oq::engine
