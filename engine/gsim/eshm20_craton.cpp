// Weatherill and Cotton (2020), Bull. Earthq. Eng. 18, 6119-6148: backbone of the European craton,
// very hard rock brought to the site by the NGA-East amplification models.
#include "engine/gsim/eshm20_craton.hpp"

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/deviation_quantile.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/values_by_imt.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace oq::engine {

namespace {

constexpr double kReferenceMagnitude = 4.5;
constexpr double kHingeMagnitude = 6.2;
constexpr double kDepth2 = 25.0;              // km2
const double kReferenceRho = std::sqrt(26.0); // km

enum class Deviations { global, cena, cena_constant };

// Magnitudes between which the deviation between events is linear, and their deviations.
using TauKnots = std::array<double, 4>;
constexpr TauKnots kTauMagnitudes{4.5, 5.0, 5.5, 6.5};
// Al Atik (2015), equations 5.1 to 5.6, by model, and the deviations of their squares.
constexpr TauKnots kTau[] = {{0.4518, 0.4270, 0.3863, 0.3508},
                             {0.3730, 0.3730, 0.3375, 0.3064},
                             {0.3695, 0.3695, 0.3695, 0.3695}};
constexpr TauKnots kTauSpread[] = {{0.0671, 0.0688, 0.0661, 0.0491},
                                   {0.0688, 0.0688, 0.0661, 0.0491},
                                   {0.0688, 0.0688, 0.0688, 0.0688}};

struct SingleSite { // phi of one site up to M 5 and from M 6.5
  ValuesByImt a, b;
};

struct Settings {
  double epsilon = 0.0;
  double site_epsilon = 0.0;
  bool ergodic = true;
  TauKnots tau = kTau[0];
  Deviations phi = Deviations::global;
  std::optional<SingleSite> phi_quantile = {};
};

double squared(double x) {
  return x * x;
}

// Linear through (x0, y0) and (x1, y1), constant outside.
double ramp(double x, double x0, double x1, double y0, double y1) {
  return y0 + (y1 - y0) * std::clamp((x - x0) / (x1 - x0), 0.0, 1.0);
}

double between_event_deviation(const TauKnots& tau, double m) {
  std::size_t i = 1;
  while (i < 3 && m > kTauMagnitudes[i])
    ++i;
  return ramp(m, kTauMagnitudes[i - 1], kTauMagnitudes[i], tau[i - 1], tau[i]);
}

PhiSsTable phi_ss(Deviations model) {
  switch (model) {
  case Deviations::global:
    return phi_ss_global();
  case Deviations::cena:
    return phi_ss_cena();
  case Deviations::cena_constant:
    return phi_ss_cena_constant();
  }
  return phi_ss_global();
}

// Weight of the impedance model of the factor between 3000 and 760 m/s.
double impedance_weight(double vs30) {
  if (vs30 >= 600.0)
    return 0.767;
  if (vs30 < 400.0)
    return 0.1;
  return 0.1 + 0.667 * std::log(vs30 / 400.0) / std::log(600.0 / 400.0);
}

// Stewart et al. (2020), equations 3 to 5: linear amplification over 3000 m/s.
double linear_term(const NgaEastLinearRow& c, double f760, double vs30) {
  if (vs30 >= 3000.0)
    return 0.0;
  const double k1 = c.c * std::log(c.v1 / 760.0);
  const double k2 = c.c * std::log(c.v2 / 760.0);
  double relative = k2;
  if (vs30 <= c.v1)
    relative = k1;
  else if (vs30 <= c.v2)
    relative = c.c * std::log(vs30 / 760.0);
  else if (vs30 > 2000.0)
    relative = k2 - (k2 + f760) * std::log(vs30 / 2000.0) / std::log(3000.0 / 2000.0);
  return relative + f760;
}

// Equations 6 and 7: the linear term's deviation.
double linear_sigma(const NgaEastLinearRow& c, double vs30) {
  if (vs30 > 3000.0)
    return 0.0;
  if (vs30 >= 2000.0)
    return c.sigma_u * (1.0 - std::log(vs30 / 2000.0) / std::log(3000.0 / 2000.0));
  if (vs30 > c.v2)
    return c.sigma_vc + (c.sigma_u - c.sigma_vc) * squared((vs30 - c.v2) / (2000.0 - c.v2));
  if (vs30 >= c.vf)
    return c.sigma_vc;
  const double x = (vs30 - 200.0) / (c.vf - 200.0);
  const double d = c.sigma_l - c.sigma_vc;
  return c.sigma_l - 2.0 * d * x + d * x * x;
}

double nonlinear_sigma(const NgaEastNonlinearRow& c, double vs30) {
  if (vs30 < 300.0)
    return c.sigma_c;
  return vs30 < 1000.0 ? c.sigma_c * (1.0 - std::log(vs30 / 300.0) / std::log(1000.0 / 300.0))
                       : 0.0;
}

// Hashash et al. (2020), equations 2 and 3, without the factor of the rock motion.
double nonlinear_slope(const NgaEastNonlinearRow& c, double period, double vs30) {
  if (vs30 >= c.vc)
    return 0.0;
  const double reference = period <= 0.4 ? 760.0 : 3000.0;
  return c.f4
         * (std::exp(c.f5 * (std::min(vs30, reference) - 360.0))
            - std::exp(c.f5 * (reference - 360.0)));
}

// The site's terms of one IMT; they change only when vs30 does.
struct SiteTerms {
  double vs30 = -1.0;
  double linear = 0, slope = 0, phi_s2s = 0, linear_variance = 0, nonlinear_sigma = 0;
};

// Equation 1 on very hard rock with what the rupture fixes.
struct RockTerms {
  double source, spreading, attenuation;

  double at(double rrup) const {
    const double rho = std::sqrt(rrup * rrup + kDepth2);
    return source + spreading * std::log(rho / kReferenceRho)
           + attenuation * (rho - kReferenceRho) / 100.0;
  }
};

RockTerms rock_terms(const CratonRow& c, double m) {
  const double over = m - kHingeMagnitude;
  return {.source = c.e1 + (m <= kHingeMagnitude ? c.b1 * over + c.b2 * over * over : c.b3 * over),
          .spreading = c.c1 + c.c2 * (m - kReferenceMagnitude),
          .attenuation = c.c3};
}

class Eshm20Craton final : public PublishedModel {
public:
  Eshm20Craton(std::string name, const Settings& settings)
    : PublishedModel(std::move(name), need_mag | need_rrup | need_vs30), settings_(settings) {}

  bool supports(const Imt& imt) const override { return eshm20_craton_table().supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    thread_local std::vector<double> rock_pga; // g
    rock_pga.resize(batch.pairs());
    const CratonRow pga = eshm20_craton_table().at(kPga);
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RockTerms rock = rock_terms(pga, batch.mag[r]);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
        rock_pga[p] = std::exp(rock.at(batch.rrup[p]));
    }
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, rock_pga, out[i]);
  }

private:
  SiteTerms site_terms(const Imt& imt, double vs30) const {
    const NgaEastLinearRow linear = nga_east_linear().at(imt);
    const NgaEastF760Row f760 = nga_east_f760().at(imt);
    const NgaEastNonlinearRow nonlinear = nga_east_nonlinear().at(imt);
    const PhiS2sRow s2s = phi_s2s_panel().at(imt);
    const double w = impedance_weight(vs30);
    const double to_760 = w * f760.impedance + (1.0 - w) * f760.gradient;
    const double sigma_760 = w * f760.impedance_sigma + (1.0 - w) * f760.gradient_sigma;
    return {.vs30 = vs30,
            .linear = linear_term(linear, to_760, vs30),
            .slope = nonlinear_slope(nonlinear, imt.period, vs30),
            .phi_s2s = ramp(vs30, 1200.0, 1500.0, s2s.slow, s2s.fast),
            .linear_variance = squared(sigma_760) + squared(linear_sigma(linear, vs30)),
            .nonlinear_sigma = nonlinear_sigma(nonlinear, vs30)};
  }

  std::pair<double, double> single_site(const Imt& imt) const {
    if (const auto& quantile = settings_.phi_quantile)
      return {quantile->a.at(imt), quantile->b.at(imt)};
    const PhiSsRow row = phi_ss(settings_.phi).means.at(imt);
    return {row.a, row.b};
  }

  void predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> rock_pga,
                   const GroundMotion& out) const {
    const CratonRow c = eshm20_craton_table().at(imt);
    const double f3 = nga_east_nonlinear().at(imt).f3;
    const auto [phi_a, phi_b] = single_site(imt);
    const double epistemic = settings_.epsilon * c.sigma_mu;
    SiteTerms site;
    fill_motions(batch, out, [&](std::size_t r) {
      const double m = batch.mag[r];
      const double tau = between_event_deviation(settings_.tau, m);
      const double phi_single = ramp(m, 5.0, 6.5, phi_a, phi_b);
      return [&, tau, phi_single, rock = rock_terms(c, m)](std::size_t p) {
        if (batch.vs30[p] != site.vs30)
          site = site_terms(imt, batch.vs30[p]);
        const double softening = std::log((rock_pga[p] + f3) / f3);
        double ln_y = rock.at(batch.rrup[p]) + site.linear + site.slope * softening + epistemic;
        if (settings_.site_epsilon != 0.0)
          ln_y += settings_.site_epsilon
                  * std::sqrt(site.linear_variance + squared(site.nonlinear_sigma * softening));
        const double s2s = settings_.ergodic ? site.phi_s2s : 0.0;
        const double phi = std::sqrt(squared(phi_single) + squared(s2s));
        return LogNormal{
          .ln_mean = ln_y, .sigma = std::sqrt(tau * tau + phi * phi), .tau = tau, .phi = phi};
      };
    });
  }

  Settings settings_;
};

// The published rows at a quantile; those between are interpolated.
Result<SingleSite> single_site_quantile(const PhiSsTable& table, double probability) {
  boost::json::object a, b;
  for (const auto& [imt, row] : table.rows) {
    a[imt.name()] = deviation_quantile(row.a, row.a_spread, probability);
    b[imt.name()] = deviation_quantile(row.b, row.b_spread, probability);
  }
  OQ_TRY(auto values_a, ValuesByImt::read(a));
  OQ_TRY(auto values_b, ValuesByImt::read(b));
  return SingleSite{std::move(values_a), std::move(values_b)};
}

// NaN when the argument is absent: the mean.
double read_quantile(Arguments& arguments, std::string_view key) {
  const double probability = arguments.number(key, std::numeric_limits<double>::quiet_NaN());
  if (probability <= 0.0 || probability >= 1.0)
    arguments.refuse(std::string(key) + " must be between 0 and 1");
  return probability;
}

Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  static constexpr std::string_view kModels[] = {"global", "cena", "cena_constant"};
  Arguments arguments(spec);
  Settings settings;
  settings.epsilon = arguments.number("epsilon", 0.0);
  settings.site_epsilon = arguments.number("site_epsilon", 0.0);
  settings.ergodic = arguments.flag("ergodic", true);
  const auto tau_model =
    static_cast<std::size_t>(arguments.one_of("tau_model", Deviations::global, kModels));
  settings.phi = arguments.one_of("phi_model", Deviations::global, kModels);
  const double tau_quantile = read_quantile(arguments, "tau_quantile");
  const double phi_quantile = read_quantile(arguments, "phi_ss_quantile");
  OQ_CHECK(arguments.check());
  settings.tau = kTau[tau_model];
  if (!std::isnan(tau_quantile))
    for (std::size_t i = 0; i < settings.tau.size(); ++i)
      settings.tau[i] =
        deviation_quantile(kTau[tau_model][i], kTauSpread[tau_model][i], tau_quantile);
  if (!std::isnan(phi_quantile)) {
    OQ_TRY(settings.phi_quantile, single_site_quantile(phi_ss(settings.phi), phi_quantile));
  }
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const Eshm20Craton>(model_name(spec), settings));
}

// Branches of the European logic tree: `kStress` 0 to 4, very low to very high; `kSite` -1, 0, 1.
template <int kStress, int kSite>
Result<std::shared_ptr<const GroundMotionModel>> make_branch(const GsimSpec& spec) {
  static constexpr double kStressEpsilons[] = {-2.856970, -1.355630, 0.0, 1.355630, 2.856970};
  OQ_CHECK(expect_no_arguments(spec));
  const Settings settings{.epsilon = kStressEpsilons[kStress], .site_epsilon = kSite * 1.732051};
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const Eshm20Craton>(model_name(spec), settings));
}

} // namespace

ModelFamily eshm20_craton() {
  static constexpr ModelEntry kModels[] = {
    {"ESHM20Craton", make},
    {"ESHM20CratonVLowStressLowSite", make_branch<0, -1>},
    {"ESHM20CratonVLowStressMidSite", make_branch<0, 0>},
    {"ESHM20CratonVLowStressHighSite", make_branch<0, 1>},
    {"ESHM20CratonLowStressLowSite", make_branch<1, -1>},
    {"ESHM20CratonLowStressMidSite", make_branch<1, 0>},
    {"ESHM20CratonLowStressHighSite", make_branch<1, 1>},
    {"ESHM20CratonMidStressLowSite", make_branch<2, -1>},
    {"ESHM20CratonMidStressMidSite", make_branch<2, 0>},
    {"ESHM20CratonMidStressHighSite", make_branch<2, 1>},
    {"ESHM20CratonHighStressLowSite", make_branch<3, -1>},
    {"ESHM20CratonHighStressMidSite", make_branch<3, 0>},
    {"ESHM20CratonHighStressHighSite", make_branch<3, 1>},
    {"ESHM20CratonVHighStressLowSite", make_branch<4, -1>},
    {"ESHM20CratonVHighStressMidSite", make_branch<4, 0>},
    {"ESHM20CratonVHighStressHighSite", make_branch<4, 1>},
  };
  return kModels;
}

} // namespace oq::engine
