// Parker, Stewart, Boore, Atkinson and Hassani (2022), Earthquake Spectra 38(1), 456-493 and PEER
// Report 2020/03: NGA-Subduction, interface and intraslab, with regional terms.
#include "engine/gsim/parker_2020.hpp"

#include "engine/gsim/basin_terms.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine::parker_2020_form {

namespace {

constexpr double kBreakMagnitude[2][kSaturations + 1] = {
  {7.9, 8.0, 8.6, 7.7, 7.4, 7.4, 8.5, 7.7, 8.5, 8.6, 7.1, 7.1, 7.9},
  {7.6, 7.98, 7.2, 7.2, 7.4, 7.6, 7.65, 7.55, 7.3, 7.25, 7.7, 7.7, 7.6},
};
constexpr double kB4 = 0.1, kF3 = 0.05; // table 2
constexpr double kSlowVs30 = 200.0, kV1 = 270.0, kReferenceVs30 = 760.0;

// Uncertainty of the median between two periods, s: table 6.
struct Epistemic {
  double shortest, longest, from, to;
};
constexpr Epistemic kEpistemic[2][kSaturations + 1] = {
  {{0.4, 0.4, 0.2, 0.4},
   {0.15, 0.1, 1, 4},
   {0.15, 0.1, 1, 4},
   {0.43, 0.33, 0.2, 0.5},
   {0.2, 0.1, 0.7, 4},
   {0.2, 0.1, 0.7, 4},
   {0.13, 0.1, 0.7, 4},
   {0.13, 0.1, 0.7, 4},
   {0.13, 0.1, 0.7, 4},
   {0.13, 0.1, 0.7, 4},
   {0.23, 0.14, 0.6, 3},
   {0.23, 0.14, 0.6, 3},
   {0.4, 0.4, 0.2, 0.4}},
  {{0.35, 0.22, 0.15, 2},
   {0.25, 0.18, 0.3, 0.8},
   {0.15, 0.12, 0.5, 1},
   {0.35, 0.16, 0.2, 3},
   {0.25, 0.19, 0.3, 0.8},
   {0.25, 0.19, 0.3, 0.8},
   {0.13, 0.11, 0.3, 0.8},
   {0.21, 0.15, 0.3, 0.7},
   {0.21, 0.15, 0.3, 0.7},
   {0.21, 0.15, 0.3, 0.7},
   {0.13, 0.11, 0.3, 0.8},
   {0.13, 0.11, 0.3, 0.8},
   {0.35, 0.22, 0.15, 2}},
};

std::size_t slab_constant(const Form& form) {
  switch (form.region) {
  case Region::none:
    return 0;
  case Region::alaska:
    return form.saturation == Saturation::aleutian ? 1 : 2;
  case Region::cascadia:
    return 3;
  case Region::central_america:
    return 4;
  case Region::japan:
    return 5;
  case Region::south_america:
    return form.saturation == Saturation::sa_n ? 6 : 7;
  case Region::taiwan:
    return 8;
  }
  return 0;
}

std::uint64_t needs_of(const Form& form) {
  return need_mag | need_rrup | need_vs30 | (form.is_slab ? std::uint64_t{need_hypo_depth} : 0)
         | (form.reads_basin ? std::uint64_t{need_z2pt5} : 0);
}

// Equations 1 to 4: the motion at 760 m/s of one rupture.
struct RockTerms {
  double source, c1, m, h2, a0;
  double at(double rrup) const {
    const double r = std::sqrt(rrup * rrup + h2);
    return source + c1 * std::log(r) + kB4 * m * std::log(r / std::sqrt(1.0 + h2)) + a0 * r;
  }
};

double near_field(bool is_slab, double mag, double break_magnitude) {
  if (!is_slab)
    return std::pow(10.0, -0.82 + 0.252 * mag);
  const double slope = (std::log10(35.0) - std::log10(3.12)) / (break_magnitude - 4.0);
  return mag <= break_magnitude ? std::pow(10.0, slope * (mag - break_magnitude) + std::log10(35.0))
                                : 35.0;
}

double depth_term(const Row& c, double depth) {
  if (depth <= 20.0)
    return c.m * (20.0 - c.db) + c.d;
  return depth >= c.db ? c.d : c.m * (depth - c.db) + c.d;
}

double linear_site_term(const Row& c, const Form& form, double vs30) {
  const double s2 = c.s2[static_cast<std::size_t>(form.region)];
  const double s1 = form.region == Region::taiwan  ? c.taiwan_s1
                    : form.region == Region::japan ? c.japan_s1
                                                   : s2;
  if (vs30 > c.v2)
    return s2 * std::log(c.v2 / kReferenceVs30);
  if (vs30 <= kV1)
    return s1 * std::log(vs30 / kV1) + s2 * std::log(kV1 / kReferenceVs30);
  return s2 * std::log(vs30 / kReferenceVs30);
}

double nonlinear_site_term(const Row& c, const Imt& imt, double vs30, double rock_pga) {
  if (imt.is_sa() && imt.period >= 3.0)
    return 0.0;
  const double slow = std::exp(c.f5 * (std::min(vs30, kReferenceVs30) - kSlowVs30));
  return c.f4 * (slow - std::exp(c.f5 * (kReferenceVs30 - kSlowVs30)))
         * std::log((rock_pga + kF3) / kF3);
}

// A slope between a lower and an upper bound.
double bounded(const double (&e)[3], double delta) {
  if (delta <= e[0] / e[2])
    return e[0];
  return delta >= e[1] / e[2] ? e[1] : e[2] * delta;
}

// ln of the median depth that goes with vs30. The authors' constants give metres; the depth
// compared with it is in km, as in the program that the motions are checked against.
double ln_median_depth(bool japan, double vs30) {
  const double theta0 = japan ? 3.05 : 3.94, theta1 = japan ? -0.8 : -0.42;
  const double middle = japan ? 500.0 : 200.0, width = japan ? 0.33 : 0.2;
  return kLn10
         * (theta0
            + theta1
                * (1.0
                   + std::erf((std::log10(vs30) - std::log10(middle))
                              / (width * std::numbers::sqrt2))));
}

double basin_term(const Row& c, const Form& form, const Imt& imt, double vs30, double z2pt5) {
  const bool japan = form.region == Region::japan;
  if (!form.reads_basin || (!japan && form.region != Region::cascadia))
    return 0.0;
  double term = 0;
  if (z2pt5 != 0) {
    const double delta = std::log(z2pt5) - ln_median_depth(japan, vs30);
    double e[3];
    std::ranges::copy(japan ? c.japan_e : c.cascadia_e, e);
    const double shift = japan                          ? 0.0
                         : form.basin == Basin::outside ? c.del_outside
                         : form.basin == Basin::seattle ? c.del_seattle
                                                        : 0.0;
    e[1] += shift;
    e[2] += shift;
    term = bounded(e, delta);
  }
  if (form.m9 && has_m9_basin_term(imt) && z2pt5 >= kM9BasinDepth) {
    const double delta = std::log(1000.0 * z2pt5) - std::log(1279.0);
    const auto& e = c.cascadia_e;
    term = kM9BasinTerm
           - (delta >= e[1] / e[2]   ? e[1]
              : delta <= e[0] / e[2] ? e[0]
                                     : e[2] * delta);
  }
  return form.usgs ? term * usgs_basin_share(imt, z2pt5) : term;
}

double epistemic(const Form& form, const Imt& imt) {
  const Epistemic& s = kEpistemic[form.type()][static_cast<std::size_t>(form.saturation)];
  const double period = imt.is_sa() ? imt.period : 0.0;
  if (period < s.from)
    return s.shortest;
  // The published ramp starts from nothing, not from the value of short periods.
  return period >= s.to ? s.longest
                        : s.longest * std::log(period / s.from) / std::log(s.to / s.from);
}

double within_event(const Row& c, double rrup, double vs30) {
  const double ln_range = std::log(500.0 / 200.0);
  const double x = std::clamp(rrup, 200.0, 500.0);
  const double w = std::log(500.0 / x) / ln_range;
  const double v = std::log(500.0 / std::clamp(vs30, 200.0, 500.0)) / ln_range;
  return std::sqrt(c.phi21 + (c.phi22 - c.phi21) * std::log(x / 200.0) / ln_range
                   + c.phi2v * w * v);
}

class Parker2020 final : public PublishedModel {
public:
  Parker2020(std::string name, const Form& form)
    : PublishedModel(std::move(name), needs_of(form)), form_(form) {}

  bool supports(const Imt& imt) const override { return coefficients().supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    thread_local std::vector<double> rock_pga;
    rock_pga.resize(batch.pairs());
    const Row pga = coefficients().at(kPga);
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RockTerms rock = rock_terms(pga, batch, r);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
        rock_pga[p] = std::exp(rock.at(batch.rrup[p]));
    }
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, rock_pga, out[i]);
  }

private:
  RockTerms rock_terms(const Row& c, const PairBatch& batch, std::size_t r) const {
    const std::size_t type = form_.type();
    const double mag = batch.mag[r], break_magnitude = form_.break_magnitude();
    const double over = mag - break_magnitude;
    const double size = over > 0 ? c.c6[type] * over : c.c4[type] * over + c.c5[type] * over * over;
    const double depth = form_.is_slab ? depth_term(c, batch.hypo_depth[r]) : 0.0;
    const double h = near_field(form_.is_slab, mag, break_magnitude);
    return {form_.constant(c) + size + depth, c.c1[type], mag, h * h,
            c.a0[type][static_cast<std::size_t>(form_.region)]};
  }

  void predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> rock_pga,
                   const GroundMotion& out) const {
    const Row c = coefficients().at(imt);
    const double shift = form_.epsilon * epistemic(form_, imt);
    fill_motions(batch, out, [&](std::size_t r) {
      return [&, rock = rock_terms(c, batch, r)](std::size_t p) {
        const double vs30 = batch.vs30[p];
        const double z2pt5 = form_.reads_basin ? batch.z2pt5[p] : 0.0;
        const double phi = within_event(c, batch.rrup[p], vs30);
        return LogNormal{.ln_mean = rock.at(batch.rrup[p]) + linear_site_term(c, form_, vs30)
                                    + nonlinear_site_term(c, imt, vs30, rock_pga[p])
                                    + basin_term(c, form_, imt, vs30, z2pt5) + shift,
                         .sigma = std::hypot(c.tau, phi),
                         .tau = c.tau,
                         .phi = phi};
      };
    });
  }

  Form form_;
};

} // namespace

double Form::break_magnitude() const {
  return kBreakMagnitude[type()][static_cast<std::size_t>(saturation)];
}

double Form::constant(const Row& c) const {
  return is_slab ? c.c0_slab[slab_constant(*this)] : c.c0[static_cast<std::size_t>(saturation)];
}

bool Form::has_constant() const {
  if (!is_slab)
    return saturation != Saturation::unlisted;
  if (region == Region::none)
    return saturation == Saturation::none;
  if (region == Region::alaska)
    return saturation == Saturation::alaska || saturation == Saturation::aleutian;
  if (region == Region::south_america)
    return saturation == Saturation::sa_n || saturation == Saturation::sa_s;
  return true;
}

std::shared_ptr<const GroundMotionModel> make_model(std::string name, const Form& form) {
  return std::make_shared<const Parker2020>(std::move(name), form);
}

} // namespace oq::engine::parker_2020_form
