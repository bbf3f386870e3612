// Abrahamson and Gulerce (2020), PEER Report 2020/25 with its erratum: NGA-Subduction, interface
// and intraslab, with regional terms.
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/basin_terms.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/subduction_regions.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

using Region = SubductionRegion;
constexpr std::size_t kRegions = kSubductionRegions;

struct Row { // tables 3.2 to 3.4, 5.1, 6.1
  double c1i, vlin, b, a2, a8, a10, a11, a13, a14, a16, a39, a41, d1, d2, rho_w, rho_b, e1, e2, e3;
  double adjust_alaska, adjust_cascadia, phi_s2s[3];
  double a1[kRegions]; // of the region itself
  double a6[kRegions]; // [global, what a region adds]
  double a12[kRegions];
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {8.2, 865.1, -1.186, -1.45, 0.044, 3.21, 0.007, 0, -0.46, 0.09, 0, -0.029, 0.325, 0.137, 1, 1, 0.55, -0.27, 0.05, 0.487, 0.828, 0.396, 0.396, 0.545, 4.596, 3.7783, 3.3468, 3.8025, 5.0361, 4.6272, 4.8044, 3.5669, -0.0043, 0.0015, 0.0007, 0.0036, -0.0004, 0.0025, 0.0006, 0.0033, 0.9, 0, -0.2, 0, 0, 0.04, 0.04, 0}},
  {sa(0.01), {8.2, 865.1, -1.186, -1.45, 0.044, 3.21, 0.007, 0, -0.46, 0.09, 0, -0.029, 0.325, 0.137, 1, 1, 0.55, -0.27, 0.05, 0.487, 0.828, 0.396, 0.396, 0.545, 4.596, 3.7783, 3.3468, 3.8025, 5.0361, 4.6272, 4.8044, 3.5669, -0.0043, 0.0015, 0.0007, 0.0036, -0.0004, 0.0025, 0.0006, 0.0033, 0.9, 0, -0.2, 0, 0, 0.04, 0.04, 0}},
  {sa(0.02), {8.2, 865.1, -1.219, -1.45, 0.044, 3.21, 0.007, 0, -0.46, 0.09, 0, -0.024, 0.325, 0.137, 0.99, 0.99, 0.55, -0.27, 0.05, 0.519, 0.825, 0.396, 0.396, 0.545, 4.678, 3.8281, 3.4401, 3.9053, 5.1375, 4.6958, 4.8943, 3.6425, -0.0043, 0.0015, 0.0006, 0.0036, -0.0005, 0.0025, 0.0005, 0.0033, 1.008, 0, -0.2, 0, 0, 0.04, 0.04, 0}},
  {sa(0.03), {8.2, 907.8, -1.273, -1.45, 0.044, 3.21, 0.007, 0, -0.46, 0.09, 0, -0.034, 0.325, 0.137, 0.99, 0.99, 0.55, -0.27, 0.05, 0.543, 0.834, 0.396, 0.396, 0.545, 4.773, 3.8933, 3.5087, 4.0189, 5.2699, 4.7809, 5.0028, 3.7063, -0.0044, 0.0015, 0.0006, 0.0037, -0.0007, 0.0025, 0.0005, 0.0034, 1.127, 0, -0.2, 0, 0, 0.04, 0.04, 0}},
  {sa(0.05), {8.2, 1053.5, -1.346, -1.45, 0.044, 3.21, 0.007, 0, -0.46, 0.09, 0, -0.061, 0.325, 0.137, 0.97, 0.985, 0.56, -0.27, 0.05, 0.435, 0.895, 0.396, 0.467, 0.644, 5.029, 4.2867, 3.6553, 4.2952, 5.6157, 5.0211, 5.2819, 3.9184, -0.0046, 0.0011, 0.0006, 0.0039, -0.0009, 0.0026, 0.0004, 0.0036, 1.333, 0, -0.2, 0, 0, 0.04, 0.04, 0}},
  {sa(0.075), {8.2, 1085.7, -1.471, -1.45, 0.044, 3.21, 0.007, 0, -0.46, 0.09, 0, -0.076, 0.325, 0.137, 0.95, 0.98, 0.58, -0.27, 0.05, 0.41, 0.863, 0.396, 0.516, 0.713, 5.334, 4.594, 3.9799, 4.5464, 6.0204, 5.3474, 5.6123, 4.2207, -0.0047, 0.0011, 0.0004, 0.0039, -0.0009, 0.0026, 0.0003, 0.0037, 1.565, 0, -0.2, 0, 0, 0.06, 0.06, 0}},
  {sa(0.1), {8.2, 1032.5, -1.624, -1.45, 0.044, 3.21, 0.007, 0, -0.46, 0.09, 0, -0.049, 0.325, 0.137, 0.92, 0.97, 0.59, -0.27, 0.05, 0.397, 0.842, 0.396, 0.516, 0.713, 5.455, 4.7077, 4.1312, 4.6138, 6.1625, 5.5065, 5.7668, 4.3536, -0.0048, 0.0012, 0.0003, 0.0039, -0.0008, 0.0026, 0.0003, 0.0038, 1.679, 0, -0.2, 0, 0, 0.1, 0.1, 0}},
  {sa(0.15), {8.2, 877.6, -1.931, -1.425, 0.044, 3.21, 0.007, 0, -0.46, 0.09, 0, -0.026, 0.325, 0.137, 0.9, 0.96, 0.59, -0.27, 0.05, 0.428, 0.737, 0.396, 0.516, 0.647, 5.376, 4.6065, 4.2737, 4.529, 5.9614, 5.518, 5.7313, 4.3664, -0.0047, 0.0013, -0.0002, 0.0037, -0.0009, 0.0022, 0.0001, 0.0037, 1.853, 0, -0.186, 0, -0.055, 0.135, 0.135, 0.069}},
  {sa(0.2), {8.2, 748.2, -2.188, -1.335, 0.043, 3.21, 0.0062, 0, -0.46, 0.084, 0, -0.011, 0.325, 0.137, 0.87, 0.94, 0.57, -0.27, 0.05, 0.442, 0.746, 0.396, 0.516, 0.596, 4.936, 4.1866, 3.965, 4.1656, 5.392, 5.1668, 5.2943, 4.0169, -0.0045, 0.0013, -0.0007, 0.0031, -0.001, 0.0018, -0.0001, 0.0035, 2.022, 0, -0.15, 0, -0.105, 0.17, 0.17, 0.14}},
  {sa(0.25), {8.2, 654.3, -2.381, -1.275, 0.042, 3.21, 0.0056, 0, -0.46, 0.08, 0.101, -0.009, 0.325, 0.137, 0.84, 0.93, 0.53, -0.224, 0.043, 0.494, 0.796, 0.396, 0.501, 0.539, 4.636, 3.8515, 3.6821, 3.9147, 5.0117, 4.8744, 5.0058, 3.759, -0.0043, 0.0013, -0.0009, 0.0027, -0.0011, 0.0016, -0.0003, 0.0033, 2.181, 0, -0.14, 0, -0.134, 0.17, 0.17, 0.164}},
  {sa(0.3), {8.2, 587.1, -2.518, -1.231, 0.041, 3.21, 0.0051, -0.002, -0.46, 0.078, 0.184, 0.005, 0.325, 0.137, 0.82, 0.91, 0.49, -0.186, 0.037, 0.565, 0.782, 0.396, 0.488, 0.488, 4.423, 3.5783, 3.5415, 3.7846, 4.7057, 4.6544, 4.7588, 3.5914, -0.0042, 0.0014, -0.001, 0.002, -0.0009, 0.0014, -0.0002, 0.0032, 2.281, 0, -0.12, 0, -0.15, 0.17, 0.17, 0.19}},
  {sa(0.4), {8.2, 503, -2.657, -1.165, 0.04, 3.21, 0.0043, -0.007, -0.47, 0.075, 0.315, 0.04, 0.325, 0.137, 0.74, 0.86, 0.425, -0.126, 0.028, 0.625, 0.768, 0.396, 0.468, 0.468, 4.124, 3.2493, 3.3256, 3.5702, 4.2896, 4.366, 4.3789, 3.3704, -0.004, 0.0015, -0.001, 0.0013, -0.0007, 0.0011, 0, 0.003, 2.379, 0, -0.1, 0, -0.15, 0.17, 0.17, 0.206}},
  {sa(0.5), {8.2, 456.6, -2.669, -1.115, 0.039, 3.21, 0.0037, -0.011, -0.48, 0.072, 0.416, 0.097, 0.325, 0.137, 0.66, 0.8, 0.375, -0.079, 0.022, 0.634, 0.728, 0.396, 0.451, 0.451, 3.838, 2.9818, 3.1334, 3.3552, 3.9322, 4.0779, 4.0394, 3.1564, -0.0037, 0.0015, -0.0011, 0.0009, -0.0007, 0.0008, 0.0002, 0.0027, 2.339, 0, -0.08, 0, -0.15, 0.17, 0.17, 0.22}},
  {sa(0.6), {8.2, 430.3, -2.599, -1.071, 0.038, 3.21, 0.0033, -0.015, -0.49, 0.07, 0.499, 0.145, 0.325, 0.137, 0.59, 0.78, 0.345, -0.041, 0.016, 0.581, 0.701, 0.396, 0.438, 0.438, 3.562, 2.7784, 2.9215, 3.0922, 3.6149, 3.8146, 3.7366, 2.9584, -0.0035, 0.0015, -0.0012, 0.0006, -0.0007, 0.0006, 0.0002, 0.0025, 2.217, 0, -0.06, 0, -0.15, 0.17, 0.17, 0.225}},
  {sa(0.75), {8.15, 410.5, -2.401, -1.02, 0.037, 3.21, 0.0027, -0.021, -0.5, 0.067, 0.6, 0.197, 0.325, 0.137, 0.5, 0.73, 0.3, 0.005, 0.009, 0.497, 0.685, 0.396, 0.42, 0.42, 3.152, 2.478, 2.538, 2.6572, 3.1785, 3.4391, 3.293, 2.6556, -0.0032, 0.0014, -0.0011, 0.0003, -0.0007, 0.0004, 0.0002, 0.0022, 1.946, 0, -0.047, 0, -0.15, 0.17, 0.17, 0.217}},
  {sa(1), {8.1, 400, -1.955, -0.95, 0.035, 3.21, 0.0019, -0.028, -0.51, 0.063, 0.731, 0.269, 0.325, 0.137, 0.41, 0.69, 0.24, 0.065, 0, 0.469, 0.642, 0.396, 0.396, 0.396, 2.544, 1.9252, 1.9626, 2.1459, 2.5722, 2.8056, 2.6475, 2.0667, -0.0029, 0.0013, -0.0008, 0.0001, -0.0008, 0.0002, 0.0001, 0.0019, 1.416, 0, -0.035, 0, -0.15, 0.17, 0.17, 0.185}},
  {sa(1.5), {8.05, 400, -1.025, -0.86, 0.034, 3.21, 0.0008, -0.041, -0.52, 0.059, 0.748, 0.347, 0.312, 0.113, 0.33, 0.62, 0.23, 0.065, 0, 0.509, 0.325, 0.379, 0.379, 0.379, 1.636, 0.9924, 1.3568, 1.3499, 1.6499, 1.8546, 1.6842, 1.3316, -0.0026, 0.0014, -0.0004, -0.0001, -0.0008, 0.0001, 0, 0.0016, 0.394, 0, -0.018, 0, -0.13, 0.17, 0.17, 0.083}},
  {sa(2), {8, 400, -0.299, -0.82, 0.032, 3.21, 0, -0.05, -0.53, 0.059, 0.761, 0.384, 0.302, 0.096, 0.3, 0.56, 0.23, 0.065, 0, 0.478, 0.257, 0.366, 0.366, 0.366, 1.076, 0.4676, 0.818, 0.8148, 1.0658, 1.302, 1.1002, 0.7607, -0.0024, 0.0015, 0.0002, 0, -0.0007, 0.0002, 0, 0.0014, -0.417, 0, -0.01, 0, -0.11, 0.17, 0.17, 0.045}},
  {sa(2.5), {7.95, 400, 0, -0.798, 0.031, 3.21, 0, -0.057, -0.54, 0.06, 0.77, 0.397, 0.295, 0.082, 0.27, 0.52, 0.23, 0.065, 0, 0.492, 0.211, 0.356, 0.356, 0.356, 0.658, 0.0579, 0.4389, 0.3979, 0.631, 0.8017, 0.6737, 0.3648, -0.0022, 0.0014, 0.0004, 0, -0.0007, 0.0002, -0.0002, 0.0012, -0.725, 0, -0.005, 0, -0.095, 0.17, 0.17, 0.026}},
  {sa(3), {7.9, 400, 0, -0.793, 0.03, 3.13, 0, -0.065, -0.54, 0.059, 0.778, 0.404, 0.289, 0.072, 0.25, 0.495, 0.24, 0.065, 0, 0.47, 0.296, 0.348, 0.348, 0.348, 0.424, -0.1391, 0.1046, 0.1046, 0.3882, 0.5958, 0.4126, 0.1688, -0.0021, 0.0014, 0.0007, 0.0003, -0.0007, 0.0004, -0.0002, 0.0011, -0.695, 0, 0, 0, -0.085, 0.17, 0.17, 0.035}},
  {sa(4), {7.85, 400, 0, -0.793, 0.029, 2.985, 0, -0.077, -0.54, 0.05, 0.79, 0.397, 0.28, 0.055, 0.22, 0.43, 0.27, 0.065, 0, 0.336, 0.232, 0.335, 0.335, 0.335, 0.093, -0.303, -0.1597, -0.2324, 0.0164, 0.3522, 0.0097, -0.0323, -0.002, 0.0014, 0.001, 0.0007, -0.0006, 0.0006, -0.0002, 0.001, -0.638, 0, 0, 0, -0.073, 0.17, 0.17, 0.053}},
  {sa(5), {7.8, 400, 0, -0.793, 0.028, 2.818, 0, -0.088, -0.54, 0.043, 0.799, 0.378, 0.273, 0.041, 0.19, 0.4, 0.3, 0.065, 0, 0.228, 0.034, 0.324, 0.324, 0.324, -0.145, -0.4094, -0.2063, -0.5722, -0.2802, 0.1874, -0.2715, -0.1516, -0.002, 0.0014, 0.0013, 0.0014, -0.0004, 0.0008, -0.0001, 0.001, -0.597, 0, 0, 0, -0.065, 0.17, 0.17, 0.072}},
  {sa(6), {7.8, 400, 0, -0.793, 0.027, 2.682, 0, -0.098, -0.54, 0.038, 0.807, 0.358, 0.267, 0.03, 0.17, 0.37, 0.32, 0.065, 0, 0.151, -0.037, 0.314, 0.314, 0.314, -0.32, -0.501, -0.3223, -0.8631, -0.4822, -0.1243, -0.4591, -0.2217, -0.002, 0.0014, 0.0015, 0.0015, -0.0003, 0.0011, 0, 0.001, -0.561, 0, 0, 0, -0.06, 0.17, 0.17, 0.086}},
  {sa(7.5), {7.8, 400, 0, -0.793, 0.026, 2.515, 0, -0.11, -0.54, 0.032, 0.817, 0.333, 0.259, 0.017, 0.14, 0.32, 0.35, 0.065, 0, 0.051, -0.178, 0.301, 0.301, 0.301, -0.556, -0.6209, -0.4223, -1.1773, -0.7566, -0.3316, -0.6822, -0.3338, -0.002, 0.0014, 0.0017, 0.0015, -0.0002, 0.0014, 0.0001, 0.001, -0.53, 0, 0, 0, -0.055, 0.17, 0.17, 0.115}},
  {sa(10), {7.8, 400, 0, -0.793, 0.025, 2.3, 0, -0.127, -0.54, 0.024, 0.829, 0.281, 0.25, 0, 0.1, 0.28, 0.35, 0.065, 0, -0.251, -0.313, 0.286, 0.286, 0.286, -0.86, -0.6221, -0.5909, -1.407, -1.087, -0.6783, -0.9173, -0.5441, -0.002, 0.0014, 0.0017, 0.0015, -0.0001, 0.0017, 0.0002, 0.001, -0.486, 0, 0, 0, -0.045, 0.17, 0.17, 0.151}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

constexpr double kC4 = 10.0, kA3 = 0.1, kA4 = 0.73, kA45 = 0.34, kA9 = 0.4;
constexpr double kN = 1.18, kC = 1.88, kReferenceVs30 = 1000.0;
constexpr double kLinearTau = 0.47;
constexpr double kAmplificationVariance = 0.09;                                   // 0.3 squared
constexpr double kSlabBreak[kRegions] = {7.5, 7.9, 7.1, 7.4, 7.6, 8.0, 7.5, 7.7}; // C1s

struct Form {
  bool is_slab = false;
  Region region = Region::global;
  bool ergodic = true, us_adjusted = false, usgs = false;
  double epsilon = 0;

  std::size_t column() const { return static_cast<std::size_t>(region); }
  bool reads_z2pt5() const { return region == Region::cascadia || region == Region::japan; }
  // A region's coefficient: the global one and what the region adds.
  double added(const double (&values)[kRegions]) const {
    return region == Region::global ? values[0] : values[0] + values[column()];
  }
};

std::uint64_t needs_of(const Form& form) {
  return need_mag | need_rrup | need_vs30 | (form.is_slab ? std::uint64_t{need_ztor} : 0)
         | (form.reads_z2pt5() ? std::uint64_t{need_z2pt5} : 0);
}

// Equations 3.1 to 3.5: the motion of one rupture before the site term.
struct RockTerms {
  double source, slope, near_field, anelastic;
  double at(double rrup) const {
    return source + slope * std::log(rrup + near_field) + anelastic * rrup;
  }
};

double depth_term(const Row& c, double ztor) {
  if (ztor <= 50.0)
    return c.a8 * (ztor - 50.0);
  return c.a11 * (std::min(ztor, 200.0) - 50.0);
}

RockTerms rock_terms(const Row& c, const Form& form, double mag, double ztor) {
  const double slab_break = kSlabBreak[form.column()];
  const double break_magnitude = form.is_slab ? slab_break : c.c1i;
  const double alpha = form.is_slab ? kA4 + kA45 : kA4;
  RockTerms terms{};
  terms.source = c.a1[form.column()] + c.a13 * (10.0 - mag) * (10.0 - mag)
                 + (mag <= break_magnitude ? alpha * (mag - break_magnitude) : 0.0);
  if (form.us_adjusted && form.region == Region::alaska)
    terms.source += c.adjust_alaska;
  if (form.us_adjusted && form.region == Region::cascadia)
    terms.source += c.adjust_cascadia;
  terms.slope = c.a2 + (form.region == Region::taiwan ? c.a16 : 0.0) + kA3 * (mag - 7.0);
  if (form.is_slab) {
    terms.source += c.a10 + (kA4 + kA45) * (slab_break - 7.5) + depth_term(c, ztor);
    terms.slope += c.a14;
  }
  terms.near_field = kC4 * std::exp(kA9 * (mag - 6.0));
  terms.anelastic = form.added(c.a6);
  return terms;
}

// Equation 3.6; `v` is vs30, at most 1000 m/s.
double site_term(const Row& c, double a12, double v, double rock_pga) {
  const double u = v / c.vlin, ln_u = std::log(u);
  if (v >= c.vlin)
    return (a12 + c.b * kN) * ln_u;
  return a12 * ln_u - c.b * std::log(rock_pga + kC)
         + c.b * std::log(rock_pga + kC * std::pow(u, kN));
}

// Equations 3.7 to 3.11; z2pt5 in km.
double basin_term(const Row& c, const Form& form, const Imt& imt, double vs30, double z2pt5) {
  const auto ratio = [&](double ln_reference) {
    return std::log((1000.0 * z2pt5 + 50.0) / (std::exp(ln_reference) + 50.0));
  };
  if (form.region == Region::cascadia) {
    const double q = ratio(std::clamp(8.52 - 0.88 * std::log(vs30 / 200.0), 7.6, 8.52));
    const double term = q <= 0 ? 0.0 : c.a39 * q; // a depth that is not a number stays one
    return form.usgs ? term * usgs_basin_share(imt, z2pt5) : term;
  }
  if (form.region == Region::japan)
    return c.a41
           * std::max(ratio(std::clamp(7.3 - 2.066 * std::log(vs30 / 170.0), 4.1, 7.3)), -2.0);
  return 0.0;
}

// A bump in period: 1 - alpha below t1, 1 from t2 to t3, 0 beyond t4.
double bump(double period, double t1, double t2, double t3, double t4, double alpha) {
  if (period <= t1)
    return 1.0 - alpha;
  if (period <= t2)
    return 1.0 - alpha * std::log(period / t2) / std::log(t1 / t2);
  if (period <= t3)
    return 1.0;
  return period < t4 ? std::log(period / t4) / std::log(t3 / t4) : 0.0;
}

// Equations 5.2 to 5.6: within-event variance on rock.
double linear_variance(const Row& c, Region region, double period, double rrup) {
  double variance = c.d1 + c.d2 * std::clamp((rrup - 150.0) / 300.0, 0.0, 1.0);
  const bool japan_like = region == Region::japan || region == Region::south_america;
  if (japan_like || region == Region::central_america) {
    const double z = (rrup - 225.0) / 225.0;
    const double size = rrup < 225.0    ? 0.109
                        : rrup <= 450.0 ? 0.109 + 0.062 * z + 0.470 * z * z
                                        : 0.641;
    const double alpha = std::clamp(1.0 - 0.0036 * (rrup - 250.0), 0.28, 1.0);
    variance += size * bump(period, 0.03, 0.075, 0.2, 1.0, alpha);
  }
  if (japan_like)
    variance += 0.242 * bump(period, 0.03, 0.075, 0.1, 0.3, 0.42);
  return variance;
}

// Variances between sites, which a model of one site leaves out: [of the IMT, of PGA].
struct SiteVariances {
  double own = 0, pga = 0;
};
SiteVariances site_variances(const Row& c, const Row& pga, const Form& form) {
  if (form.ergodic)
    return {};
  const std::size_t group = form.region == Region::central_america ? 1
                            : form.region == Region::japan || form.region == Region::south_america
                              ? 2
                              : 0;
  // The first group's PGA value is that of the IMT itself in the program compared with.
  const Row& of_pga = group == 0 ? c : pga;
  return {c.phi_s2s[group] * c.phi_s2s[group], of_pga.phi_s2s[group] * of_pga.phi_s2s[group]};
}

class AbrahamsonGulerce2020 final : public PublishedModel {
public:
  AbrahamsonGulerce2020(std::string name, const Form& form)
    : PublishedModel(std::move(name), needs_of(form)), form_(form) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    thread_local std::vector<double> rock_pga;
    rock_pga.resize(batch.pairs());
    const Row pga = kTable.at(kPga);
    const double rock_site =
      (form_.added(pga.a12) + pga.b * kN) * std::log(kReferenceVs30 / pga.vlin);
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RockTerms rock = terms_of(pga, batch, r);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
        rock_pga[p] = std::exp(rock.at(batch.rrup[p]) + rock_site);
    }
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, rock_pga, out[i]);
  }

private:
  RockTerms terms_of(const Row& c, const PairBatch& batch, std::size_t r) const {
    return rock_terms(c, form_, batch.mag[r], form_.is_slab ? batch.ztor[r] : 0.0);
  }

  void predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> rock_pga,
                   const GroundMotion& out) const {
    const Row c = kTable.at(imt), pga = kTable.at(kPga);
    const double a12 = form_.added(c.a12);
    fill_motions(batch, out, [&](std::size_t r) {
      return [&, rock = terms_of(c, batch, r)](std::size_t p) {
        const double rrup = batch.rrup[p], v = std::min(batch.vs30[p], kReferenceVs30);
        LogNormal motion = deviations(c, pga, imt, rrup, v, rock_pga[p]);
        motion.ln_mean = rock.at(rrup) + site_term(c, a12, v, rock_pga[p]);
        if (form_.reads_z2pt5())
          motion.ln_mean += basin_term(c, form_, imt, batch.vs30[p], batch.z2pt5[p]);
        if (form_.epsilon != 0) { // equation 6.1
          const double x = std::clamp(rrup, 50.0, 500.0) / 100.0;
          motion.ln_mean += form_.epsilon * (c.e1 + c.e2 * x + c.e3 * x * x);
        }
        return motion;
      };
    });
  }

  // Equations 5.7 to 5.9: nonlinear soil damps what PGA on rock varies.
  LogNormal deviations(const Row& c, const Row& pga, const Imt& imt, double rrup, double v,
                       double rock_pga) const {
    const SiteVariances left_out = site_variances(c, pga, form_);
    const double period = imt.is_sa() ? imt.period : 0.0;
    const double own = linear_variance(c, form_.region, period, rrup) - left_out.own;
    const double of_pga = linear_variance(pga, form_.region, 0.0, rrup) - left_out.pga;
    double d = 0; // derivative of the site term to ln(rock_pga)
    if (v < c.vlin)
      d =
        c.b * rock_pga * (1.0 / (rock_pga + kC * std::pow(v / c.vlin, kN)) - 1.0 / (rock_pga + kC));
    LogNormal motion;
    motion.tau = kLinearTau * std::sqrt(1.0 + d * d + 2.0 * d * c.rho_b);
    double variance = own;
    if (d != 0) {
      const double own_rest = own - kAmplificationVariance;
      const double pga_rest = of_pga - kAmplificationVariance;
      variance += d * d * pga_rest + 2.0 * d * c.rho_w * std::sqrt(pga_rest) * std::sqrt(own_rest);
    }
    motion.phi = std::sqrt(variance);
    motion.sigma = std::sqrt(motion.tau * motion.tau + variance);
    return motion;
  }

  Form form_;
};

Result<std::shared_ptr<const GroundMotionModel>> make_form(const GsimSpec& spec, Form form) {
  Arguments arguments(spec);
  form.region =
    arguments.one_of("region", form.region, std::span(kSubductionRegionNames).first(kRegions));
  form.ergodic = arguments.flag("ergodic", true);
  form.us_adjusted = arguments.flag("apply_usa_adjustment", false);
  form.usgs = arguments.flag("usgs_basin_scaling", false);
  form.epsilon = arguments.number("sigma_mu_epsilon", 0.0);
  if (form.usgs && form.region != Region::cascadia)
    arguments.refuse("usgs_basin_scaling needs region CAS");
  OQ_CHECK(arguments.check());
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const AbrahamsonGulerce2020>(model_name(spec), form));
}

template <bool kIsSlab, Region kRegion = Region::global>
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  return make_form(spec, {.is_slab = kIsSlab, .region = kRegion});
}

} // namespace

ModelFamily abrahamson_gulerce_2020() {
  static constexpr ModelEntry kModels[] = {
    {"AbrahamsonGulerce2020SInter", make<false>},
    {"AbrahamsonGulerce2020SInterAlaska", make<false, Region::alaska>},
    {"AbrahamsonGulerce2020SInterCascadia", make<false, Region::cascadia>},
    {"AbrahamsonGulerce2020SInterCentralAmericaMexico", make<false, Region::central_america>},
    {"AbrahamsonGulerce2020SInterJapan", make<false, Region::japan>},
    {"AbrahamsonGulerce2020SInterNewZealand", make<false, Region::new_zealand>},
    {"AbrahamsonGulerce2020SInterSouthAmerica", make<false, Region::south_america>},
    {"AbrahamsonGulerce2020SInterTaiwan", make<false, Region::taiwan>},
    {"AbrahamsonGulerce2020SSlab", make<true>},
    {"AbrahamsonGulerce2020SSlabAlaska", make<true, Region::alaska>},
    {"AbrahamsonGulerce2020SSlabCascadia", make<true, Region::cascadia>},
    {"AbrahamsonGulerce2020SSlabCentralAmericaMexico", make<true, Region::central_america>},
    {"AbrahamsonGulerce2020SSlabJapan", make<true, Region::japan>},
    {"AbrahamsonGulerce2020SSlabNewZealand", make<true, Region::new_zealand>},
    {"AbrahamsonGulerce2020SSlabSouthAmerica", make<true, Region::south_america>},
    {"AbrahamsonGulerce2020SSlabTaiwan", make<true, Region::taiwan>},
  };
  return kModels;
}

} // namespace oq::engine
