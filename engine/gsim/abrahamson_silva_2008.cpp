// Abrahamson and Silva (2008), Earthquake Spectra 24(1), 67-97, with the authors' errata: NGA,
// active shallow crust, without its aftershock and constant-displacement terms.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

struct Row { // tables 4, 5a, 5b and 6
  double vlin, b, a1, a2, a8, a10, a12, a13, a14, a16, a18;
  double s1_inferred, s2_inferred, s1_measured, s2_measured, s3, s4, rho;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {865.1, -1.186, 0.804, -0.9679, -0.0372, 0.9445, 0, -0.06, 1.08, 0.9, -0.0067, 0.59, 0.47, 0.576, 0.453, 0.47, 0.3, 1}},
  {kPgv, {400, -1.955, 5.7578, -0.9046, -0.12, 1.539, 0.08, -0.06, 0.7, 0.63, 0, 0.59, 0.47, 0.576, 0.453, 0.42, 0.3, 0.74}},
  {sa(0.01), {865.1, -1.186, 0.811, -0.9679, -0.0372, 0.9445, 0, -0.06, 1.08, 0.9, -0.0067, 0.59, 0.47, 0.576, 0.453, 0.42, 0.3, 1}},
  {sa(0.02), {865.1, -1.219, 0.855, -0.9774, -0.0372, 0.9834, 0, -0.06, 1.08, 0.9, -0.0067, 0.59, 0.47, 0.576, 0.453, 0.42, 0.3, 1}},
  {sa(0.03), {907.8, -1.273, 0.962, -1.0024, -0.0372, 1.0471, 0, -0.06, 1.1331, 0.9, -0.0067, 0.605, 0.478, 0.591, 0.461, 0.462, 0.305, 0.991}},
  {sa(0.04), {994.5, -1.308, 1.037, -1.0289, -0.0315, 1.0884, 0, -0.06, 1.1708, 0.9, -0.0067, 0.615, 0.483, 0.602, 0.466, 0.492, 0.309, 0.982}},
  {sa(0.05), {1053.5, -1.346, 1.133, -1.0508, -0.0271, 1.1333, 0, -0.06, 1.2, 0.9, -0.0076, 0.623, 0.488, 0.61, 0.471, 0.515, 0.312, 0.973}},
  {sa(0.075), {1085.7, -1.471, 1.375, -1.081, -0.0191, 1.2808, 0, -0.06, 1.2, 0.9, -0.0093, 0.63, 0.495, 0.617, 0.479, 0.55, 0.317, 0.952}},
  {sa(0.1), {1032.5, -1.624, 1.563, -1.0833, -0.0166, 1.4613, 0, -0.06, 1.2, 0.9, -0.0093, 0.63, 0.501, 0.617, 0.485, 0.55, 0.321, 0.929}},
  {sa(0.15), {877.6, -1.931, 1.716, -1.0357, -0.0254, 1.8071, 0.0181, -0.06, 1.1683, 0.9, -0.0093, 0.63, 0.509, 0.616, 0.491, 0.55, 0.326, 0.896}},
  {sa(0.2), {748.2, -2.188, 1.687, -0.97, -0.0396, 2.0773, 0.0309, -0.06, 1.1274, 0.9, -0.0083, 0.63, 0.514, 0.614, 0.495, 0.52, 0.329, 0.874}},
  {sa(0.25), {654.3, -2.381, 1.646, -0.9202, -0.0539, 2.2794, 0.0409, -0.06, 1.0956, 0.9, -0.0069, 0.63, 0.518, 0.612, 0.497, 0.497, 0.332, 0.856}},
  {sa(0.3), {587.1, -2.518, 1.601, -0.8974, -0.0656, 2.4201, 0.0491, -0.06, 1.0697, 0.9, -0.0057, 0.63, 0.522, 0.611, 0.499, 0.479, 0.335, 0.841}},
  {sa(0.4), {503, -2.657, 1.511, -0.8677, -0.0807, 2.551, 0.0619, -0.06, 1.0288, 0.8423, -0.0039, 0.63, 0.527, 0.608, 0.501, 0.449, 0.338, 0.818}},
  {sa(0.5), {456.6, -2.669, 1.397, -0.8475, -0.0924, 2.5395, 0.0719, -0.06, 0.9971, 0.7458, -0.0025, 0.63, 0.532, 0.606, 0.504, 0.426, 0.341, 0.783}},
  {sa(0.75), {410.5, -2.401, 1.137, -0.8206, -0.1137, 2.1493, 0.08, -0.06, 0.9395, 0.5704, 0, 0.63, 0.539, 0.602, 0.506, 0.385, 0.346, 0.68}},
  {sa(1), {400, -1.955, 0.915, -0.8088, -0.1289, 1.5705, 0.08, -0.06, 0.8985, 0.446, 0, 0.63, 0.545, 0.594, 0.503, 0.35, 0.35, 0.607}},
  {sa(1.5), {400, -1.025, 0.51, -0.7995, -0.1534, 0.3991, 0.08, -0.06, 0.8409, 0.2707, 0, 0.615, 0.552, 0.566, 0.497, 0.35, 0.35, 0.504}},
  {sa(2), {400, -0.299, 0.192, -0.796, -0.1708, -0.6072, 0.08, -0.06, 0.8, 0.1463, 0, 0.604, 0.558, 0.544, 0.491, 0.35, 0.35, 0.431}},
  {sa(3), {400, 0, -0.28, -0.796, -0.1954, -0.96, 0.08, -0.06, 0.4793, -0.0291, 0, 0.589, 0.565, 0.527, 0.5, 0.35, 0.35, 0.328}},
  {sa(4), {400, 0, -0.639, -0.796, -0.2128, -0.96, 0.08, -0.06, 0.2518, -0.1535, 0, 0.578, 0.57, 0.515, 0.505, 0.35, 0.35, 0.255}},
  {sa(5), {400, 0, -0.936, -0.796, -0.2263, -0.9208, 0.08, -0.06, 0.0754, -0.25, 0, 0.57, 0.587, 0.51, 0.529, 0.35, 0.35, 0.2}},
  {sa(7.5), {400, 0, -1.527, -0.796, -0.2509, -0.77, 0.08, -0.06, 0, -0.25, 0, 0.611, 0.618, 0.572, 0.579, 0.35, 0.35, 0.2}},
  {sa(10), {400, 0, -1.993, -0.796, -0.2683, -0.663, 0.08, -0.06, 0, -0.25, 0, 0.64, 0.64, 0.612, 0.612, 0.35, 0.35, 0.2}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

// Table 4: what does not depend on the period.
constexpr double kC1 = 6.75, kC4 = 4.5, kA3 = 0.265, kA4 = -0.231, kA5 = -0.398, kN = 1.18,
                 kC = 1.88;
constexpr double kAmplificationDeviation = 0.3;
constexpr double kRockVs30 = 1100.0; // m/s

double squared(double x) {
  return x * x;
}

// Equation 6.
double capping_vs30(const Imt& imt) {
  if (imt == kPgv)
    return 862.0;
  const double t = imt.period;
  if (t <= 0.5)
    return 1500.0;
  if (t <= 1.0)
    return std::exp(8.0 - 0.795 * std::log(t / 0.21));
  return t < 2.0 ? std::exp(6.76 - 0.297 * std::log(t)) : 700.0;
}

// Equation 17; m.
double median_z1pt0(double vs30) {
  if (vs30 < 180.0)
    return std::exp(6.745);
  if (vs30 <= 500.0)
    return std::exp(6.745 - 1.35 * std::log(vs30 / 180.0));
  return std::exp(5.394 - 4.48 * std::log(vs30 / 500.0));
}

// Equation 19.
double depth_slope(const Imt& imt, double vs30) {
  const double t = imt == kPgv ? 1.0 : imt.period;
  if (t < 0.35 || vs30 > 1000.0)
    return 0.0;
  return -0.25 * std::log(vs30 / 1000.0) * std::log(std::min(t, 2.0) / 0.35);
}

// What equations 2, 3, 7 to 15 take from the rupture alone.
struct RuptureTerms {
  double source, slope, hanging_wall, far, ztor, surface_width;
};

// Equations 10 to 12.
double hanging_wall_factor(const Row& c, double m, double dip) {
  const double by_mag = std::clamp(m - 6.0, 0.0, 1.0);
  const double by_dip = dip >= 30.0 ? 1.0 - (dip - 30.0) / 60.0 : 1.0;
  return dip == 90.0 ? 0.0 : c.a14 * by_mag * by_dip;
}

RuptureTerms rupture_terms(const Row& c, const PairBatch& batch, std::size_t r) {
  const double m = batch.mag[r];
  const double rake = batch.rake[r];
  const double style =
    (rake > 30.0 && rake < 150.0 ? c.a12 : 0.0) + (rake > -120.0 && rake < -60.0 ? c.a13 : 0.0);
  const double size = c.a8 * squared(8.5 - m) + (m <= kC1 ? kA4 : kA5) * (m - kC1);
  const double by_mag = m < 5.5 ? 1.0 : m < 6.5 ? 0.5 * (6.5 - m) + 0.5 : 0.5;
  return {.source = c.a1 + size + style + c.a16 * std::min(batch.ztor[r], 10.0) / 10.0,
          .slope = c.a2 + kA3 * (m - kC1),
          .hanging_wall = hanging_wall_factor(c, m, batch.dip[r]),
          .far = c.a18 * by_mag,
          .ztor = batch.ztor[r],
          .surface_width = batch.width[r] * std::cos(batch.dip[r] * (std::numbers::pi / 180.0))};
}

// Equations 7 to 9.
double hanging_wall_taper(const RuptureTerms& rupture, double rjb, double rx) {
  if (!(rx > 0.0) || rjb >= 30.0)
    return 0.0;
  const double by_rx = rx <= rupture.surface_width ? 0.5 + rx / (2.0 * rupture.surface_width) : 1.0;
  const double by_depth = rx < rupture.ztor ? rx / rupture.ztor : 1.0;
  return (1.0 - rjb / 30.0) * by_rx * by_depth;
}

double source_and_path(const RuptureTerms& rupture, const PairBatch& batch, std::size_t p) {
  const double rrup = batch.rrup[p];
  double ln_y = rupture.source + rupture.slope * 0.5 * std::log(rrup * rrup + kC4 * kC4);
  if (rupture.hanging_wall != 0.0)
    ln_y += rupture.hanging_wall * hanging_wall_taper(rupture, batch.rjb[p], batch.rx[p]);
  if (rrup >= 100.0)
    ln_y += rupture.far * (rrup - 100.0);
  return ln_y;
}

// Equations 4 and 5; `rock_pga` in g.
double site_term(const Row& c, double v1, double vs30, double rock_pga) {
  const double ln_ratio = std::log(std::min(vs30, v1) / c.vlin);
  if (vs30 >= c.vlin)
    return (c.a10 + c.b * kN) * ln_ratio;
  return c.a10 * ln_ratio - c.b * std::log(rock_pga + kC)
         + c.b * std::log(rock_pga + kC * std::exp(kN * ln_ratio));
}

// Equations 16 to 20. The product a21 q is limited rather than a21: q may be zero.
double soil_depth_term(const Row& c, const Imt& imt, double v1, double vs30, double z1pt0) {
  const double q = std::log((z1pt0 + 50.0) / (median_z1pt0(vs30) + 50.0));
  double depth = 0.0 * q;
  if (vs30 < 1000.0) {
    const double at_1000 = (c.a10 + c.b * kN) * std::log(std::min(vs30, v1) / std::min(v1, 1000.0));
    const double e2_q = depth_slope(imt, vs30) * q;
    depth = at_1000 + e2_q < 0.0 ? -at_1000 : e2_q;
  }
  if (z1pt0 >= 200.0 && imt.period >= 2.0)
    depth += 0.0625 * (imt.period - 2.0) * std::log(z1pt0 / 200.0);
  return depth;
}

struct BaseDeviations {
  double phi, tau;
};

BaseDeviations base_deviations(const Row& c, double m, bool measured) {
  const double w = std::clamp((m - 5.0) / 2.0, 0.0, 1.0);
  const double s1 = measured ? c.s1_measured : c.s1_inferred;
  const double s2 = measured ? c.s2_measured : c.s2_inferred;
  const double phi0 = s1 + (s2 - s1) * w;
  return {.phi = std::sqrt(squared(phi0) - squared(kAmplificationDeviation)),
          .tau = c.s3 + (c.s4 - c.s3) * w};
}

// Equations 24 to 28: rock deviations carried through the soil, `gain` per unit of ln rock PGA.
LogNormal with_deviations(double ln_mean, const BaseDeviations& own, const BaseDeviations& pga,
                          double rho, double gain) {
  const double within = squared(own.phi) + squared(kAmplificationDeviation)
                        + squared(gain * pga.phi) + 2.0 * gain * rho * own.phi * pga.phi;
  const double between =
    squared(own.tau) + squared(gain * pga.tau) + 2.0 * gain * rho * own.tau * pga.tau;
  return {.ln_mean = ln_mean,
          .sigma = std::sqrt(within + between),
          .tau = std::sqrt(between),
          .phi = std::sqrt(within)};
}

// Equation 26.
double soil_sensitivity(const Row& c, double vs30, double rock_pga) {
  if (vs30 >= c.vlin)
    return 0.0;
  const double softened = rock_pga + kC * std::exp(kN * std::log(vs30 / c.vlin));
  return c.b * rock_pga * (1.0 / softened - 1.0 / (rock_pga + kC));
}

class AbrahamsonSilva2008 final : public PublishedModel {
public:
  explicit AbrahamsonSilva2008(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rake | need_dip | need_ztor | need_width
                                        | need_rrup | need_rjb | need_rx | need_vs30
                                        | need_vs30measured | need_z1pt0) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    thread_local std::vector<double> rock_pga;
    rock_pga.resize(batch.pairs());
    compute_rock_pga(batch, rock_pga);
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, rock_pga, out[i]);
  }

private:
  // At 1100 m/s the soil-depth term vanishes.
  static void compute_rock_pga(const PairBatch& batch, std::span<double> rock_pga) {
    const Row c = kTable.at(kPga);
    const double site = (c.a10 + c.b * kN) * std::log(kRockVs30 / c.vlin);
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RuptureTerms rupture = rupture_terms(c, batch, r);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
        rock_pga[p] = std::exp(source_and_path(rupture, batch, p) + site);
    }
  }

  static void predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> rock_pga,
                          const GroundMotion& out) {
    const Row c = kTable.at(imt);
    const Row c_pga = kTable.at(kPga);
    const double v1 = capping_vs30(imt);
    fill_motions(batch, out, [&](std::size_t r) {
      const double m = batch.mag[r];
      return [&, m, rupture = rupture_terms(c, batch, r)](std::size_t p) {
        const double vs30 = batch.vs30[p];
        const bool measured = batch.vs30measured[p] != 0.0;
        const double ln_y = source_and_path(rupture, batch, p) + site_term(c, v1, vs30, rock_pga[p])
                            + soil_depth_term(c, imt, v1, vs30, batch.z1pt0[p]);
        return with_deviations(ln_y, base_deviations(c, m, measured),
                               base_deviations(c_pga, m, measured), c.rho,
                               soil_sensitivity(c, vs30, rock_pga[p]));
      };
    });
  }
};

} // namespace

ModelFamily abrahamson_silva_2008() {
  static constexpr ModelEntry kModels[] = {
    {"AbrahamsonSilva2008", make_plain<AbrahamsonSilva2008>}};
  return kModels;
}

} // namespace oq::engine
