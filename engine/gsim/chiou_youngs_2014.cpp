// Chiou and Youngs (2014), Earthquake Spectra 30(3), 1117-1153: NGA-West2, active shallow crust.
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/nga_west2_basin.hpp"
#include "engine/gsim/nga_west2_epistemic.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/site_terms.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

struct Row { // tables 1 to 5; unused: c8, c8b (directivity), sig2jp
  double c1, c1a, c1b, c1c, c1d, cn, cm, c3, c5, chm, c6, c7, c7b, c9, c9a, c9b, c11b, cg1, cg2,
    cg3;
  double phi1, phi2, phi3, phi4, phi5, gjpit, gwn, phi1jp, phi5jp, tau1, tau2, sig1, sig2, sig3;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {-1.5065, 0.165, -0.255, -0.165, 0.255, 16.0875, 4.9993, 1.9636, 6.4551, 3.0956, 0.4908, 0.0352, 0.0462, 0.9228, 0.1202, 6.8607, -0.4536, -0.007146, -0.006758, 4.2542, -0.521, -0.1417, -0.00701, 0.102151, 0, 1.5817, 0.7594, -0.6846, 0.459, 0.4, 0.26, 0.4912, 0.3762, 0.8}},
  {kPgv, {2.3549, 0.165, -0.0626, -0.165, 0.0626, 3.3024, 5.423, 2.3152, 5.8096, 3.0514, 0.4407, 0.0324, 0.0097, 0.3079, 0.1, 6.5, -0.3834, -0.001852, -0.007403, 4.3439, -0.7936, -0.0699, -0.008444, 5.41, 0.0202, 2.2306, 0.335, -0.7966, 0.9488, 0.3894, 0.2578, 0.4785, 0.3629, 0.7504}},
  {sa(0.01), {-1.5065, 0.165, -0.255, -0.165, 0.255, 16.0875, 4.9993, 1.9636, 6.4551, 3.0956, 0.4908, 0.0352, 0.0462, 0.9228, 0.1202, 6.8607, -0.4536, -0.007146, -0.006758, 4.2542, -0.521, -0.1417, -0.00701, 0.102151, 0, 1.5817, 0.7594, -0.6846, 0.459, 0.4, 0.26, 0.4912, 0.3762, 0.8}},
  {sa(0.02), {-1.4798, 0.165, -0.255, -0.165, 0.255, 15.7118, 4.9993, 1.9636, 6.4551, 3.0963, 0.4925, 0.0352, 0.0472, 0.9296, 0.1217, 6.8697, -0.4536, -0.007249, -0.006758, 4.2386, -0.5055, -0.1364, -0.007279, 0.10836, 0, 1.574, 0.7606, -0.6681, 0.458, 0.4026, 0.2637, 0.4904, 0.3762, 0.8}},
  {sa(0.03), {-1.2972, 0.165, -0.255, -0.165, 0.255, 15.8819, 4.9993, 1.9636, 6.4551, 3.0974, 0.4992, 0.0352, 0.0533, 0.9396, 0.1194, 6.9113, -0.4536, -0.007869, -0.006758, 4.2519, -0.4368, -0.1403, -0.007354, 0.119888, 0, 1.5544, 0.7642, -0.6314, 0.462, 0.4063, 0.2689, 0.4988, 0.3849, 0.8}},
  {sa(0.04), {-1.1007, 0.165, -0.255, -0.165, 0.255, 16.4556, 4.9993, 1.9636, 6.4551, 3.0988, 0.5037, 0.0352, 0.0596, 0.9661, 0.1166, 7.0271, -0.4536, -0.008316, -0.006758, 4.296, -0.3752, -0.1591, -0.006977, 0.133641, 0, 1.5502, 0.7676, -0.5855, 0.453, 0.4095, 0.2736, 0.5049, 0.391, 0.8}},
  {sa(0.05), {-0.9292, 0.165, -0.255, -0.165, 0.255, 17.6453, 4.9993, 1.9636, 6.4551, 3.1011, 0.5048, 0.0352, 0.0639, 0.9794, 0.1176, 7.0959, -0.4536, -0.008743, -0.006758, 4.3578, -0.3469, -0.1862, -0.006467, 0.148927, 0, 1.5391, 0.7739, -0.5457, 0.436, 0.4124, 0.2777, 0.5096, 0.3957, 0.8}},
  {sa(0.075), {-0.658, 0.165, -0.254, -0.165, 0.254, 20.1772, 5.0031, 1.9636, 6.4551, 3.1094, 0.5048, 0.0352, 0.063, 1.026, 0.1171, 7.3298, -0.4536, -0.009537, -0.00619, 4.5455, -0.3747, -0.2538, -0.005734, 0.190596, 0, 1.4804, 0.7956, -0.4685, 0.383, 0.4179, 0.2855, 0.5179, 0.4043, 0.8}},
  {sa(0.1), {-0.5613, 0.165, -0.253, -0.165, 0.253, 19.9992, 5.0172, 1.9636, 6.8305, 3.2381, 0.5048, 0.0352, 0.0532, 1.0177, 0.1146, 7.2588, -0.4536, -0.00983, -0.005332, 4.7603, -0.444, -0.2943, -0.005604, 0.230662, 0, 1.4094, 0.7932, -0.4985, 0.375, 0.4219, 0.2913, 0.5236, 0.4104, 0.8}},
  {sa(0.12), {-0.5342, 0.165, -0.252, -0.165, 0.252, 18.7106, 5.0315, 1.9795, 7.1333, 3.3407, 0.5048, 0.0352, 0.0452, 1.0008, 0.1128, 7.2372, -0.4536, -0.009913, -0.004732, 4.8963, -0.4895, -0.3077, -0.005696, 0.253169, 0, 1.3682, 0.7768, -0.5603, 0.377, 0.4244, 0.2949, 0.527, 0.4143, 0.8}},
  {sa(0.15), {-0.5462, 0.165, -0.25, -0.165, 0.25, 16.6246, 5.0547, 2.0362, 7.3621, 3.43, 0.5045, 0.0352, 0.0345, 0.9801, 0.1106, 7.2109, -0.4536, -0.009896, -0.003806, 5.0644, -0.5477, -0.3113, -0.005845, 0.266468, 0, 1.3241, 0.7437, -0.6451, 0.379, 0.4275, 0.2993, 0.5308, 0.4191, 0.8}},
  {sa(0.17), {-0.5858, 0.165, -0.248, -0.165, 0.248, 15.3709, 5.0704, 2.0823, 7.4365, 3.4688, 0.5036, 0.0352, 0.0283, 0.9652, 0.115, 7.2491, -0.4536, -0.009787, -0.00328, 5.1371, -0.5922, -0.3062, -0.005959, 0.26506, 0, 1.3071, 0.7219, -0.6981, 0.38, 0.4292, 0.3017, 0.5328, 0.4217, 0.8}},
  {sa(0.2), {-0.6798, 0.165, -0.2449, -0.165, 0.2449, 13.7012, 5.0939, 2.1521, 7.4972, 3.5146, 0.5016, 0.0352, 0.0202, 0.9459, 0.1208, 7.2988, -0.444, -0.009505, -0.00269, 5.188, -0.6693, -0.2927, -0.006141, 0.255253, 0, 1.2931, 0.6922, -0.7653, 0.384, 0.4313, 0.3047, 0.5351, 0.4252, 0.8}},
  {sa(0.25), {-0.8663, 0.165, -0.2382, -0.165, 0.2382, 11.2667, 5.1315, 2.2574, 7.5416, 3.5746, 0.4971, 0.0352, 0.009, 0.9196, 0.1208, 7.3691, -0.3539, -0.008918, -0.002128, 5.2164, -0.7766, -0.2662, -0.006439, 0.231541, 0, 1.315, 0.6579, -0.8469, 0.393, 0.4341, 0.3087, 0.5377, 0.4299, 0.7999}},
  {sa(0.3), {-1.0514, 0.165, -0.2313, -0.165, 0.2313, 9.1908, 5.167, 2.344, 7.56, 3.6232, 0.4919, 0.0352, -0.0004, 0.8829, 0.1175, 6.8789, -0.2688, -0.008251, -0.001812, 5.1954, -0.8501, -0.2405, -0.006704, 0.207277, 0.001, 1.3514, 0.6362, -0.8999, 0.408, 0.4363, 0.3119, 0.5395, 0.4338, 0.7997}},
  {sa(0.4), {-1.3794, 0.165, -0.2146, -0.165, 0.2146, 6.5459, 5.2317, 2.4709, 7.5735, 3.6945, 0.4807, 0.0352, -0.0155, 0.8302, 0.106, 6.5334, -0.1793, -0.007267, -0.001274, 5.0899, -0.9431, -0.1975, -0.007125, 0.165464, 0.004, 1.4051, 0.6049, -0.9618, 0.462, 0.4396, 0.3165, 0.5422, 0.4399, 0.7988}},
  {sa(0.5), {-1.6508, 0.165, -0.1972, -0.165, 0.1972, 5.2305, 5.2893, 2.5567, 7.5778, 3.7401, 0.4707, 0.0352, -0.0278, 0.7884, 0.1061, 6.526, -0.1428, -0.006492, -0.001074, 4.7854, -1.0044, -0.1633, -0.007435, 0.133828, 0.01, 1.4402, 0.5507, -0.9945, 0.524, 0.4419, 0.3199, 0.5433, 0.4446, 0.7966}},
  {sa(0.75), {-2.1511, 0.165, -0.162, -0.165, 0.162, 3.7896, 5.4109, 2.6812, 7.5808, 3.7941, 0.4575, 0.0352, -0.0477, 0.6754, 0.1, 6.5, -0.1138, -0.005147, -0.001115, 4.3304, -1.0602, -0.1028, -0.00812, 0.085153, 0.034, 1.528, 0.3582, -1.0225, 0.658, 0.4459, 0.3255, 0.5294, 0.4533, 0.7792}},
  {sa(1), {-2.5365, 0.165, -0.14, -0.165, 0.14, 3.3024, 5.5106, 2.7474, 7.5814, 3.8144, 0.4522, 0.0352, -0.0559, 0.6196, 0.1, 6.5, -0.1062, -0.004277, -0.001197, 4.1667, -1.0941, -0.0699, -0.008444, 0.058595, 0.067, 1.6523, 0.2003, -1.0002, 0.78, 0.4484, 0.3291, 0.5105, 0.4594, 0.7504}},
  {sa(1.5), {-3.0686, 0.165, -0.1184, -0.165, 0.1184, 2.8498, 5.6705, 2.8161, 7.5817, 3.8284, 0.4501, 0.0352, -0.063, 0.5101, 0.1, 6.5, -0.102, -0.002979, -0.001675, 4.0029, -1.1142, -0.0425, -0.007707, 0.031787, 0.143, 1.8872, 0.0356, -0.9245, 0.96, 0.4515, 0.3335, 0.4783, 0.468, 0.7136}},
  {sa(2), {-3.4148, 0.1645, -0.11, -0.1645, 0.11, 2.5417, 5.7981, 2.8514, 7.5818, 3.833, 0.45, 0.0352, -0.0665, 0.3917, 0.1, 6.5, -0.1009, -0.002301, -0.002349, 3.8949, -1.1154, -0.0302, -0.004792, 0.019716, 0.203, 2.1348, 0, -0.8626, 1.11, 0.4534, 0.3363, 0.4681, 0.4681, 0.7035}},
  {sa(3), {-3.9013, 0.1168, -0.104, -0.1168, 0.104, 2.1488, 5.9983, 2.8875, 7.5818, 3.8361, 0.45, 0.016, -0.0516, 0.1244, 0.1, 6.5, -0.1003, -0.001344, -0.003306, 3.7928, -1.1081, -0.0129, -0.001828, 0.009643, 0.277, 3.5752, 0, -0.7882, 1.291, 0.4558, 0.3398, 0.4617, 0.4617, 0.7006}},
  {sa(4), {-4.2466, 0.0732, -0.102, -0.0732, 0.102, 1.8957, 6.1552, 2.9058, 7.5818, 3.8369, 0.45, 0.0062, -0.0448, 0.0086, 0.1, 6.5, -0.1001, -0.001084, -0.003566, 3.7443, -1.0603, -0.0016, -0.001523, 0.005379, 0.309, 3.8646, 0, -0.7195, 1.387, 0.4574, 0.3419, 0.4571, 0.4571, 0.7001}},
  {sa(5), {-4.5143, 0.0484, -0.101, -0.0484, 0.101, 1.7228, 6.2856, 2.9169, 7.5818, 3.8376, 0.45, 0.0029, -0.0424, 0, 0.1, 6.5, -0.1001, -0.00101, -0.00364, 3.709, -0.9872, 0, -0.00144, 0.003223, 0.321, 3.7292, 0, -0.656, 1.433, 0.4584, 0.3435, 0.4535, 0.4535, 0.7}},
  {sa(7.5), {-5.0009, 0.022, -0.101, -0.022, 0.101, 1.5737, 6.5428, 2.932, 7.5818, 3.838, 0.45, 0.0007, -0.0348, 0, 0.1, 6.5, -0.1, -0.000964, -0.003686, 3.6632, -0.8274, 0, -0.001369, 0.001134, 0.329, 2.3763, 0, -0.5202, 1.46, 0.4601, 0.3459, 0.4471, 0.4471, 0.7}},
  {sa(10), {-5.3461, 0.0124, -0.1, -0.0124, 0.1, 1.5265, 6.7415, 2.9396, 7.5818, 3.838, 0.45, 0.0003, -0.0253, 0, 0.1, 6.5, -0.1, -0.00095, -0.0037, 3.623, -0.7053, 0, -0.001361, 0.000515, 0.33, 1.7679, 0, -0.4068, 1.464, 0.4612, 0.3474, 0.4426, 0.4426, 0.7}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

struct SimulatedRow { // basin coefficients
  double phi5, phi6;
};
constexpr TableEntry<SimulatedRow> kSimulatedRows[] = {
  {sa(2), {0.244, 1000}}, {sa(3), {0.262, 608}},    {sa(4), {0.819, 1000}},
  {sa(5), {1.085, 1000}}, {sa(7.5), {1.365, 1000}}, {sa(10), {1.234, 1000}},
};
constexpr CoefficientTable<SimulatedRow> kSimulated(kSimulatedRows);

// Shift of cm a decade of stress: Boore et al. (2022), Bull. Seismol. Soc. Am. 112(6), 3063-3080.
struct StressRow {
  double down, up;
};
constexpr TableEntry<StressRow> kStressRows[] = {
  {kPga, {2.649, 2.835}},     {sa(0.01), {2.649, 2.835}}, {sa(0.1), {2.649, 2.835}},
  {sa(0.15), {2.452, 2.602}}, {sa(0.2), {2.192, 2.301}},  {sa(0.3), {1.864, 1.931}},
  {sa(0.4), {1.697, 1.745}},  {sa(0.5), {1.599, 1.638}},  {sa(0.75), {1.477, 1.505}},
  {sa(1), {1.419, 1.443}},    {sa(1.5), {1.363, 1.383}},  {sa(2), {1.336, 1.354}},
  {sa(3), {1.31, 1.326}},     {sa(5), {1.289, 1.304}},    {sa(7.5), {1.279, 1.293}},
  {sa(10), {1.274, 1.288}},
};
constexpr CoefficientTable<StressRow> kStress(kStressRows);

// Table 1: what does not depend on the period.
constexpr double kC2 = 1.06, kC4 = -2.1, kC4a = -0.5, kCrb = 50.0;
constexpr double kPhi6 = 300.0, kPhi6Japan = 800.0; // m
constexpr double kReferenceVs30 = 1130.0;           // m/s
constexpr double kMeasuredVariance = 0.7;           // equation 13, sites with measured vs30

enum class Region { california, japan, italy, wenchuan };

struct Settings {
  Region region = Region::california;
  NgaWest2Basin maps = {};
  double alpha_nm = 1.0; // share of the normal-faulting term
  bool hanging_wall = true;
  bool delta_c1 = false;   // Boore et al. (2022), equations 2 and 3
  double stress_ratio = 1; // of the target region to the host

  bool is_simulated(const Imt& imt) const {
    return region != Region::japan && maps.is_simulated(imt);
  }
};

double positive_part(double x) {
  return std::max(x, 0.0);
}
double squared(double x) {
  return x * x;
}

// Equations 4 and 5: the depth to the top that an event of this size usually has, km.
double median_ztor(double m, bool is_reverse) {
  return is_reverse ? squared(positive_part(2.704 - 1.226 * positive_part(m - 5.849)))
                    : squared(positive_part(2.673 - 1.136 * positive_part(m - 4.970)));
}

// Equation 1, for California and Japan; m.
double median_z1pt0(Region region, double vs30) {
  if (region == Region::japan)
    return std::exp(
      -5.23 / 2.0
      * std::log((squared(vs30) + squared(412.39)) / (squared(1360.0) + squared(412.39))));
  constexpr double k571 = 570.94 * 570.94, k1360 = 1360.0 * 1360.0;
  const double v2 = squared(vs30);
  return std::exp(-7.15 / 4.0 * std::log((v2 * v2 + k571 * k571) / (k1360 * k1360 + k571 * k571)));
}

// What equation 11 and the deviations take from the rupture alone.
struct RuptureTerms {
  double source, saturation, anelastic, ztor, cos_dip, tau0, phi_factor;
  double hanging_wall = 0.0; // c9, or 0
  // Equation 2 of Boore et al. (2022).
  double s1 = 0.0, s2 = 0.0, s3 = 0.0, long_period = 0.0;
};

double path_factor(const Row& c, Region region, double m) {
  if (region == Region::wenchuan)
    return c.gwn;
  const bool has_far_correction = region == Region::japan || region == Region::italy;
  return has_far_correction && m > 6.0 && m < 6.9 ? c.gjpit : 1.0;
}

// Equation A19 of Boore et al. (2022).
double corner_shift(const Imt& imt, double stress_ratio) {
  if (stress_ratio == 1.0)
    return 0.0;
  const StressRow chi = kStress.at(imt);
  return (stress_ratio > 1.0 ? chi.up : chi.down) * (2.0 / 3.0) * std::log10(stress_ratio);
}

double source_term(const Row& c, const Imt& imt, const Settings& settings, const PairBatch& batch,
                   std::size_t r, double cos_dip) {
  const double m = batch.mag[r];
  const double rake = batch.rake[r];
  const double k = std::cosh(2.0 * positive_part(m - 4.5));
  const double shift = corner_shift(imt, settings.stress_ratio);
  const bool is_reverse = rake >= 30.0 && rake <= 150.0;
  double term = c.c1 + (c.c7 + c.c7b / k) * (batch.ztor[r] - median_ztor(m, is_reverse))
                + c.c11b / k * squared(cos_dip) + kC2 * (m - 6.0)
                + (kC2 - c.c3) / c.cn * std::log1p(std::exp(c.cn * (c.cm + shift - m)))
                - (kC2 - c.c3) * shift;
  if (is_reverse)
    term += c.c1a + c.c1c / k;
  if (rake >= -120.0 && rake <= -60.0)
    term += settings.alpha_nm * (c.c1b + c.c1d / k);
  return term;
}

// Equations 2 and 3 of Boore et al. (2022) with what the rupture fixes.
void set_long_period_terms(const Imt& imt, double m, RuptureTerms& terms) {
  const double over_7 = positive_part(m - 7.0);
  const double from = 2.0 - over_7;
  if (!imt.is_sa() || imt.period <= from)
    return;
  terms.s1 = 0.2704 - 0.0694 * over_7;
  terms.s2 = -0.1342 + 0.0716 * over_7;
  terms.s3 = 0.2513 - 0.0419 * over_7;
  terms.long_period = squared(std::log(imt.period / from));
}

RuptureTerms rupture_terms(const Row& c, const Imt& imt, const Settings& settings,
                           const PairBatch& batch, std::size_t r) {
  const double m = batch.mag[r];
  const double cos_dip = std::cos(batch.dip[r] * (std::numbers::pi / 180.0));
  const double size = std::clamp(m - 5.0, 0.0, 1.5) / 1.5;
  RuptureTerms terms{.source = source_term(c, imt, settings, batch, r, cos_dip),
                     .saturation = c.c5 * std::cosh(c.c6 * positive_part(m - c.chm)),
                     .anelastic = path_factor(c, settings.region, m)
                                  * (c.cg1 + c.cg2 / std::cosh(positive_part(m - c.cg3))),
                     .ztor = batch.ztor[r],
                     .cos_dip = cos_dip,
                     .tau0 = c.tau1 + (c.tau2 - c.tau1) * size,
                     .phi_factor = c.sig1 + (c.sig2 - c.sig1) * size,
                     .hanging_wall = settings.hanging_wall ? c.c9 : 0.0};
  if (settings.delta_c1)
    set_long_period_terms(imt, m, terms);
  return terms;
}

// Equation 11: the motion on rock of 1130 m/s.
double ln_reference(const Row& c, const RuptureTerms& rupture, const PairBatch& batch,
                    std::size_t p) {
  const double rrup = batch.rrup[p];
  double ln_y = rupture.source + kC4 * std::log(rrup + rupture.saturation)
                + (kC4a - kC4) * 0.5 * std::log(rrup * rrup + kCrb * kCrb)
                + rupture.anelastic * rrup;
  if (batch.rx[p] >= 0.0)
    ln_y += rupture.hanging_wall * rupture.cos_dip
            * (c.c9a + (1.0 - c.c9a) * std::tanh(batch.rx[p] / c.c9b))
            * (1.0 - std::sqrt(squared(batch.rjb[p]) + squared(rupture.ztor)) / (rrup + 1.0));
  if (rupture.long_period != 0.0)
    ln_y += (rupture.s1 + rupture.s2 / std::cosh(rupture.s3 * std::min(rrup, 100.0)))
            * rupture.long_period;
  return ln_y;
}

// Equation 12's coefficients of a site; they change only when the site parameters do.
struct SiteTerms {
  double vs30 = -1.0, z1pt0 = 0.0;
  double linear = 0.0, nonlinear = 0.0, basin = 0.0;

  void move_to(const Row& c, const Imt& imt, const Settings& settings, double new_vs30,
               double new_z1pt0) {
    if (new_vs30 == vs30 && new_z1pt0 == z1pt0)
      return;
    vs30 = new_vs30;
    z1pt0 = new_z1pt0;
    const bool japan = settings.region == Region::japan;
    const double slow = std::exp(c.phi3 * (std::min(vs30, kReferenceVs30) - 360.0));
    // A depth that is not positive means that it is not known.
    const double depth = z1pt0 > 0.0 ? z1pt0 - median_z1pt0(settings.region, vs30) : 0.0;
    linear = (japan ? c.phi1jp : c.phi1) * std::min(std::log(vs30 / kReferenceVs30), 0.0);
    nonlinear = c.phi2 * (slow - std::exp(c.phi3 * (kReferenceVs30 - 360.0)));
    if (japan) {
      basin = c.phi5jp * (1.0 - std::exp(-depth / kPhi6Japan));
      return;
    }
    const SimulatedRow soil =
      settings.is_simulated(imt) ? kSimulated.at(imt) : SimulatedRow{c.phi5, kPhi6};
    basin = (soil.phi5 * (1.0 - std::exp(-depth / soil.phi6)) + settings.maps.constant(imt))
            * settings.maps.share(imt, z1pt0);
  }

  double ln_mean(const Row& c, double ln_ref) const {
    return ln_ref + linear + nonlinear * std::log((std::exp(ln_ref) + c.phi4) / c.phi4) + basin;
  }
};

LogNormal at_site(const Row& c, const RuptureTerms& rupture, const SiteTerms& site, double ln_ref,
                  bool measured) {
  const double y_ref = std::exp(ln_ref);
  const double gain = 1.0 + site.nonlinear * y_ref / (y_ref + c.phi4);
  const double phi =
    rupture.phi_factor * std::sqrt((measured ? kMeasuredVariance : c.sig3) + gain * gain);
  const double tau = std::abs(gain * rupture.tau0);
  return {.ln_mean = site.ln_mean(c, ln_ref),
          .sigma = std::sqrt(tau * tau + phi * phi),
          .tau = tau,
          .phi = phi};
}

// P. 1144: spectral motions up to 0.3 s are never below PGA.
bool has_floor(const Imt& imt) {
  return imt.is_sa() && imt.period <= 0.3;
}

constexpr std::uint64_t kNeeds = need_mag | need_rake | need_dip | need_ztor | need_rrup | need_rjb
                                 | need_rx | need_vs30 | need_vs30measured | need_z1pt0;

class ChiouYoungs2014 : public PublishedModel {
public:
  ChiouYoungs2014(std::string name, const Settings& settings,
                  StandardDeviations deviations = StandardDeviations::total_between_within)
    : PublishedModel(std::move(name), kNeeds, deviations), settings_(settings) {}

  bool supports(const Imt& imt) const override {
    return kTable.supports(imt) && (!settings_.is_simulated(imt) || kSimulated.supports(imt))
           && (settings_.stress_ratio == 1.0 || kStress.supports(imt));
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    thread_local std::vector<double> ln_pga;
    if (std::ranges::any_of(imts, has_floor)) {
      ln_pga.resize(batch.pairs());
      compute_ln_pga(batch, ln_pga);
    }
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, ln_pga, out[i]);
  }

private:
  void compute_ln_pga(const PairBatch& batch, std::span<double> ln_pga) const {
    const Row c = kTable.at(kPga);
    SiteTerms site;
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RuptureTerms rupture = rupture_terms(c, kPga, settings_, batch, r);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p) {
        site.move_to(c, kPga, settings_, batch.vs30[p], batch.z1pt0[p]);
        ln_pga[p] = site.ln_mean(c, ln_reference(c, rupture, batch, p));
      }
    }
  }

  void predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> ln_pga,
                   const GroundMotion& out) const {
    const Row c = kTable.at(imt);
    const bool floored = has_floor(imt);
    SiteTerms site;
    fill_motions(batch, out, [&](std::size_t r) {
      return [&, rupture = rupture_terms(c, imt, settings_, batch, r)](std::size_t p) {
        site.move_to(c, imt, settings_, batch.vs30[p], batch.z1pt0[p]);
        LogNormal motion = at_site(c, rupture, site, ln_reference(c, rupture, batch, p),
                                   batch.vs30measured[p] != 0.0);
        if (floored && motion.ln_mean < ln_pga[p])
          motion.ln_mean = ln_pga[p];
        return motion;
      };
    });
  }

  Settings settings_;
};

// The PEER verification project's variant: PGA with a fixed deviation.
class ChiouYoungs2014Peer final : public ChiouYoungs2014 {
public:
  explicit ChiouYoungs2014Peer(std::string name)
    : ChiouYoungs2014(std::move(name), Settings{}, StandardDeviations::total_only) {}

  bool supports(const Imt& imt) const override { return imt == kPga; }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    ChiouYoungs2014::predict(imts, batch, out);
    for (const GroundMotion& motion : out)
      fill_deviations(motion, 0.65);
  }
};

// `kEpsilon`: epistemic deviations, unless the logic tree gives their number.
template <int kEpsilon>
Result<std::shared_ptr<const GroundMotionModel>> make_regional(const GsimSpec& spec) {
  static constexpr std::string_view kRegions[] = {"CAL", "JPN", "ITA", "WEN"};
  Arguments arguments(spec);
  const std::string region = arguments.choice("region", "CAL", kRegions);
  const double epsilon = arguments.number("sigma_mu_epsilon", kEpsilon);
  Settings settings;
  settings.maps = read_nga_west2_basin(arguments);
  settings.alpha_nm = arguments.number("alpha_nm", 1.0);
  settings.hanging_wall = arguments.flag("use_hw", true);
  settings.delta_c1 = arguments.flag("add_delta_c1", false);
  const double host = arguments.number("stress_par_host", 0.0); // bar
  const double target = arguments.number("stress_par_target", 0.0);
  if (host < 0.0 || target < 0.0 || (host > 0.0) != (target > 0.0))
    arguments.refuse("stress_par_host and stress_par_target must be given together, in bar");
  else if (host > 0.0)
    settings.stress_ratio = target / host;
  OQ_CHECK(arguments.check());
  const auto index = std::ranges::find(kRegions, region) - std::begin(kRegions);
  settings.region = static_cast<Region>(index);
  return with_nga_west2_epistemic(
    std::make_shared<const ChiouYoungs2014>(model_name(spec), settings), epsilon);
}

} // namespace

bool has_chiou_youngs_2014_soil(const Imt& imt) {
  return kTable.supports(imt);
}

ChiouYoungsSoil chiou_youngs_2014_soil(const Imt& imt) {
  const Row c = kTable.at(imt);
  return {c.phi1, c.phi2, c.phi3, c.phi4};
}

double ChiouYoungsSoil::term(double vs30, double ln_rock) const {
  const double slow = std::exp(phi3 * (std::min(vs30, kReferenceVs30) - 360.0));
  return phi1 * std::min(std::log(vs30 / kReferenceVs30), 0.0)
         + phi2 * (slow - std::exp(phi3 * (kReferenceVs30 - 360.0)))
             * std::log((std::exp(ln_rock) + phi4) / phi4);
}

ModelFamily chiou_youngs_2014() {
  static constexpr ModelEntry kModels[] = {
    {"ChiouYoungs2014", make_regional<0>},
    {"ChiouYoungs2014NSHMPLower", make_regional<-1>},
    {"ChiouYoungs2014NSHMPUpper", make_regional<1>},
    {"ChiouYoungs2014Japan", make_plain<ChiouYoungs2014, Settings{.region = Region::japan}>},
    {"ChiouYoungs2014Italy", make_plain<ChiouYoungs2014, Settings{.region = Region::italy}>},
    {"ChiouYoungs2014Wenchuan", make_plain<ChiouYoungs2014, Settings{.region = Region::wenchuan}>},
    {"ChiouYoungs2014PEER", make_plain<ChiouYoungs2014Peer>},
  };
  return kModels;
}

} // namespace oq::engine
