// Campbell and Bozorgnia (2008), Earthquake Spectra 24(1), 139-171: NGA, active shallow crust; CAV
// from Campbell and Bozorgnia (2010), Earthquake Spectra 26(3), 635-650.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

struct Row { // tables 2 and 3
  double c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, k1, k2, k3, c, n;
  double s_lny, t_lny, s_lnaf, c_lny, rho;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {-1.715, 0.5, -0.53, -0.262, -2.118, 0.17, 5.6, 0.28, -0.12, 0.49, 1.058, 0.04, 0.61, 865, -1.186, 1.839, 1.88, 1.18, 0.478, 0.219, 0.3, 0.166, 1}},
  {kPgv, {0.954, 0.696, -0.309, -0.019, -2.016, 0.17, 4, 0.245, 0, 0.358, 1.694, 0.092, 1, 400, -1.955, 1.929, 1.88, 1.18, 0.484, 0.203, 0.3, 0.19, 0.691}},
  {kPgd, {-5.27, 1.6, -0.07, 0, -2, 0.17, 4, 0, 0, 0, -0.82, 0.3, 1, 400, 0, 2.744, 1.88, 1.18, 0.667, 0.485, 0.3, 0.29, 0.174}},
  {kCav, {-4.354, 0.942, -0.178, -0.346, -1.309, 0.087, 7.24, 0.111, -0.108, 0.362, 2.549, 0.09, 1.277, 400, -2.69, 1, 1.88, 1.18, 0.371, 0.196, 0.3, 0.089, 0.735}},
  {sa(0.01), {-1.715, 0.5, -0.53, -0.262, -2.118, 0.17, 5.6, 0.28, -0.12, 0.49, 1.058, 0.04, 0.61, 865, -1.186, 1.839, 1.88, 1.18, 0.478, 0.219, 0.3, 0.166, 1}},
  {sa(0.02), {-1.68, 0.5, -0.53, -0.262, -2.123, 0.17, 5.6, 0.28, -0.12, 0.49, 1.102, 0.04, 0.61, 865, -1.219, 1.84, 1.88, 1.18, 0.48, 0.219, 0.3, 0.166, 0.999}},
  {sa(0.03), {-1.552, 0.5, -0.53, -0.262, -2.145, 0.17, 5.6, 0.28, -0.12, 0.49, 1.174, 0.04, 0.61, 908, -1.273, 1.841, 1.88, 1.18, 0.489, 0.235, 0.3, 0.165, 0.989}},
  {sa(0.05), {-1.209, 0.5, -0.53, -0.267, -2.199, 0.17, 5.74, 0.28, -0.12, 0.49, 1.272, 0.04, 0.61, 1054, -1.346, 1.843, 1.88, 1.18, 0.51, 0.258, 0.3, 0.162, 0.963}},
  {sa(0.075), {-0.657, 0.5, -0.53, -0.302, -2.277, 0.17, 7.09, 0.28, -0.12, 0.49, 1.438, 0.04, 0.61, 1086, -1.471, 1.845, 1.88, 1.18, 0.52, 0.292, 0.3, 0.158, 0.922}},
  {sa(0.1), {-0.314, 0.5, -0.53, -0.324, -2.318, 0.17, 8.05, 0.28, -0.099, 0.49, 1.604, 0.04, 0.61, 1032, -1.624, 1.847, 1.88, 1.18, 0.531, 0.286, 0.3, 0.17, 0.898}},
  {sa(0.15), {-0.133, 0.5, -0.53, -0.339, -2.309, 0.17, 8.79, 0.28, -0.048, 0.49, 1.928, 0.04, 0.61, 878, -1.931, 1.852, 1.88, 1.18, 0.532, 0.28, 0.3, 0.18, 0.89}},
  {sa(0.2), {-0.486, 0.5, -0.446, -0.398, -2.22, 0.17, 7.6, 0.28, -0.012, 0.49, 2.194, 0.04, 0.61, 748, -2.188, 1.856, 1.88, 1.18, 0.534, 0.249, 0.3, 0.186, 0.871}},
  {sa(0.25), {-0.89, 0.5, -0.362, -0.458, -2.146, 0.17, 6.58, 0.28, 0, 0.49, 2.351, 0.04, 0.7, 654, -2.381, 1.861, 1.88, 1.18, 0.534, 0.24, 0.3, 0.191, 0.852}},
  {sa(0.3), {-1.171, 0.5, -0.294, -0.511, -2.095, 0.17, 6.04, 0.28, 0, 0.49, 2.46, 0.04, 0.75, 587, -2.518, 1.865, 1.88, 1.18, 0.544, 0.215, 0.3, 0.198, 0.831}},
  {sa(0.4), {-1.466, 0.5, -0.186, -0.592, -2.066, 0.17, 5.3, 0.28, 0, 0.49, 2.587, 0.04, 0.85, 503, -2.657, 1.874, 1.88, 1.18, 0.541, 0.217, 0.3, 0.206, 0.785}},
  {sa(0.5), {-2.569, 0.656, -0.304, -0.536, -2.041, 0.17, 4.73, 0.28, 0, 0.49, 2.544, 0.04, 0.883, 457, -2.669, 1.883, 1.88, 1.18, 0.55, 0.214, 0.3, 0.208, 0.735}},
  {sa(0.75), {-4.844, 0.972, -0.578, -0.406, -2, 0.17, 4, 0.28, 0, 0.49, 2.133, 0.077, 1, 410, -2.401, 1.906, 1.88, 1.18, 0.568, 0.227, 0.3, 0.221, 0.628}},
  {sa(1), {-6.406, 1.196, -0.772, -0.314, -2, 0.17, 4, 0.255, 0, 0.49, 1.571, 0.15, 1, 400, -1.955, 1.929, 1.88, 1.18, 0.568, 0.255, 0.3, 0.225, 0.534}},
  {sa(1.5), {-8.692, 1.513, -1.046, -0.185, -2, 0.17, 4, 0.161, 0, 0.49, 0.406, 0.253, 1, 400, -1.025, 1.974, 1.88, 1.18, 0.564, 0.296, 0.3, 0.222, 0.411}},
  {sa(2), {-9.701, 1.6, -0.978, -0.236, -2, 0.17, 4, 0.094, 0, 0.371, -0.456, 0.3, 1, 400, -0.299, 2.019, 1.88, 1.18, 0.571, 0.296, 0.3, 0.226, 0.331}},
  {sa(3), {-10.556, 1.6, -0.638, -0.491, -2, 0.17, 4, 0, 0, 0.154, -0.82, 0.3, 1, 400, 0, 2.11, 1.88, 1.18, 0.558, 0.326, 0.3, 0.229, 0.289}},
  {sa(4), {-11.212, 1.6, -0.316, -0.77, -2, 0.17, 4, 0, 0, 0, -0.82, 0.3, 1, 400, 0, 2.2, 1.88, 1.18, 0.576, 0.297, 0.3, 0.237, 0.261}},
  {sa(5), {-11.684, 1.6, -0.07, -0.986, -2, 0.17, 4, 0, 0, 0, -0.82, 0.3, 1, 400, 0, 2.291, 1.88, 1.18, 0.601, 0.359, 0.3, 0.237, 0.2}},
  {sa(7.5), {-12.505, 1.6, -0.07, -0.656, -2, 0.17, 4, 0, 0, 0, -0.82, 0.3, 1, 400, 0, 2.517, 1.88, 1.18, 0.628, 0.428, 0.3, 0.271, 0.174}},
  {sa(10), {-13.087, 1.6, -0.07, -0.422, -2, 0.17, 4, 0, 0, 0, -0.82, 0.3, 1, 400, 0, 2.744, 1.88, 1.18, 0.667, 0.485, 0.3, 0.29, 0.174}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

constexpr double kRockVs30 = 1100.0; // m/s

enum class Component { geometric_mean, arbitrary };

// Equations 2, 4 and the rupture's part of 6: what does not depend on the site.
struct RuptureTerms {
  double source, slope, hanging_wall, ztor;
};

double magnitude_term(const Row& c, double m) {
  return c.c0 + c.c1 * m + c.c2 * std::max(m - 5.5, 0.0) + c.c3 * std::max(m - 6.5, 0.0);
}

RuptureTerms rupture_terms(const Row& c, const PairBatch& batch, std::size_t r) {
  const double m = batch.mag[r];
  const double rake = batch.rake[r];
  const double ztor = batch.ztor[r];
  const double dip = batch.dip[r];
  const bool is_reverse = rake > 30.0 && rake < 150.0;
  const bool is_normal = rake > -150.0 && rake < -30.0;
  const double style = (is_reverse ? c.c7 * std::min(ztor, 1.0) : 0.0) + (is_normal ? c.c8 : 0.0);
  const double by_mag = std::clamp(2.0 * (m - 6.0), 0.0, 1.0);
  const double by_depth = ztor < 20.0 ? (20.0 - ztor) / 20.0 : 0.0;
  const double by_dip = dip <= 70.0 ? 1.0 : (90.0 - dip) / 20.0;
  return {.source = magnitude_term(c, m) + style,
          .slope = c.c4 + c.c5 * m,
          .hanging_wall = c.c9 * by_mag * by_depth * by_dip,
          .ztor = ztor};
}

// Equation 7.
double hanging_wall_distance_term(double rjb, double rrup, double ztor) {
  if (rjb == 0.0)
    return 1.0;
  if (ztor >= 1.0)
    return (rrup - rjb) / rrup;
  const double farthest = std::max(rrup, std::sqrt(rjb * rjb + 1.0));
  return (farthest - rjb) / farthest;
}

double source_and_path(const Row& c, const RuptureTerms& rupture, double rrup, double rjb) {
  return rupture.source + rupture.slope * 0.5 * std::log(rrup * rrup + c.c6 * c.c6)
         + rupture.hanging_wall * hanging_wall_distance_term(rjb, rrup, rupture.ztor);
}

double linear_site_term(const Row& c, double vs30) {
  return (c.c10 + c.k2 * c.n) * std::log(std::min(vs30, kRockVs30) / c.k1);
}

// Equation 11; `rock_pga` is A1100 in g.
double site_term(const Row& c, double vs30, double rock_pga) {
  if (!(vs30 < c.k1))
    return linear_site_term(c, vs30);
  const double ln_ratio = std::log(vs30 / c.k1);
  return c.c10 * ln_ratio
         + c.k2 * (std::log(rock_pga + c.c * std::exp(c.n * ln_ratio)) - std::log(rock_pga + c.c));
}

// Equation 12; km.
double basin_term(const Row& c, double z2pt5) {
  if (z2pt5 < 1.0)
    return c.c11 * (z2pt5 - 1.0);
  if (z2pt5 > 3.0)
    return c.c12 * c.k3 * std::exp(-0.75) * (1.0 - std::exp(-0.25 * (z2pt5 - 3.0)));
  return 0.0;
}

// Equation 17: how the site's amplification answers to the rock motion.
double soil_sensitivity(const Row& c, double vs30, double rock_pga) {
  if (!(vs30 < c.k1))
    return 0.0;
  const double softened = rock_pga + c.c * std::exp(c.n * std::log(vs30 / c.k1));
  return c.k2 * rock_pga * (1.0 / softened - 1.0 / (rock_pga + c.c));
}

double squared(double x) {
  return x * x;
}

// Equation 15: variance within events at the base of the site profile.
double base_deviation(const Row& of_motion, const Row& of_amplification) {
  return std::sqrt(squared(of_motion.s_lny) - squared(of_amplification.s_lnaf));
}

class CampbellBozorgnia2008 final : public PublishedModel {
public:
  CampbellBozorgnia2008(std::string name, Component component)
    : PublishedModel(std::move(name), need_mag | need_rake | need_dip | need_ztor | need_rrup
                                        | need_rjb | need_vs30 | need_z2pt5),
      component_(component) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

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
  static void compute_pga(const PairBatch& batch, std::span<double> rock_pga,
                          std::span<double> ln_pga) {
    const Row c = kTable.at(kPga);
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RuptureTerms rupture = rupture_terms(c, batch, r);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p) {
        const double before_site =
          source_and_path(c, rupture, batch.rrup[p], batch.rjb[p]) + basin_term(c, batch.z2pt5[p]);
        rock_pga[p] = std::exp(before_site + linear_site_term(c, kRockVs30));
        ln_pga[p] = before_site + site_term(c, batch.vs30[p], rock_pga[p]);
      }
    }
  }

  void predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> rock_pga,
                   std::span<const double> ln_pga, const GroundMotion& out) const {
    const Row c = kTable.at(imt);
    const bool has_floor = imt.is_sa() && imt.period < 0.25;
    const double base = base_deviation(c, c);
    const double base_pga = base_deviation(kTable.at(kPga), c);
    const double component_variance = component_ == Component::arbitrary ? squared(c.c_lny) : 0.0;
    fill_motions(batch, out, [&](std::size_t r) {
      return [&, rupture = rupture_terms(c, batch, r)](std::size_t p) {
        const double vs30 = batch.vs30[p];
        double ln_y = source_and_path(c, rupture, batch.rrup[p], batch.rjb[p])
                      + site_term(c, vs30, rock_pga[p]) + basin_term(c, batch.z2pt5[p]);
        if (has_floor && ln_y < ln_pga[p])
          ln_y = ln_pga[p];
        const double alpha = soil_sensitivity(c, vs30, rock_pga[p]);
        const double within = squared(base) + squared(c.s_lnaf) + squared(alpha * base_pga)
                              + 2.0 * alpha * c.rho * base * base_pga;
        return LogNormal{.ln_mean = ln_y,
                         .sigma = std::sqrt(within + squared(c.t_lny) + component_variance),
                         .tau = c.t_lny,
                         .phi = std::sqrt(within)};
      };
    });
  }

  Component component_;
};

} // namespace

ModelFamily campbell_bozorgnia_2008() {
  static constexpr ModelEntry kModels[] = {
    {"CampbellBozorgnia2008", make_plain<CampbellBozorgnia2008, Component::geometric_mean>},
    {"CampbellBozorgnia2008Arbitrary", make_plain<CampbellBozorgnia2008, Component::arbitrary>},
  };
  return kModels;
}

} // namespace oq::engine
