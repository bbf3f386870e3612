// Boore, Stewart, Seyhan and Atkinson (2014), Earthquake Spectra 30(3), 1057-1085: NGA-West2,
// active shallow crust.
#include "engine/gsim/boore_2014.hpp"

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/nga_west2_basin.hpp"
#include "engine/gsim/nga_west2_epistemic.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

constexpr double kReferenceMagnitude = 4.5;
constexpr double kReferenceVs30 = 760.0;  // m/s
constexpr double kNonlinearPga = 0.1;     // f3, g
constexpr double kBasinFromPeriod = 0.65; // s

enum class Basin { none, california, japan };
enum class Quality { average, high, low };

struct Variant {
  Basin basin = Basin::none;
  Quality quality = Quality::average;
  bool has_style = true; // of faulting
  NgaWest2Basin maps = {};
};

struct SimulatedRow { // basin coefficients
  double f6, f7, excess;
};
constexpr TableEntry<SimulatedRow> kSimulatedRows[] = {
  {sa(2), {0.296, 0.163, 0.55}},      {sa(3), {0.503, 0.277, 0.55}},
  {sa(4), {0.878, 0.483, 0.55}},      {sa(5), {1.18, 0.457, 0.388695}},
  {sa(7.5), {1.48, 0.549, 0.370751}}, {sa(10), {1.34, 0.498, 0.370755}},
};
constexpr CoefficientTable<SimulatedRow> kSimulated(kSimulatedRows);

double squared(double x) {
  return x * x;
}

// Equations 2 to 4 with what the rupture fixes.
struct RockTerms {
  double source, slope, c3, h2;

  double at(double rjb) const {
    const double r2 = rjb * rjb + h2;
    return source + slope * 0.5 * std::log(r2) + c3 * (std::sqrt(r2) - 1.0);
  }
};

// A rake that is not known (NaN) counts as normal.
double mechanism_term(const BooreRow& c, double rake) {
  if (std::abs(rake) <= 30.0 || 180.0 - std::abs(rake) <= 30.0)
    return c.e1;
  return rake > 30.0 && rake < 150.0 ? c.e3 : c.e2;
}

double regional_attenuation(const BooreRow& c, Quality quality) {
  if (quality == Quality::average)
    return 0.0;
  return quality == Quality::high ? c.dc3_high_q : c.dc3_low_q;
}

RockTerms rock_terms(const BooreRow& c, const Variant& variant, double mag, double rake) {
  const double over = mag - c.hinge_mag;
  const double size = mag <= c.hinge_mag ? c.e4 * over + c.e5 * over * over : c.e6 * over;
  return {.source = (variant.has_style ? mechanism_term(c, rake) : c.e0) + size,
          .slope = c.c1 + c.c2 * (mag - kReferenceMagnitude),
          .c3 = c.c3 + regional_attenuation(c, variant.quality),
          .h2 = c.h * c.h};
}

// Equations 11 and 12; km.
double median_z1pt0(Basin basin, double vs30) {
  if (basin == Basin::japan)
    return std::exp(
             -5.23 / 2.0
             * std::log((squared(vs30) + squared(412.39)) / (squared(1360.0) + squared(412.39))))
           / 1000.0;
  constexpr double k571 = 570.94 * 570.94, k1360 = 1360.0 * 1360.0;
  return std::exp(
           -7.15 / 4.0
           * std::log((squared(squared(vs30)) + k571 * k571) / (k1360 * k1360 + k571 * k571)))
         / 1000.0;
}

// Equation 9; `z1pt0` in m.
double basin_term(const BooreRow& c, const Variant& variant, const Imt& imt, double vs30,
                  double z1pt0) {
  if (variant.basin == Basin::none || imt.period < kBasinFromPeriod)
    return 0.0;
  const double share = variant.maps.share(imt, z1pt0);
  if (variant.maps.is_simulated(imt)) { // the same at every depth
    const SimulatedRow s = kSimulated.at(imt);
    return ((s.excess <= s.f6 ? s.f6 * s.excess : s.f7) + variant.maps.constant(imt)) * share;
  }
  const bool is_low_q = variant.quality == Quality::low;
  const double f6 = is_low_q ? c.f6_low_q : c.f6;
  const double f7 = is_low_q ? c.f7_low_q : c.f7;
  const double excess = z1pt0 / 1000.0 - median_z1pt0(variant.basin, vs30);
  return (excess <= f7 / f6 ? f6 * excess : f7) * share;
}

// Equations 6 to 8 and 17: what the site alone decides.
struct SiteTerms {
  double vs30 = -1.0, z1pt0 = 0.0;
  double fixed = 0.0, nonlinear = 0.0, phi = 0.0;

  void move_to(const BooreRow& c, const Variant& variant, const Imt& imt, double new_vs30,
               double new_z1pt0) {
    if (new_vs30 == vs30 && new_z1pt0 == z1pt0)
      return;
    vs30 = new_vs30;
    z1pt0 = new_z1pt0;
    fixed = c.c * std::log(std::min(vs30, c.vc) / kReferenceVs30)
            + basin_term(c, variant, imt, vs30, z1pt0);
    nonlinear = c.f4
                * (std::exp(c.f5 * (std::min(vs30, kReferenceVs30) - 360.0))
                   - std::exp(c.f5 * (kReferenceVs30 - 360.0)));
    phi = -c.phi_by_vs30 * softness();
  }

  // 1 on soft soil, 0 on rock. At exactly 225 m/s the reference implementation applies both of its
  // branches, so the reduction counts twice there.
  double softness() const {
    if (vs30 == 225.0)
      return 2.0;
    if (vs30 < 225.0)
      return 1.0;
    return vs30 <= 300.0 ? std::log(300.0 / vs30) / std::log(300.0 / 225.0) : 0.0;
  }
};

// Equation 16.
double phi_by_distance(const BooreRow& c, double rjb) {
  if (rjb <= c.r1)
    return 0.0;
  return rjb <= c.r2 ? c.phi_by_distance * std::log(rjb / c.r1) / std::log(c.r2 / c.r1)
                     : c.phi_by_distance;
}

class BooreEtAl2014 final : public PublishedModel {
public:
  BooreEtAl2014(std::string name, Variant variant)
    : PublishedModel(std::move(name),
                     need_mag | need_rjb | need_vs30
                       | (variant.has_style ? std::uint64_t{need_rake} : 0)
                       | (variant.basin != Basin::none ? std::uint64_t{need_z1pt0} : 0)),
      variant_(variant) {}

  bool supports(const Imt& imt) const override {
    const bool simulated = variant_.basin != Basin::none && variant_.maps.is_simulated(imt);
    return boore_2014_table().supports(imt) && (!simulated || kSimulated.supports(imt));
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    // ln((PGA_r + f3) / f3), which all IMTs share.
    thread_local std::vector<double> nonlinear;
    nonlinear.resize(batch.pairs());
    const BooreRow pga = boore_2014_table().at(kPga);
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RockTerms rock = rock_terms_of(pga, batch, r);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
        nonlinear[p] = std::log((std::exp(rock.at(batch.rjb[p])) + kNonlinearPga) / kNonlinearPga);
    }
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, nonlinear, out[i]);
  }

private:
  RockTerms rock_terms_of(const BooreRow& c, const PairBatch& batch, std::size_t r) const {
    return rock_terms(c, variant_, batch.mag[r], variant_.has_style ? batch.rake[r] : 0.0);
  }

  void predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> nonlinear,
                   const GroundMotion& out) const {
    const BooreRow c = boore_2014_table().at(imt);
    SiteTerms site;
    fill_motions(batch, out, [&](std::size_t r) {
      const double over_4p5 = std::clamp(batch.mag[r] - 4.5, 0.0, 1.0);
      const double tau = c.tau1 + (c.tau2 - c.tau1) * over_4p5;
      const double phi_by_mag = c.phi1 + (c.phi2 - c.phi1) * over_4p5;
      return [&, tau, phi_by_mag, rock = rock_terms_of(c, batch, r)](std::size_t p) {
        const double z1pt0 = variant_.basin == Basin::none ? 0.0 : batch.z1pt0[p];
        site.move_to(c, variant_, imt, batch.vs30[p], z1pt0);
        const double rjb = batch.rjb[p];
        const double phi = phi_by_mag + phi_by_distance(c, rjb) + site.phi;
        return LogNormal{.ln_mean = rock.at(rjb) + site.fixed + site.nonlinear * nonlinear[p],
                         .sigma = std::sqrt(tau * tau + phi * phi),
                         .tau = tau,
                         .phi = phi};
      };
    });
  }

  Variant variant_;
};

// The variant is what the name says, unless the logic tree gives the region, whether there is a
// style of faulting, or the number of epistemic deviations.
template <Quality kQuality, int kEpsilon = 0, Basin kBasin = Basin::none, bool kHasStyle = true>
Result<std::shared_ptr<const GroundMotionModel>> make_regional(const GsimSpec& spec) {
  Arguments arguments(spec);
  Variant variant{.quality = kQuality};
  static constexpr std::string_view kRegions[] = {"nobasin", "CAL", "JPN"};
  const std::string region = arguments.text("region", kRegions[static_cast<std::size_t>(kBasin)]);
  variant.basin = region == "nobasin" ? Basin::none
                  : region == "JPN"   ? Basin::japan
                                      : Basin::california;
  variant.has_style = arguments.flag("sof", kHasStyle);
  const double epsilon = arguments.number("sigma_mu_epsilon", kEpsilon);
  variant.maps = read_nga_west2_basin(arguments);
  if (variant.maps.usgs && variant.basin == Basin::none)
    arguments.refuse("usgs_basin_scaling needs a region with a basin term");
  OQ_CHECK(arguments.check());
  return with_nga_west2_epistemic(std::make_shared<const BooreEtAl2014>(model_name(spec), variant),
                                  epsilon, epistemic_range(kEpsilon));
}

template <Quality kQuality, Basin kBasin, bool kHasStyle>
constexpr auto make_alias = make_regional<kQuality, 0, kBasin, kHasStyle>;

} // namespace

ModelFamily boore_2014() {
  using enum Quality;
  using enum Basin;
  static constexpr ModelEntry kModels[] = {
    {"BooreEtAl2014", make_regional<average>},
    {"BooreEtAl2014NSHMPLower", make_regional<average, -1>},
    {"BooreEtAl2014NSHMPUpper", make_regional<average, 1>},
    {"BooreEtAl2014NoSOF", make_alias<average, none, false>},
    {"BooreEtAl2014CaliforniaBasin", make_alias<average, california, true>},
    {"BooreEtAl2014CaliforniaBasinNoSOF", make_alias<average, california, false>},
    {"BooreEtAl2014JapanBasin", make_alias<average, japan, true>},
    {"BooreEtAl2014JapanBasinNoSOF", make_alias<average, japan, false>},
    {"BooreEtAl2014HighQ", make_regional<high>},
    {"BooreEtAl2014HighQNoSOF", make_alias<high, none, false>},
    {"BooreEtAl2014HighQCaliforniaBasin", make_alias<high, california, true>},
    {"BooreEtAl2014HighQCaliforniaBasinNoSOF", make_alias<high, california, false>},
    {"BooreEtAl2014HighQJapanBasin", make_alias<high, japan, true>},
    {"BooreEtAl2014HighQJapanBasinNoSOF", make_alias<high, japan, false>},
    {"BooreEtAl2014LowQ", make_regional<low>},
    {"BooreEtAl2014LowQNoSOF", make_alias<low, none, false>},
    {"BooreEtAl2014LowQCaliforniaBasin", make_alias<low, california, true>},
    {"BooreEtAl2014LowQCaliforniaBasinNoSOF", make_alias<low, california, false>},
    {"BooreEtAl2014LowQJapanBasin", make_alias<low, japan, true>},
    {"BooreEtAl2014LowQJapanBasinNoSOF", make_alias<low, japan, false>},
  };
  return kModels;
}

} // namespace oq::engine
