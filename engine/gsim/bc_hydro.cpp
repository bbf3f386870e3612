// Equations 1 to 8 of Abrahamson, Gregor and Addo (2016), Earthquake Spectra 32(1), 23-44.
#include "engine/gsim/bc_hydro.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

constexpr double kN = 1.18, kC = 1.88, kC4 = 10.0, kTheta9 = 0.4;
constexpr double kRockVs30 = 1000.0; // m/s

double squared(double x) {
  return x * x;
}

double normal_cdf(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

double s_function(double x, double a, double b) {
  if (x <= a)
    return 0.0;
  if (x > b || a == b)
    return 1.0;
  const double from_a = (x - a) / (b - a), from_b = (x - b) / (b - a);
  return x < 0.5 * (a + b) ? 2.0 * squared(from_a) : 1.0 - 2.0 * squared(from_b);
}

double truncated_normal_cdf(double x, double scale, double a, double b) {
  const double low = normal_cdf(a / scale), high = normal_cdf(b / scale);
  return std::clamp((normal_cdf(x / scale) - low) / (high - low), 0.0, 1.0);
}

} // namespace

double BackarcTaper::at(double x) const {
  switch (shape) {
  case Shape::step:
    return x > 0.0 ? 1.0 : 0.0;
  case Shape::linear:
    return std::clamp(x / width + 0.5, 0.0, 1.0);
  case Shape::s_function:
    return s_function(x, a, b);
  case Shape::sigmoid:
    return 1.0 / (1.0 + std::exp(-x / scale));
  case Shape::gaussian:
    return truncated_normal_cdf(x, scale, a, b);
  }
  return 0.0;
}

struct BcHydro::Terms {
  BcHydroRow c;
  double dc1;
};

BcHydro::BcHydro(std::string name, const BcHydroForm& form)
  : PublishedModel(
    std::move(name),
    need_mag | need_vs30
      | (form.is_slab ? std::uint64_t{need_rhypo} | need_hypo_depth : std::uint64_t{need_rrup})
      | (form.reads_front_distance ? std::uint64_t{need_xvf} : std::uint64_t{need_backarc})),
    form_(form) {}

bool BcHydro::supports(const Imt& imt) const {
  return form_.coefficients->supports(imt)
         && (form_.is_slab || form_.magnitude_scale->supports(imt));
}

void BcHydro::predict(std::span<const Imt> imts, const PairBatch& batch,
                      std::span<const GroundMotion> out) const {
  thread_local std::vector<double> rock_pga; // g
  rock_pga.resize(batch.pairs());
  const Terms pga = terms_of(kPga);
  const double site = (pga.c.theta12 + pga.c.b * kN) * std::log(kRockVs30 / pga.c.vlin);
  for (std::size_t r = 0; r < batch.ruptures(); ++r)
    for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
      rock_pga[p] = std::exp(on_rock(pga, batch, r, p) + site);
  for (std::size_t i = 0; i < imts.size(); ++i)
    predict_one(imts[i], batch, rock_pga, out[i]);
}

BcHydro::Terms BcHydro::terms_of(const Imt& imt) const {
  return {.c = form_.coefficients->at(imt),
          .dc1 = form_.is_slab ? form_.slab_dc1 : form_.magnitude_scale->at(imt).dc1};
}

// Equations 1 to 4 and 6 without the site term.
double BcHydro::on_rock(const Terms& terms, const PairBatch& batch, std::size_t r,
                        std::size_t p) const {
  const BcHydroRow& c = terms.c;
  const double m = batch.mag[r];
  const double over = m - (form_.break_magnitude + terms.dc1);
  const double distance = form_.is_slab ? batch.rhypo[p] : batch.rrup[p];
  double ln_y = c.theta1 + c.theta4 * terms.dc1 + c.theta13 * squared(10.0 - m)
                + (over > 0.0 ? c.theta5 : c.theta4) * over;
  const double slope =
    c.theta2 + (form_.is_slab ? c.theta14 : 0.0) + c.theta3 * (m - form_.break_magnitude);
  ln_y += slope * std::log(distance + kC4 * std::exp(kTheta9 * (m - 6.0)))
          + (c.theta6 + form_.theta6_adjustment) * distance;
  if (form_.is_slab)
    ln_y += c.theta10 + c.theta11 * (std::min(batch.hypo_depth[r], 120.0) - 60.0);
  const double backarc = form_.reads_front_distance ? form_.taper.at(-batch.xvf[p])
                         : batch.backarc[p] != 0.0  ? 1.0
                                                    : 0.0;
  if (backarc != 0.0)
    ln_y += backarc
            * (form_.is_slab ? c.theta7 + c.theta8 * std::log(std::max(distance, 85.0) / 40.0)
                             : c.theta15 + c.theta16 * std::log(std::max(distance, 100.0) / 40.0));
  return ln_y;
}

void BcHydro::predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> rock_pga,
                          const GroundMotion& out) const {
  const Terms terms = terms_of(imt);
  const BcHydroRow& c = terms.c;
  const double epistemic = form_.sigma_mu_epsilon == 0.0
                             ? 0.0
                             : form_.sigma_mu_epsilon * bc_hydro_sigma_mu(imt, form_.is_slab);
  fill_means(batch, out, [&](std::size_t r) {
    return [&, r](std::size_t p) {
      const double vs30 = batch.vs30[p];
      const double ln_u = std::log(std::min(vs30, kRockVs30) / c.vlin);
      const double a = rock_pga[p];
      // The branch looks at vs30 itself, the argument at vs30 up to 1000 m/s.
      const double site =
        vs30 >= c.vlin
          ? (c.theta12 + c.b * kN) * ln_u
          : c.theta12 * ln_u + c.b * std::log((a + kC * std::exp(kN * ln_u)) / (a + kC));
      return on_rock(terms, batch, r, p) + site + epistemic;
    };
  });
  if (form_.ergodic)
    fill_deviations(out, c.sigma, c.tau, c.phi);
  else
    fill_deviations(out, c.single_station_sigma, c.tau,
                    std::sqrt(squared(c.single_station_sigma) - squared(c.tau)));
}

Result<std::shared_ptr<const GroundMotionModel>>
make_bc_hydro(const GsimSpec& spec, Arguments& arguments, BcHydroForm form) {
  form.theta6_adjustment = arguments.number("theta6_adjustment", 0.0);
  form.sigma_mu_epsilon = arguments.number("sigma_mu_epsilon", 0.0);
  form.ergodic = arguments.flag("ergodic", true);
  OQ_CHECK(arguments.check());
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const BcHydro>(model_name(spec), form));
}

} // namespace oq::engine
