// Campbell and Bozorgnia (2014), Earthquake Spectra 30(3), 1087-1115: NGA-West2, active shallow
// crust; CAV and IA from Campbell and Bozorgnia (2019), Earthquake Spectra 35(3), 1289-1310.
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/basin_terms.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/estimated_rupture.hpp"
#include "engine/gsim/nga_west2_basin.hpp"
#include "engine/gsim/nga_west2_epistemic.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

struct Row { // tables 2 and 3
  double c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19,
    c20;
  double a2, h1, h2, h3, h5, h6, k1, k2, k3;
  double phi1, phi2, tau1, tau2, rho1pga, rho2pga, philnaf, rholny;
};
struct AttenuationRow {
  double dc20; // added to c20; China and Turkey (high Q), Japan and Italy (low Q)
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {-4.416, 0.984, 0.537, -1.499, -0.496, -2.773, 0.248, 6.768, 0, -0.212, 0.72, 1.09, 2.186, 1.42, -0.0064, -0.202, 0.393, 0.0977, 0.0333, 0.00757, -0.0055, 0.167, 0.241, 1.474, -0.715, -0.337, -0.27, 865, -1.186, 1.839, 0.734, 0.492, 0.409, 0.322, 1, 1, 0.3, 1}},
  {kPgv, {-2.895, 1.51, 0.27, -1.299, -0.453, -2.466, 0.204, 5.837, 0, -0.168, 0.305, 1.713, 2.602, 2.457, 0.106, 0.332, 0.585, 0.0517, 0.0327, 0.00613, -0.0017, 0.596, 0.117, 1.616, -0.733, -0.128, -0.756, 400, -1.955, 1.929, 0.655, 0.494, 0.317, 0.297, 0.877, 0.654, 0.3, 0.684}},
  {kCav, {-4.75, 1.397, 0.282, -1.062, -0.17, -1.624, 0.134, 6.325, 0.054, -0.1, 0.469, 1.015, 1.208, 1.777, 0.1248, -0.191, 1.087, 0.0432, 0.0127, 0.00429, -0.0043, 0.167, 0.241, 1.474, -0.715, -0.337, -0.27, 400, -1.311, 1, 0.514, 0.394, 0.276, 0.257, 0.842, 0.78, 0.3, 0}},
  {kIa, {-10.272, 2.318, 0.88, -2.672, -0.837, -4.441, 0.416, 4.869, 0.187, -0.196, 1.165, 1.596, 2.829, 2.76, 0.108, -0.315, 1.612, 0.1311, 0.0453, 0.01242, -0.0103, 0.167, 0.241, 1.474, -0.715, -0.337, -0.27, 400, -1.982, 1, 1.174, 0.809, 0.614, 0.435, 0.948, 0.911, 0.615989848, 0}},
  {sa(0.01), {-4.365, 0.977, 0.533, -1.485, -0.499, -2.773, 0.248, 6.753, 0, -0.214, 0.72, 1.094, 2.191, 1.416, -0.007, -0.207, 0.39, 0.0981, 0.0334, 0.00755, -0.0055, 0.168, 0.242, 1.471, -0.714, -0.336, -0.27, 865, -1.186, 1.839, 0.734, 0.492, 0.404, 0.325, 1, 1, 0.3, 1}},
  {sa(0.02), {-4.348, 0.976, 0.549, -1.488, -0.501, -2.772, 0.247, 6.502, 0, -0.208, 0.73, 1.149, 2.189, 1.453, -0.0167, -0.199, 0.387, 0.1009, 0.0327, 0.00759, -0.0055, 0.166, 0.244, 1.467, -0.711, -0.339, -0.263, 865, -1.219, 1.84, 0.738, 0.496, 0.417, 0.326, 0.999, 0.998, 0.3, 0.998}},
  {sa(0.03), {-4.024, 0.931, 0.628, -1.494, -0.517, -2.782, 0.246, 6.291, 0, -0.213, 0.759, 1.29, 2.164, 1.476, -0.0422, -0.202, 0.378, 0.1095, 0.0331, 0.0079, -0.0057, 0.167, 0.246, 1.467, -0.713, -0.338, -0.259, 908, -1.273, 1.841, 0.747, 0.503, 0.446, 0.344, 0.987, 0.987, 0.3, 0.986}},
  {sa(0.05), {-3.479, 0.887, 0.674, -1.388, -0.615, -2.791, 0.24, 6.317, 0, -0.244, 0.826, 1.449, 2.138, 1.549, -0.0663, -0.339, 0.295, 0.1226, 0.027, 0.00803, -0.0063, 0.173, 0.251, 1.449, -0.701, -0.338, -0.263, 1054, -1.346, 1.843, 0.777, 0.52, 0.508, 0.377, 0.955, 0.946, 0.3, 0.938}},
  {sa(0.075), {-3.293, 0.902, 0.726, -1.469, -0.596, -2.745, 0.227, 6.861, 0, -0.266, 0.815, 1.535, 2.446, 1.772, -0.0794, -0.404, 0.322, 0.1165, 0.0288, 0.00811, -0.007, 0.198, 0.26, 1.435, -0.695, -0.347, -0.219, 1086, -1.471, 1.845, 0.782, 0.535, 0.504, 0.418, 0.943, 0.897, 0.3, 0.887}},
  {sa(0.1), {-3.666, 0.993, 0.698, -1.572, -0.536, -2.633, 0.21, 7.294, 0, -0.229, 0.831, 1.615, 2.969, 1.916, -0.0294, -0.416, 0.384, 0.0998, 0.0325, 0.00744, -0.0073, 0.174, 0.259, 1.449, -0.708, -0.391, -0.201, 1032, -1.624, 1.847, 0.769, 0.543, 0.445, 0.426, 0.942, 0.883, 0.3, 0.87}},
  {sa(0.15), {-4.866, 1.267, 0.51, -1.669, -0.49, -2.458, 0.183, 8.031, 0, -0.211, 0.749, 1.877, 3.544, 2.161, 0.0642, -0.407, 0.417, 0.076, 0.0388, 0.00716, -0.0069, 0.198, 0.254, 1.461, -0.715, -0.449, -0.099, 878, -1.931, 1.852, 0.769, 0.543, 0.382, 0.387, 0.921, 0.891, 0.3, 0.876}},
  {sa(0.2), {-5.411, 1.366, 0.447, -1.75, -0.451, -2.421, 0.182, 8.385, 0, -0.163, 0.764, 2.069, 3.707, 2.465, 0.0968, -0.311, 0.404, 0.0571, 0.0437, 0.00688, -0.006, 0.204, 0.237, 1.484, -0.721, -0.393, -0.198, 748, -2.188, 1.856, 0.761, 0.552, 0.339, 0.338, 0.874, 0.881, 0.3, 0.87}},
  {sa(0.25), {-5.962, 1.458, 0.274, -1.711, -0.404, -2.392, 0.189, 7.534, 0, -0.15, 0.716, 2.205, 3.343, 2.766, 0.1441, -0.172, 0.466, 0.0437, 0.0463, 0.00556, -0.0055, 0.185, 0.206, 1.581, -0.787, -0.339, -0.21, 654, -2.381, 1.861, 0.744, 0.545, 0.34, 0.316, 0.809, 0.861, 0.3, 0.85}},
  {sa(0.3), {-6.403, 1.528, 0.193, -1.77, -0.321, -2.376, 0.195, 6.99, 0, -0.131, 0.737, 2.306, 3.334, 3.011, 0.1597, -0.084, 0.528, 0.0323, 0.0508, 0.00458, -0.0049, 0.164, 0.21, 1.586, -0.795, -0.447, -0.121, 587, -2.518, 1.865, 0.727, 0.568, 0.34, 0.3, 0.741, 0.824, 0.3, 0.819}},
  {sa(0.4), {-7.566, 1.739, -0.02, -1.594, -0.426, -2.303, 0.185, 7.012, 0, -0.159, 0.738, 2.398, 3.544, 3.203, 0.141, 0.085, 0.54, 0.0209, 0.0432, 0.00401, -0.0037, 0.16, 0.226, 1.544, -0.77, -0.525, -0.086, 503, -2.657, 1.874, 0.69, 0.593, 0.356, 0.264, 0.635, 0.738, 0.3, 0.743}},
  {sa(0.5), {-8.379, 1.872, -0.121, -1.577, -0.44, -2.296, 0.186, 6.902, 0, -0.153, 0.718, 2.355, 3.016, 3.333, 0.1474, 0.233, 0.638, 0.0092, 0.0405, 0.00388, -0.0027, 0.184, 0.217, 1.554, -0.77, -0.407, -0.281, 457, -2.669, 1.883, 0.663, 0.611, 0.379, 0.263, 0.553, 0.661, 0.3, 0.684}},
  {sa(0.75), {-9.841, 2.021, -0.042, -1.757, -0.443, -2.232, 0.186, 5.522, 0, -0.09, 0.795, 1.995, 2.616, 3.054, 0.1764, 0.411, 0.776, -0.0082, 0.042, 0.0042, -0.0016, 0.216, 0.154, 1.626, -0.78, -0.371, -0.285, 410, -2.401, 1.906, 0.606, 0.633, 0.43, 0.326, 0.393, 0.526, 0.3, 0.562}},
  {sa(1), {-11.011, 2.18, -0.069, -1.707, -0.527, -2.158, 0.169, 5.65, 0, -0.105, 0.556, 1.447, 2.47, 2.562, 0.2593, 0.479, 0.771, -0.0131, 0.0426, 0.00409, -0.0006, 0.596, 0.117, 1.616, -0.733, -0.128, -0.756, 400, -1.955, 1.929, 0.579, 0.628, 0.47, 0.353, 0.313, 0.438, 0.3, 0.467}},
  {sa(1.5), {-12.469, 2.27, 0.047, -1.621, -0.63, -2.063, 0.158, 5.795, 0, -0.058, 0.48, 0.33, 2.108, 1.453, 0.2881, 0.566, 0.748, -0.0187, 0.038, 0.00424, 0, 0.596, 0.117, 1.616, -0.733, -0.128, -0.756, 400, -1.025, 1.974, 0.541, 0.603, 0.497, 0.399, 0.242, 0.36, 0.3, 0.364}},
  {sa(2), {-12.969, 2.271, 0.149, -1.512, -0.768, -2.104, 0.158, 6.632, 0, -0.028, 0.401, -0.514, 1.327, 0.657, 0.3112, 0.562, 0.763, -0.0258, 0.0252, 0.00448, 0, 0.596, 0.117, 1.616, -0.733, -0.128, -0.756, 400, -0.299, 2.019, 0.529, 0.588, 0.499, 0.4, 0.234, 0.318, 0.3, 0.298}},
  {sa(3), {-13.306, 2.15, 0.368, -1.315, -0.89, -2.051, 0.148, 6.759, 0, 0, 0.206, -0.848, 0.601, 0.367, 0.3478, 0.534, 0.686, -0.0311, 0.0236, 0.00345, 0, 0.596, 0.117, 1.616, -0.733, -0.128, -0.756, 400, 0, 2.11, 0.527, 0.578, 0.5, 0.417, 0.236, 0.295, 0.3, 0.234}},
  {sa(4), {-14.02, 2.132, 0.726, -1.506, -0.885, -1.986, 0.135, 7.978, 0, 0, 0.105, -0.793, 0.568, 0.306, 0.3747, 0.522, 0.691, -0.0413, 0.0102, 0.00603, 0, 0.596, 0.117, 1.616, -0.733, -0.128, -0.756, 400, 0, 2.2, 0.521, 0.559, 0.543, 0.393, 0.232, 0.274, 0.3, 0.202}},
  {sa(5), {-14.558, 2.116, 1.027, -1.721, -0.878, -2.021, 0.135, 8.538, 0, 0, 0, -0.748, 0.356, 0.268, 0.3382, 0.477, 0.67, -0.0281, 0.0034, 0.00805, 0, 0.596, 0.117, 1.616, -0.733, -0.128, -0.756, 400, 0, 2.291, 0.502, 0.551, 0.534, 0.421, 0.182, 0.247, 0.3, 0.184}},
  {sa(7.5), {-15.509, 2.223, 0.169, -0.756, -1.077, -2.179, 0.165, 8.468, 0, 0, 0, -0.664, 0.075, 0.374, 0.3754, 0.321, 0.757, -0.0205, 0.005, 0.0028, 0, 0.596, 0.117, 1.616, -0.733, -0.128, -0.756, 400, 0, 2.517, 0.457, 0.546, 0.523, 0.438, 0.142, 0.203, 0.3, 0.176}},
  {sa(10), {-15.975, 2.132, 0.367, -0.8, -1.282, -2.244, 0.18, 6.564, 0, 0, 0, -0.576, -0.027, 0.297, 0.3506, 0.174, 0.621, 0.0009, 0.0099, 0.00458, 0, 0.596, 0.117, 1.616, -0.733, -0.128, -0.756, 400, 0, 2.744, 0.441, 0.543, 0.466, 0.438, 0.111, 0.103, 0.3, 0.154}},
};
constexpr TableEntry<AttenuationRow> kHighQRows[] = {
  {kPga, {0.0036}}, {kPgv, {0.0017}}, {kCav, {0.0027}}, {kIa, {0.0064}}, {sa(0.01), {0.0036}},
  {sa(0.02), {0.0036}}, {sa(0.03), {0.0037}}, {sa(0.05), {0.004}}, {sa(0.075), {0.0039}},
  {sa(0.1), {0.0042}}, {sa(0.15), {0.0042}}, {sa(0.2), {0.0041}}, {sa(0.25), {0.0036}},
  {sa(0.3), {0.0031}}, {sa(0.4), {0.0028}}, {sa(0.5), {0.0025}}, {sa(0.75), {0.0016}},
  {sa(1), {0.0006}}, {sa(1.5), {0}}, {sa(2), {0}}, {sa(3), {0}}, {sa(4), {0}}, {sa(5), {0}},
  {sa(7.5), {0}}, {sa(10), {0}},
};
constexpr TableEntry<AttenuationRow> kLowQRows[] = {
  {kPga, {-0.0035}}, {kPgv, {-0.0006}}, {kCav, {-0.0024}}, {kIa, {-0.0051}},
  {sa(0.01), {-0.0035}}, {sa(0.02), {-0.0035}}, {sa(0.03), {-0.0034}}, {sa(0.05), {-0.0037}},
  {sa(0.075), {-0.0037}}, {sa(0.1), {-0.0034}}, {sa(0.15), {-0.003}}, {sa(0.2), {-0.0031}},
  {sa(0.25), {-0.0033}}, {sa(0.3), {-0.0035}}, {sa(0.4), {-0.0034}}, {sa(0.5), {-0.0034}},
  {sa(0.75), {-0.0032}}, {sa(1), {-0.003}}, {sa(1.5), {-0.0019}}, {sa(2), {-0.0005}},
  {sa(3), {0}}, {sa(4), {0}}, {sa(5), {0}}, {sa(7.5), {0}}, {sa(10), {0}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);
constexpr CoefficientTable<AttenuationRow> kHighQ(kHighQRows);
constexpr CoefficientTable<AttenuationRow> kLowQ(kLowQRows);

// What the maps of southern California put for c16 k3.
struct SimulatedRow {
  double slope;
};
constexpr TableEntry<SimulatedRow> kSimulatedRows[] = {
  {sa(2), {0.764}}, {sa(3), {1.279}}, {sa(4), {1.726}},
  {sa(5), {2.08}},  {sa(7.5), {3}},   {sa(10), {3}},
};
constexpr CoefficientTable<SimulatedRow> kSimulated(kSimulatedRows);

constexpr double kC = 1.88, kN = 1.18;
constexpr double kRockVs30 = 1100.0; // m/s

enum class Quality { average, high, low };
enum class Site { global, japan };

double squared(double x) {
  return x * x;
}
double positive_part(double x) {
  return std::max(x, 0.0);
}

struct RuptureTerms {
  double source, slope, hanging_wall, r1, r2;
};

double source_term(const Row& c, const PairBatch& batch, std::size_t r) {
  const double m = batch.mag[r];
  const double rake = batch.rake[r];
  const double size = c.c0 + c.c1 * m + c.c2 * positive_part(m - 4.5)
                      + c.c3 * positive_part(m - 5.5) + c.c4 * positive_part(m - 6.5);
  const double style =
    (rake > 30.0 && rake < 150.0 ? c.c8 : 0.0) + (rake > -150.0 && rake < -30.0 ? c.c9 : 0.0);
  const double depth = std::clamp(batch.hypo_depth[r] - 7.0, 0.0, 13.0)
                       * (c.c17 + (c.c18 - c.c17) * std::clamp(m - 5.5, 0.0, 1.0));
  const double dip = c.c19 * batch.dip[r] * std::clamp(5.5 - m, 0.0, 1.0);
  return size + style * std::clamp(m - 4.5, 0.0, 1.0) + depth + dip;
}

// Equations 13 to 16.
double hanging_wall_factor(const Row& c, double m, double ztor, double dip) {
  if (m < 5.5 || ztor > 16.66)
    return 0.0;
  const double by_mag = std::min(m - 5.5, 1.0) * (1.0 + c.a2 * (m - 6.5));
  return c.c10 * by_mag * (1.0 - 0.06 * ztor) * (90.0 - dip) / 45.0;
}

RuptureTerms rupture_terms(const Row& c, const PairBatch& batch, std::size_t r) {
  const double m = batch.mag[r];
  const double dip = batch.dip[r];
  return {.source = source_term(c, batch, r),
          .slope = c.c5 + c.c6 * m,
          .hanging_wall = hanging_wall_factor(c, m, batch.ztor[r], dip),
          .r1 = batch.width[r] * std::cos(dip * (std::numbers::pi / 180.0)),
          .r2 = 62.0 * m - 350.0};
}

// Equations 8 to 12.
double hanging_wall_taper(const Row& c, const RuptureTerms& rupture, double rrup, double rjb,
                          double rx) {
  if (rx < 0.0)
    return 0.0;
  const double by_distance = rrup > 0.0 ? (rrup - rjb) / rrup : 1.0;
  if (rx < rupture.r1) {
    const double u = rx / rupture.r1;
    return by_distance * (c.h1 + c.h2 * u + c.h3 * u * u);
  }
  const double u = (rx - rupture.r1) / (rupture.r2 - rupture.r1);
  return by_distance * positive_part(1.0 + c.h5 * u + c.h6 * u * u);
}

double source_and_path(const Row& c, double dc20, const RuptureTerms& rupture,
                       const PairBatch& batch, std::size_t p) {
  const double rrup = batch.rrup[p];
  double ln_y = rupture.source + rupture.slope * 0.5 * std::log(rrup * rrup + c.c7 * c.c7)
                + (c.c20 + dc20) * positive_part(rrup - 80.0);
  if (rupture.hanging_wall != 0.0)
    ln_y += rupture.hanging_wall * hanging_wall_taper(c, rupture, rrup, batch.rjb[p], batch.rx[p]);
  return ln_y;
}

// Equations 17 to 19; `rock_pga` is A1100 in g.
double site_term(const Row& c, Site site, double vs30, double rock_pga) {
  const double ln_ratio = std::log(vs30 / c.k1);
  double term =
    vs30 > c.k1 ? (c.c11 + c.k2 * kN) * ln_ratio
                : c.c11 * ln_ratio
                    + c.k2 * std::log((rock_pga + kC * std::exp(kN * ln_ratio)) / (rock_pga + kC));
  if (site == Site::japan) {
    term += (c.c13 + c.k2 * kN) * ln_ratio;
    if (vs30 <= 200.0)
      term += (c.c12 + c.k2 * kN) * (ln_ratio - std::log(200.0 / c.k1));
  }
  return term;
}

// Equation 20; km.
double basin_term(const Row& c, Site site, double z2pt5) {
  if (z2pt5 < 1.0)
    return (c.c14 + (site == Site::japan ? c.c15 : 0.0)) * (z2pt5 - 1.0);
  if (z2pt5 > 3.0)
    return c.c16 * c.k3 * std::exp(-0.75) * (1.0 - std::exp(-0.25 * (z2pt5 - 3.0)));
  return 0.0;
}

// As above, `slope` for c16 k3.
double simulated_basin_term(const Row& c, Site site, double slope, double z2pt5) {
  return z2pt5 > 3.0 ? slope * std::exp(-0.75) * (1.0 - std::exp(-0.25 * (z2pt5 - 3.0)))
                     : basin_term(c, site, z2pt5);
}

// Equations 33 and 34: the depth that rock of 1100 m/s usually has, km.
double rock_z2pt5(Site site) {
  const double ln_vs30 = std::log(kRockVs30);
  return site == Site::japan ? std::exp(5.359 - 1.102 * ln_vs30)
                             : std::exp(7.089 - 1.144 * ln_vs30);
}

// Linear between M 4.5 and 5.5.
double by_magnitude(double small, double large, double m) {
  return large + (small - large) * std::clamp(5.5 - m, 0.0, 1.0);
}

// The basin term in the US national maps, between that of rock and that of the site. The order of
// the cases is that of the program that the motions are checked against.
double scaled_basin_term(const Row& c, Site site, const Imt& imt, const NgaWest2Basin& maps,
                         double z2pt5) {
  const double of_site = maps.is_simulated(imt)
                           ? simulated_basin_term(c, site, kSimulated.at(imt).slope, z2pt5)
                           : basin_term(c, site, z2pt5);
  if (!maps.usgs)
    return of_site;
  const double of_rock = basin_term(c, site, rock_z2pt5(site));
  const double share = usgs_basin_share(imt, z2pt5);
  const double blended = of_rock * (1.0 - share) + of_site * share + maps.constant(imt);
  if (imt.is_sa() && imt.period == 0.075)
    return 0.585 * blended;
  return imt.is_sa() && imt.period > 0.5 && z2pt5 > 1.0 ? of_rock : blended;
}

struct Deviations {
  double tau, phi_base;
};

Deviations rock_deviations(const Row& c, double m) {
  const double phi = by_magnitude(c.phi1, c.phi2, m);
  return {.tau = by_magnitude(c.tau1, c.tau2, m),
          .phi_base = std::sqrt(squared(phi) - squared(c.philnaf))};
}

// Equations 26 to 32.
LogNormal with_deviations(double ln_mean, const Row& c, const Deviations& own,
                          const Deviations& pga, double rho, double alpha) {
  const double between =
    squared(own.tau) + squared(alpha * pga.tau) + 2.0 * alpha * rho * own.tau * pga.tau;
  const double within = squared(own.phi_base) + squared(c.philnaf) + squared(alpha * pga.phi_base)
                        + 2.0 * alpha * rho * own.phi_base * pga.phi_base;
  return {.ln_mean = ln_mean,
          .sigma = std::sqrt(between + within),
          .tau = std::sqrt(between),
          .phi = std::sqrt(within)};
}

double soil_sensitivity(const Row& c, double vs30, double rock_pga) {
  if (!(vs30 < c.k1))
    return 0.0;
  const double softened = rock_pga + kC * std::exp(kN * std::log(vs30 / c.k1));
  return c.k2 * rock_pga * (1.0 / softened - 1.0 / (rock_pga + kC));
}

class CampbellBozorgnia2014 final : public PublishedModel {
public:
  CampbellBozorgnia2014(std::string name, Quality quality, Site site, NgaWest2Basin maps,
                        double epsilon)
    : PublishedModel(std::move(name), need_mag | need_rake | need_dip | need_ztor | need_width
                                        | need_hypo_depth | need_rrup | need_rjb | need_rx
                                        | need_vs30 | need_z2pt5),
      quality_(quality), site_(site), maps_(maps), epsilon_(epsilon) {}

  bool supports(const Imt& imt) const override {
    return kTable.supports(imt) && (!maps_.is_simulated(imt) || kSimulated.supports(imt));
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    thread_local std::vector<double> rock_pga, ln_pga;
    rock_pga.resize(batch.pairs());
    ln_pga.resize(batch.pairs());
    compute_pga(batch, rock_pga, ln_pga);
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, rock_pga, ln_pga, out[i]);
  }

private:
  double dc20(const Imt& imt) const {
    if (quality_ == Quality::average)
      return 0.0;
    return (quality_ == Quality::high ? kHighQ : kLowQ).at(imt).dc20;
  }

  void compute_pga(const PairBatch& batch, std::span<double> rock_pga,
                   std::span<double> ln_pga) const {
    const Row c = kTable.at(kPga);
    const double d = dc20(kPga);
    const double rock_site =
      site_term(c, site_, kRockVs30, 0.0) + basin_term(c, site_, rock_z2pt5(site_));
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RuptureTerms rupture = rupture_terms(c, batch, r);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p) {
        const double before_site = source_and_path(c, d, rupture, batch, p);
        rock_pga[p] = std::exp(before_site + rock_site);
        ln_pga[p] = before_site + site_term(c, site_, batch.vs30[p], rock_pga[p])
                    + scaled_basin_term(c, site_, kPga, maps_, batch.z2pt5[p]);
      }
    }
  }

  void predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> rock_pga,
                   std::span<const double> ln_pga, const GroundMotion& out) const {
    const Row c = kTable.at(imt);
    const Row c_pga = kTable.at(kPga);
    const double d = dc20(imt);
    const bool has_floor = imt.is_sa() && imt.period < 0.25;
    // The floor's basin term is that of PGA, but scaled for the period of the motion.
    const double floor_shift = maps_.usgs && imt.is_sa() && imt.period == 0.075
                                 ? (0.585 - 1.0) * basin_term(c_pga, site_, rock_z2pt5(site_))
                                 : 0.0;
    const bool is_energy = imt == kCav || imt == kIa;
    fill_motions(batch, out, [&](std::size_t r) {
      const double m = batch.mag[r];
      const double rho = is_energy ? by_magnitude(c.rho1pga, c.rho2pga, m) : c.rholny;
      return [&, m, rho, rupture = rupture_terms(c, batch, r), own = rock_deviations(c, m),
              pga = rock_deviations(c_pga, m)](std::size_t p) {
        const double vs30 = batch.vs30[p];
        double ln_y = source_and_path(c, d, rupture, batch, p)
                      + site_term(c, site_, vs30, rock_pga[p])
                      + scaled_basin_term(c, site_, imt, maps_, batch.z2pt5[p]);
        // Below 0.25 s the deviations count before the floor and once more after it, as in the
        // program that the motions are checked against.
        const double shift = epsilon_ == 0 ? 0.0 : epsilon_ * nga_west2_epistemic(m, batch.rrup[p]);
        ln_y += shift;
        if (has_floor)
          ln_y = std::max(ln_y, ln_pga[p] + floor_shift) + shift;
        return with_deviations(ln_y, c, own, pga, rho, soil_sensitivity(c, vs30, rock_pga[p]));
      };
    });
  }

  Quality quality_;
  Site site_;
  NgaWest2Basin maps_;
  double epsilon_; // number of epistemic deviations added to the median
};

template <Quality kQuality, Site kSite, int kEpsilon = 0>
Result<std::shared_ptr<const GroundMotionModel>> make_model(const GsimSpec& spec) {
  Arguments arguments(spec);
  const double epsilon = arguments.number("sigma_mu_epsilon", kEpsilon);
  const EstimatedGeometry estimated{.ztor = arguments.flag("estimate_ztor", false),
                                    .width = arguments.flag("estimate_width", false),
                                    .hypo_depth = arguments.flag("estimate_hypo_depth", false)};
  const NgaWest2Basin maps = read_nga_west2_basin(arguments);
  OQ_CHECK(arguments.check());
  // The deviations of a name are added to the finished motions, those of an argument before.
  const auto model = with_estimated_rupture(
    std::make_shared<const CampbellBozorgnia2014>(model_name(spec), kQuality, kSite, maps,
                                                  kEpsilon == 0 ? epsilon : 0.0),
    estimated);
  return with_nga_west2_epistemic(model, kEpsilon == 0 ? 0.0 : epsilon, epistemic_range(kEpsilon));
}

} // namespace

bool has_campbell_bozorgnia_basin_term(const Imt& imt) {
  return kTable.supports(imt);
}

double campbell_bozorgnia_basin_term(const Imt& imt, double z2pt5) {
  return basin_term(kTable.at(imt), Site::global, z2pt5);
}

ModelFamily campbell_bozorgnia_2014() {
  using enum Quality;
  static constexpr ModelEntry kModels[] = {
    {"CampbellBozorgnia2014", make_model<average, Site::global>},
    {"CampbellBozorgnia2014NSHMPLower", make_model<average, Site::global, -1>},
    {"CampbellBozorgnia2014NSHMPUpper", make_model<average, Site::global, 1>},
    {"CampbellBozorgnia2014HighQ", make_model<high, Site::global>},
    {"CampbellBozorgnia2014LowQ", make_model<low, Site::global>},
    {"CampbellBozorgnia2014JapanSite", make_model<average, Site::japan>},
    {"CampbellBozorgnia2014HighQJapanSite", make_model<high, Site::japan>},
    {"CampbellBozorgnia2014LowQJapanSite", make_model<low, Site::japan>},
    {"CampbellBozorgnia2019", make_model<average, Site::global>},
    {"CampbellBozorgnia2019HighQ", make_model<high, Site::global>},
    {"CampbellBozorgnia2019LowQ", make_model<low, Site::global>},
    {"CampbellBozorgnia2019JapanSite", make_model<average, Site::japan>},
    {"CampbellBozorgnia2019HighQJapanSite", make_model<high, Site::japan>},
    {"CampbellBozorgnia2019LowQJapanSite", make_model<low, Site::japan>},
  };
  return kModels;
}

} // namespace oq::engine
