// Chiou and Youngs (2014), Earthquake Spectra 30(3), 1117-1153: NGA-West2, active shallow crust.
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/chiou_youngs_2014_anelastic.hpp"
#include "engine/gsim/chiou_youngs_2014_table.hpp"
#include "engine/gsim/nga_west2_basin.hpp"
#include "engine/gsim/nga_west2_epistemic.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/registry.hpp"
#include "engine/gsim/site_terms.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

using Row = ChiouYoungsRow;

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
  std::shared_ptr<const AnelasticShift> anelastic = nullptr;

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
  const ChiouYoungsStressRow chi = chiou_youngs_2014_stress().at(imt);
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
  const double shift = settings.anelastic ? settings.anelastic->at(imt, m) : 0.0;
  RuptureTerms terms{.source = source_term(c, imt, settings, batch, r, cos_dip),
                     .saturation = c.c5 * std::cosh(c.c6 * positive_part(m - c.chm)),
                     .anelastic = path_factor(c, settings.region, m)
                                  * (c.cg1 + c.cg2 / std::cosh(positive_part(m - c.cg3)) + shift),
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
    const ChiouYoungsBasinRow soil = settings.is_simulated(imt)
                                       ? chiou_youngs_2014_simulated_basin().at(imt)
                                       : ChiouYoungsBasinRow{c.phi5, kPhi6};
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
    return chiou_youngs_2014_table().supports(imt)
           && (!settings_.is_simulated(imt) || chiou_youngs_2014_simulated_basin().supports(imt))
           && (settings_.stress_ratio == 1.0 || chiou_youngs_2014_stress().supports(imt))
           && (!settings_.anelastic || is_shifted(imt));
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
  bool is_shifted(const Imt& imt) const {
    const AnelasticShift& shift = *settings_.anelastic;
    return shift.supports(imt) && (!has_floor(imt) || shift.supports(kPga));
  }

  void compute_ln_pga(const PairBatch& batch, std::span<double> ln_pga) const {
    const Row c = chiou_youngs_2014_table().at(kPga);
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
    const Row c = chiou_youngs_2014_table().at(imt);
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

// `kEpsilon`: epistemic deviations, `kRegion`: the region, unless the logic tree gives them.
template <int kEpsilon, Region kRegion = Region::california>
Result<std::shared_ptr<const GroundMotionModel>> make_regional(const GsimSpec& spec) {
  static constexpr std::string_view kRegions[] = {"CAL", "JPN", "ITA", "WEN"};
  Arguments arguments(spec);
  Settings settings;
  settings.region = arguments.one_of("region", kRegion, kRegions);
  const double epsilon = arguments.number("sigma_mu_epsilon", kEpsilon);
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
  const std::string anelastic = arguments.text("delta_gamma_tab", "");
  OQ_CHECK(arguments.check());
  if (!anelastic.empty()) {
    auto shift = AnelasticShift::read(spec.base_directory / anelastic);
    if (!shift)
      return invalid_input("delta_gamma_tab: " + shift.error().text(), spec.where);
    settings.anelastic = std::make_shared<const AnelasticShift>(std::move(*shift));
  }
  return with_nga_west2_epistemic(
    std::make_shared<const ChiouYoungs2014>(model_name(spec), settings), epsilon,
    epistemic_range(kEpsilon));
}

} // namespace

bool has_chiou_youngs_2014_soil(const Imt& imt) {
  return chiou_youngs_2014_table().supports(imt);
}

ChiouYoungsSoil chiou_youngs_2014_soil(const Imt& imt) {
  const Row c = chiou_youngs_2014_table().at(imt);
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
    {"ChiouYoungs2014Japan", make_regional<0, Region::japan>},
    {"ChiouYoungs2014Italy", make_regional<0, Region::italy>},
    {"ChiouYoungs2014Wenchuan", make_regional<0, Region::wenchuan>},
    {"ChiouYoungs2014PEER", make_plain<ChiouYoungs2014Peer>},
  };
  return kModels;
}

} // namespace oq::engine
