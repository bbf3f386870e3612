// Abrahamson, Silva and Kamai (2014), Earthquake Spectra 30(3), 1025-1055: NGA-West2, active
// shallow crust, with the regional terms of China, Japan and Taiwan; without its aftershock term.
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/nga_west2_basin.hpp"
#include "engine/gsim/nga_west2_epistemic.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row { // tables 4 to 6
  double m1, vlin, b, c, c4, a1, a2, a3, a4, a5, a6, a7, a8, a10, a11, a12, a13, a15, a17;
  double a43, a44, a45, a46, a25, a28, a29, a31, a36, a37, a38, a39, a40, a41, a42;
  double s1e, s2e, s3, s4, s1m, s2m, s5, s6;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {6.75, 660, -1.47, 2.4, 4.5, 0.587, -0.79, 0.275, -0.1, -0.41, 2.154, 0, -0.015, 1.735, 0, -0.1, 0.6, 1.1, -0.0072, 0.1, 0.05, 0, -0.05, -0.0015, 0.0025, -0.0034, -0.1503, 0.265, 0.337, 0.188, 0, 0.088, -0.196, 0.044, 0.754, 0.52, 0.47, 0.36, 0.741, 0.501, 0.54, 0.63}},
  {kPgv, {6.75, 330, -2.02, 2400, 4.5, 5.975, -0.919, 0.275, -0.1, -0.41, 2.366, 0, -0.094, 2.36, 0, -0.1, 0.25, 0.3, -0.0005, 0.28, 0.15, 0.09, 0.07, -0.0001, 0.0005, -0.0037, -0.1462, 0.377, 0.212, 0.157, 0, 0.095, -0.038, 0.065, 0.662, 0.51, 0.38, 0.38, 0.66, 0.51, 0.58, 0.53}},
  {sa(0.01), {6.75, 660, -1.47, 2.4, 4.5, 0.587, -0.79, 0.275, -0.1, -0.41, 2.154, 0, -0.015, 1.735, 0, -0.1, 0.6, 1.1, -0.0072, 0.1, 0.05, 0, -0.05, -0.0015, 0.0025, -0.0034, -0.1503, 0.265, 0.337, 0.188, 0, 0.088, -0.196, 0.044, 0.754, 0.52, 0.47, 0.36, 0.741, 0.501, 0.54, 0.63}},
  {sa(0.02), {6.75, 680, -1.46, 2.4, 4.5, 0.598, -0.79, 0.275, -0.1, -0.41, 2.146, 0, -0.015, 1.718, 0, -0.1, 0.6, 1.1, -0.0073, 0.1, 0.05, 0, -0.05, -0.0015, 0.0024, -0.0033, -0.1479, 0.255, 0.328, 0.184, 0, 0.088, -0.194, 0.061, 0.76, 0.52, 0.47, 0.36, 0.747, 0.501, 0.54, 0.63}},
  {sa(0.03), {6.75, 770, -1.39, 2.4, 4.5, 0.602, -0.79, 0.275, -0.1, -0.41, 2.157, 0, -0.015, 1.615, 0, -0.1, 0.6, 1.1, -0.0075, 0.1, 0.05, 0, -0.05, -0.0016, 0.0023, -0.0034, -0.1447, 0.249, 0.32, 0.18, 0, 0.093, -0.175, 0.162, 0.781, 0.52, 0.47, 0.36, 0.769, 0.501, 0.55, 0.63}},
  {sa(0.05), {6.75, 915, -1.22, 2.4, 4.5, 0.707, -0.79, 0.275, -0.1, -0.41, 2.085, 0, -0.015, 1.358, 0, -0.1, 0.6, 1.1, -0.008, 0.1, 0.05, 0, -0.05, -0.002, 0.0027, -0.0033, -0.1326, 0.202, 0.289, 0.167, 0, 0.133, -0.09, 0.451, 0.81, 0.53, 0.47, 0.36, 0.798, 0.512, 0.56, 0.65}},
  {sa(0.075), {6.75, 960, -1.15, 2.4, 4.5, 0.973, -0.79, 0.275, -0.1, -0.41, 2.029, 0, -0.015, 1.258, 0, -0.1, 0.6, 1.1, -0.0089, 0.1, 0.05, 0, -0.05, -0.0027, 0.0032, -0.0029, -0.1353, 0.126, 0.275, 0.173, 0, 0.186, 0.09, 0.506, 0.81, 0.54, 0.47, 0.36, 0.798, 0.522, 0.57, 0.69}},
  {sa(0.1), {6.75, 910, -1.23, 2.4, 4.5, 1.169, -0.79, 0.275, -0.1, -0.41, 2.041, 0, -0.015, 1.31, 0, -0.1, 0.6, 1.1, -0.0095, 0.1, 0.05, 0, -0.05, -0.0033, 0.0036, -0.0025, -0.1128, 0.022, 0.256, 0.189, 0, 0.16, 0.006, 0.335, 0.81, 0.55, 0.47, 0.36, 0.795, 0.527, 0.57, 0.7}},
  {sa(0.15), {6.75, 740, -1.59, 2.4, 4.5, 1.442, -0.79, 0.275, -0.1, -0.41, 2.121, 0, -0.022, 1.66, 0, -0.1, 0.6, 1.1, -0.0095, 0.1, 0.05, 0, -0.05, -0.0035, 0.0033, -0.0025, 0.0383, -0.136, 0.162, 0.108, 0, 0.068, -0.156, -0.084, 0.801, 0.56, 0.47, 0.36, 0.773, 0.519, 0.58, 0.7}},
  {sa(0.2), {6.75, 590, -2.01, 2.4, 4.5, 1.637, -0.79, 0.275, -0.1, -0.41, 2.224, 0, -0.03, 2.22, 0, -0.1, 0.6, 1.1, -0.0086, 0.1, 0.05, 0, -0.03, -0.0033, 0.0027, -0.0031, 0.0775, -0.078, 0.224, 0.115, 0, 0.048, -0.274, -0.178, 0.789, 0.565, 0.47, 0.36, 0.753, 0.514, 0.59, 0.7}},
  {sa(0.25), {6.75, 495, -2.41, 2.4, 4.5, 1.701, -0.79, 0.275, -0.1, -0.41, 2.312, 0, -0.038, 2.77, 0, -0.1, 0.6, 1.1, -0.0074, 0.1, 0.05, 0, 0, -0.0029, 0.0024, -0.0036, 0.0741, 0.037, 0.248, 0.122, 0, 0.055, -0.248, -0.187, 0.77, 0.57, 0.47, 0.36, 0.729, 0.513, 0.61, 0.7}},
  {sa(0.3), {6.75, 430, -2.76, 2.4, 4.5, 1.712, -0.79, 0.275, -0.1, -0.41, 2.338, 0, -0.045, 3.25, 0, -0.1, 0.6, 1.03, -0.0064, 0.1, 0.05, 0.03, 0.03, -0.0027, 0.002, -0.0039, 0.2548, -0.091, 0.203, 0.096, 0, 0.073, -0.203, -0.159, 0.74, 0.58, 0.47, 0.36, 0.693, 0.519, 0.63, 0.7}},
  {sa(0.4), {6.75, 360, -3.28, 2.4, 4.5, 1.662, -0.79, 0.275, -0.1, -0.41, 2.469, 0, -0.055, 3.99, 0, -0.1, 0.58, 0.92, -0.0043, 0.1, 0.07, 0.06, 0.06, -0.0023, 0.001, -0.0048, 0.2136, 0.129, 0.232, 0.123, 0, 0.143, -0.154, -0.023, 0.699, 0.59, 0.47, 0.36, 0.644, 0.524, 0.66, 0.7}},
  {sa(0.5), {6.75, 340, -3.6, 2.4, 4.5, 1.571, -0.79, 0.275, -0.1, -0.41, 2.559, 0, -0.065, 4.45, 0, -0.1, 0.56, 0.84, -0.0032, 0.1, 0.1, 0.1, 0.09, -0.002, 0.0008, -0.005, 0.1542, 0.31, 0.252, 0.134, 0, 0.16, -0.159, -0.029, 0.676, 0.6, 0.47, 0.36, 0.616, 0.532, 0.69, 0.7}},
  {sa(0.75), {6.75, 330, -3.8, 2.4, 4.5, 1.299, -0.79, 0.275, -0.1, -0.41, 2.682, 0, -0.095, 4.75, 0, -0.1, 0.53, 0.68, -0.0025, 0.14, 0.14, 0.14, 0.13, -0.001, 0.0007, -0.0041, 0.0787, 0.505, 0.208, 0.129, 0, 0.158, -0.141, 0.061, 0.631, 0.615, 0.47, 0.36, 0.566, 0.548, 0.73, 0.69}},
  {sa(1), {6.75, 330, -3.5, 2.4, 4.5, 1.043, -0.79, 0.275, -0.1, -0.41, 2.763, 0, -0.11, 4.3, 0, -0.1, 0.5, 0.57, -0.0025, 0.17, 0.17, 0.17, 0.14, -0.0005, 0.0007, -0.0032, 0.0476, 0.358, 0.208, 0.152, 0, 0.145, -0.144, 0.062, 0.609, 0.63, 0.47, 0.36, 0.541, 0.565, 0.77, 0.68}},
  {sa(1.5), {6.75, 330, -2.4, 2.4, 4.5, 0.665, -0.79, 0.275, -0.1, -0.41, 2.836, 0, -0.124, 2.6, 0, -0.1, 0.42, 0.42, -0.0022, 0.22, 0.21, 0.2, 0.16, -0.0004, 0.0006, -0.002, -0.0163, 0.131, 0.108, 0.118, 0, 0.131, -0.126, 0.037, 0.578, 0.64, 0.47, 0.36, 0.506, 0.576, 0.8, 0.66}},
  {sa(2), {6.75, 330, -1, 2.4, 4.5, 0.329, -0.79, 0.275, -0.1, -0.41, 2.897, 0, -0.138, 0.55, 0, -0.1, 0.35, 0.31, -0.0019, 0.26, 0.25, 0.22, 0.16, -0.0002, 0.0003, -0.0017, -0.1203, 0.123, 0.068, 0.119, 0, 0.083, -0.075, -0.143, 0.555, 0.65, 0.47, 0.36, 0.48, 0.587, 0.8, 0.62}},
  {sa(3), {6.82, 330, 0, 2.4, 4.5, -0.06, -0.79, 0.275, -0.1, -0.41, 2.906, 0, -0.172, -0.95, 0, -0.1, 0.2, 0.16, -0.0015, 0.34, 0.3, 0.23, 0.16, 0, 0, -0.002, -0.2719, 0.109, -0.023, 0.093, 0, 0.07, -0.021, -0.028, 0.548, 0.64, 0.47, 0.36, 0.472, 0.576, 0.8, 0.55}},
  {sa(4), {6.92, 330, 0, 2.4, 4.5, -0.299, -0.79, 0.275, -0.1, -0.41, 2.889, 0, -0.197, -0.95, 0, -0.1, 0, 0.05, -0.001, 0.41, 0.32, 0.23, 0.14, 0, 0, -0.002, -0.2958, 0.135, 0.028, 0.084, 0, 0.101, 0.072, -0.097, 0.527, 0.63, 0.47, 0.36, 0.447, 0.565, 0.76, 0.52}},
  {sa(5), {7, 330, 0, 2.4, 4.5, -0.562, -0.765, 0.275, -0.1, -0.41, 2.898, 0, -0.218, -0.93, 0, -0.1, 0, -0.04, -0.001, 0.51, 0.32, 0.22, 0.13, 0, 0, -0.002, -0.2718, 0.189, 0.031, 0.058, 0, 0.095, 0.205, 0.015, 0.505, 0.63, 0.47, 0.36, 0.425, 0.568, 0.72, 0.5}},
  {sa(6), {7.06, 330, 0, 2.4, 4.5, -0.875, -0.711, 0.275, -0.1, -0.41, 2.896, 0, -0.235, -0.91, 0, -0.2, 0, -0.11, -0.001, 0.55, 0.32, 0.2, 0.1, 0, 0, -0.002, -0.2517, 0.215, 0.024, 0.065, 0, 0.133, 0.285, 0.104, 0.477, 0.63, 0.47, 0.36, 0.395, 0.571, 0.7, 0.5}},
  {sa(7.5), {7.15, 330, 0, 2.4, 4.5, -1.303, -0.634, 0.275, -0.1, -0.41, 2.87, 0, -0.255, -0.87, 0, -0.2, 0, -0.19, -0.001, 0.49, 0.28, 0.17, 0.09, 0, 0, -0.002, -0.14, 0.15, -0.07, 0, 0, 0.151, 0.329, 0.299, 0.457, 0.63, 0.47, 0.36, 0.378, 0.575, 0.67, 0.5}},
  {sa(10), {7.25, 330, 0, 2.4, 4.5, -1.928, -0.529, 0.275, -0.1, -0.41, 2.843, 0, -0.285, -0.8, 0, -0.2, 0, -0.3, -0.001, 0.42, 0.22, 0.14, 0.08, 0, 0, -0.002, -0.0216, 0.092, -0.159, -0.05, 0, 0.124, 0.301, 0.243, 0.429, 0.63, 0.47, 0.36, 0.359, 0.585, 0.64, 0.5}},
};
// clang-format on
struct SimulatedRow { // replaces a44, a45
  double a44, a45;
};
constexpr TableEntry<SimulatedRow> kSimulatedRows[] = {
  {sa(2), {0.048, 0.114}},  {sa(3), {0.092, 0.223}}, {sa(4), {0.202, 0.333}},
  {sa(5), {0.27, 0.399}},   {sa(6), {0.32, 0.2}},    {sa(7.5), {0.354, 0.426}},
  {sa(10), {0.343, 0.334}},
};
constexpr CoefficientTable<Row> kTable(kRows);
constexpr CoefficientTable<SimulatedRow> kSimulated(kSimulatedRows);

constexpr double kN = 1.5;
constexpr double kM2 = 5.0;
constexpr double kRockVs30 = 1180.0; // m/s

enum class Region { global, china, japan, taiwan };

double squared(double x) {
  return x * x;
}

// Piecewise linear through (x[i], y[i]), constant beyond the last point.
template <std::size_t kSize>
double interpolated(const double (&x)[kSize], const double (&y)[kSize], double at) {
  std::size_t i = 1;
  while (i + 1 < kSize && at > x[i])
    ++i;
  return y[i - 1] + (y[i] - y[i - 1]) * (std::min(at, x[kSize - 1]) - x[i - 1]) / (x[i] - x[i - 1]);
}

// Equation 9.
double capping_vs30(double period) {
  if (period <= 0.5)
    return 1500.0;
  return period < 3.0 ? std::exp(std::log(1500.0) - 0.35 * std::log(period / 0.5)) : 800.0;
}

// What equations 2 to 6 and 10 to 16 take from the rupture alone.
struct RuptureTerms {
  double source, slope, near_source2, anelastic, hanging_wall, surface_width, tau;
};

double style_term(const Row& c, double m, double rake) {
  const double by_mag = std::clamp(m - 4.0, 0.0, 1.0);
  if (rake > 30.0 && rake < 150.0)
    return c.a11 * by_mag;
  return rake > -150.0 && rake < -30.0 ? c.a12 * by_mag : 0.0;
}

// Equation 2 without its distance terms.
double size_term(const Row& c, double m) {
  if (m >= c.m1)
    return c.a5 * (m - c.m1) + c.a8 * squared(8.5 - m);
  if (m >= kM2)
    return c.a4 * (m - c.m1) + c.a8 * squared(8.5 - m);
  return c.a4 * (kM2 - c.m1) + c.a8 * squared(8.5 - kM2) + c.a6 * (m - kM2)
         + c.a7 * squared(m - kM2);
}

// Equation 4.
double near_source_distance(const Row& c, double m) {
  return 1.0 + (c.c4 - 1.0) * std::clamp(m - 4.0, 0.0, 1.0);
}

// Equations 10, 11, 14 and a13.
double hanging_wall_factor(const Row& c, double m, double dip, double ztor) {
  if (dip == 90.0 || ztor > 10.0 || m <= 5.5)
    return 0.0;
  const double by_dip = dip > 30.0 ? (90.0 - dip) / 45.0 : 60.0 / 45.0;
  const double over = m - 6.5;
  const double by_mag = 1.0 + 0.2 * over - (m <= 6.5 ? 0.8 * over * over : 0.0);
  return c.a13 * by_dip * by_mag * (1.0 - squared(ztor) / 100.0);
}

double between_event_deviation(const Row& c, double m) {
  return c.s3 + (c.s4 - c.s3) * std::clamp((m - 5.0) / 2.0, 0.0, 1.0);
}

double attenuation(const Row& c, Region region) {
  switch (region) {
  case Region::global:
    return c.a17;
  case Region::china:
    return c.a17 + c.a28;
  case Region::japan:
    return c.a17 + c.a29;
  case Region::taiwan:
    return c.a17 + c.a25;
  }
  return c.a17;
}

RuptureTerms rupture_terms(const Row& c, Region region, const PairBatch& batch, std::size_t r) {
  const double m = batch.mag[r];
  const double dip = batch.dip[r];
  return {.source = c.a1 + size_term(c, m) + style_term(c, m, batch.rake[r])
                    + c.a15 * std::min(batch.ztor[r] / 20.0, 1.0),
          .slope = c.a2 + c.a3 * (std::max(m, kM2) - c.m1),
          .near_source2 = squared(near_source_distance(c, m)),
          .anelastic = attenuation(c, region),
          .hanging_wall = hanging_wall_factor(c, m, dip, batch.ztor[r]),
          .surface_width = batch.width[r] * std::cos(dip * (std::numbers::pi / 180.0)),
          .tau = between_event_deviation(c, m)};
}

// Equations 12, 13 and 15; zero on the footwall.
double hanging_wall_taper(double surface_width, double rx, double ry0) {
  if (!(rx > 0.0))
    return 0.0;
  constexpr double kTan20 = 0.36397023426620236;
  const double beyond_end = ry0 - rx * kTan20;
  const double along = beyond_end <= 0.0 ? 1.0 : std::max(1.0 - beyond_end / 5.0, 0.0);
  const double ratio = rx / surface_width;
  if (rx < surface_width)
    return along * (0.25 + 1.5 * ratio - 0.75 * ratio * ratio);
  const double end = 3.0 * surface_width;
  return rx <= end ? along * (1.0 - (rx - surface_width) / (end - surface_width)) : 0.0;
}

double source_and_path(const RuptureTerms& rupture, const PairBatch& batch, std::size_t p) {
  const double rrup = batch.rrup[p];
  double ln_y = rupture.source + rupture.anelastic * rrup
                + rupture.slope * 0.5 * std::log(rrup * rrup + rupture.near_source2);
  if (rupture.hanging_wall != 0.0)
    ln_y +=
      rupture.hanging_wall * hanging_wall_taper(rupture.surface_width, batch.rx[p], batch.ry0[p]);
  return ln_y;
}

// Equations 17 and 18; km.
double median_z1pt0(Region region, double vs30) {
  if (region == Region::japan)
    return std::exp(
             -5.23 / 2.0
             * std::log((squared(vs30) + squared(412.0)) / (squared(1360.0) + squared(412.0))))
           / 1000.0;
  const double v4 = squared(squared(vs30));
  constexpr double k610 = 610.0 * 610.0, k1360 = 1360.0 * 1360.0;
  return std::exp(-7.67 / 4.0 * std::log((v4 + k610 * k610) / (k1360 * k1360 + k610 * k610)))
         / 1000.0;
}

double soil_depth_term(const Row& c, Region region, double vs30, double z1pt0) {
  if (z1pt0 < 0.0) // not known: the median of such sites
    return 0.0;
  const double median = median_z1pt0(region, vs30);
  const double x[] = {0.0, 150.0, 250.0, 400.0, 700.0, 1000.0};
  const double y[] = {c.a43, c.a43, c.a44, c.a45, c.a46, c.a46};
  return interpolated(x, y, vs30) * std::log((z1pt0 / 1000.0 + 0.01) / (median + 0.01));
}

// Equations 20 to 22 without the distance part, which attenuation() has.
double regional_site_term(const Row& c, Region region, double v1, double vs30) {
  if (region == Region::taiwan)
    return c.a31 * std::log(std::min(vs30, v1) / c.vlin);
  if (region != Region::japan)
    return 0.0;
  const double x[] = {150.0, 250.0, 350.0, 450.0, 600.0, 850.0, 1150.0, 2000.0};
  const double y[] = {c.a36, c.a37, c.a38, c.a39, c.a40, c.a41, c.a42, c.a42};
  return interpolated(x, y, vs30);
}

// The part of equations 7, 17 and 20 to 22 that only the site decides.
struct SiteTerms {
  double vs30 = -1.0, z1pt0 = 0.0;
  double linear = 0.0;         // added to the motion on rock of 1180 m/s or more
  double softening = 0.0;      // (V*/vlin)^n
  double basin_constant = 0.0; // on rock too
  bool is_nonlinear = false;

  void move_to(const Row& c, Region region, const NgaWest2Basin& basin, const Imt& imt, double v1,
               double new_vs30, double new_z1pt0) {
    if (new_vs30 == vs30 && new_z1pt0 == z1pt0)
      return;
    vs30 = new_vs30;
    z1pt0 = new_z1pt0;
    is_nonlinear = vs30 < c.vlin;
    basin_constant = basin.constant(imt) * basin.share(imt, z1pt0);
    const double ln_ratio = std::log(std::min(vs30, v1) / c.vlin);
    linear = (c.a10 + (is_nonlinear ? 0.0 : c.b * kN)) * ln_ratio
             + soil_depth_term(c, region, vs30, z1pt0) * basin.share(imt, z1pt0) + basin_constant
             + regional_site_term(c, region, v1, vs30);
    softening = std::exp(kN * ln_ratio);
  }
};

// Equations 24 and 26: at the base of the profile and at the surface.
double within_event_deviation(const Row& c, Region region, double m, double rrup, bool measured) {
  if (region == Region::japan)
    return c.s5 + (c.s6 - c.s5) * std::clamp((rrup - 30.0) / 50.0, 0.0, 1.0);
  const double s1 = measured ? c.s1m : c.s1e;
  const double s2 = measured ? c.s2m : c.s2e;
  return s1 + (s2 - s1) * std::clamp((m - 4.0) / 2.0, 0.0, 1.0);
}

// Equations 27 to 30: `gain` is the derivative of the site's amplification.
LogNormal with_deviations(double ln_mean, double phi_surface, double tau_surface, double gain) {
  const double amplification = phi_surface < 0.4 ? 0.99 * phi_surface : 0.4;
  const double base2 = squared(phi_surface) - squared(amplification);
  const double phi = std::sqrt(base2 * squared(1.0 + gain) + squared(amplification));
  const double tau = tau_surface * (1.0 + gain);
  return {.ln_mean = ln_mean, .sigma = std::sqrt(phi * phi + tau * tau), .tau = tau, .phi = phi};
}

class AbrahamsonEtAl2014 final : public PublishedModel {
public:
  AbrahamsonEtAl2014(std::string name, Region region, NgaWest2Basin basin = {})
    : PublishedModel(std::move(name), need_mag | need_rake | need_dip | need_ztor | need_width
                                        | need_rrup | need_rx | need_ry0 | need_vs30
                                        | need_vs30measured | need_z1pt0),
      region_(region), basin_(basin) {}

  bool supports(const Imt& imt) const override {
    return kTable.supports(imt) && (!basin_.is_simulated(imt) || kSimulated.supports(imt));
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, out[i]);
  }

private:
  Row row_of(const Imt& imt) const {
    Row c = kTable.at(imt);
    if (basin_.is_simulated(imt)) {
      const SimulatedRow simulated = kSimulated.at(imt);
      c.a44 = simulated.a44;
      c.a45 = simulated.a45;
    }
    return c;
  }

  void predict_one(const Imt& imt, const PairBatch& batch, const GroundMotion& out) const {
    const Row c = row_of(imt);
    const double v1 = capping_vs30(imt.period);
    // The soil-depth term is zero on the reference rock.
    const double rock_site = (c.a10 + c.b * kN) * std::log(std::min(kRockVs30, v1) / c.vlin)
                             + regional_site_term(c, region_, v1, kRockVs30);
    SiteTerms site;
    fill_motions(batch, out, [&](std::size_t r) {
      const double m = batch.mag[r];
      return [&, m, rupture = rupture_terms(c, region_, batch, r)](std::size_t p) {
        site.move_to(c, region_, basin_, imt, v1, batch.vs30[p], batch.z1pt0[p]);
        const double before_site = source_and_path(rupture, batch, p);
        double ln_y = before_site + site.linear;
        double gain = 0.0;
        if (site.is_nonlinear) {
          const double on_rock = std::exp(before_site + rock_site + site.basin_constant);
          const double softened = on_rock + c.c * site.softening;
          ln_y += c.b * std::log(softened / (on_rock + c.c));
          gain = c.b * on_rock * (1.0 / softened - 1.0 / (on_rock + c.c));
        }
        const double phi =
          within_event_deviation(c, region_, m, batch.rrup[p], batch.vs30measured[p] != 0.0);
        return with_deviations(ln_y, phi, rupture.tau, gain);
      };
    });
  }

  Region region_;
  NgaWest2Basin basin_;
};

// `kEpsilon`: epistemic deviations, `kRegion`: the region, unless the logic tree gives them.
template <int kEpsilon, Region kRegion = Region::global>
Result<std::shared_ptr<const GroundMotionModel>> make_regional(const GsimSpec& spec) {
  static constexpr std::string_view kRegions[] = {"", "CHN", "JPN", "TWN"};
  Arguments arguments(spec);
  const auto region = arguments.one_of("region", kRegion, kRegions);
  const double epsilon = arguments.number("sigma_mu_epsilon", kEpsilon);
  const NgaWest2Basin basin = read_nga_west2_basin(arguments);
  OQ_CHECK(arguments.check());
  return with_nga_west2_epistemic(
    std::make_shared<const AbrahamsonEtAl2014>(model_name(spec), region, basin), epsilon,
    epistemic_range(kEpsilon));
}

} // namespace

ModelFamily abrahamson_2014() {
  static constexpr ModelEntry kModels[] = {
    {"AbrahamsonEtAl2014", make_regional<0>},
    {"AbrahamsonEtAl2014NSHMPLower", make_regional<-1>},
    {"AbrahamsonEtAl2014NSHMPUpper", make_regional<1>},
    {"AbrahamsonEtAl2014RegCHN", make_regional<0, Region::china>},
    {"AbrahamsonEtAl2014RegJPN", make_regional<0, Region::japan>},
    {"AbrahamsonEtAl2014RegTWN", make_regional<0, Region::taiwan>},
  };
  return kModels;
}

} // namespace oq::engine
