// Kotha, Weatherill, Bindi and Cotton (2020), Bull. Earthq. Eng. 18, 4091-4125, as the
// shallow-crust backbone of the 2020 European hazard model. `region` is the attenuation region (0:
// none of its own), `geology` a geology_code().
#include "engine/gsim/kotha_2020.hpp"

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/registry.hpp"
#include "engine/gsim/values_by_imt.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace oq::engine {

namespace {

constexpr double kReferenceMagnitude = 4.5;
constexpr double kHingeMagnitude = 5.7;
constexpr double kReferenceDistance = 30.0; // km
constexpr double kFastestVs30 = 1100.0;     // m/s

enum class SiteModel { vs30, slope_geology };

struct Settings {
  SiteModel site = SiteModel::vs30;
  double sigma_mu_epsilon = 0.0; // deviations of the source-region term
  double c3_epsilon = 0.0;       // deviations of the anelastic attenuation
  bool ergodic = true;
  std::optional<int> iceland_stress = std::nullopt; // source-region term of Iceland instead
  // What a logic tree gives for the source-region term and for the attenuation.
  std::optional<ValuesByImt> dl2l = std::nullopt, c3 = std::nullopt;
};

// Al Atik (2015), PEER 2015/07, equation 5.6 and table 5.1: global model.
double between_event_deviation(const Imt& imt, double m) {
  static constexpr double kPgvTau[] = {0.3733, 0.3639, 0.3434, 0.3236};
  static constexpr double kSaTau[] = {0.4518, 0.4270, 0.3863, 0.3508};
  const auto& tau = imt == kPgv ? kPgvTau : kSaTau;
  if (m <= 5.0)
    return tau[0] + (tau[1] - tau[0]) * std::max((m - 4.5) / 0.5, 0.0);
  if (m <= 5.5)
    return tau[1] + (tau[2] - tau[1]) * (m - 5.0) / 0.5;
  return tau[2] + (tau[3] - tau[2]) * std::min(m - 5.5, 1.0);
}

double pseudo_depth(double hypo_depth) {
  if (hypo_depth <= 10.0)
    return 4.0;
  return hypo_depth <= 20.0 ? 8.0 : 12.0;
}

// The median's own deviation: large where large events are extrapolated.
double sigma_mu(const KothaRow& c, const KothaSigmaMuRow& s, double m, double depth) {
  if (m < 7.4)
    return c.tau_l2l;
  const double low = depth < 10.0    ? s.m7p4_shallow
                     : depth >= 20.0 ? s.m7p4_deep
                                     : s.m7p4_intermediate;
  const double high = depth < 10.0 ? s.m8_shallow : depth >= 20.0 ? s.m8_deep : s.m8_intermediate;
  return std::max(c.tau_l2l, low + (high - low) * (std::min(m, 8.0) - 7.4) / 0.6);
}

// All coefficients of one IMT.
struct Rows {
  KothaRow c;
  KothaSigmaMuRow sigma_mu;
  KothaRegionRow regions;
  KothaPhi0Row phi0;
  KothaSlopeRow slope;
  KothaGeologyRow intercepts, slopes;
  std::optional<double> dl2l = std::nullopt, c3 = std::nullopt; // instead of the model's own
  bool has_regions = false;
};

class KothaEtAl2020 final : public PublishedModel {
public:
  KothaEtAl2020(std::string name, const Settings& settings)
    : PublishedModel(std::move(name), need_mag | need_hypo_depth | need_rjb | need_region
                                        | (settings.site == SiteModel::vs30
                                             ? std::uint64_t{need_vs30} | need_vs30measured
                                             : std::uint64_t{need_slope} | need_geology)),
      settings_(settings) {}

  bool supports(const Imt& imt) const override {
    return kotha_2020_table().supports(imt)
           && (!settings_.iceland_stress || kotha_2020_iceland().supports(imt))
           && (!settings_.dl2l || settings_.dl2l->supports(imt))
           && (!settings_.c3 || settings_.c3->supports(imt));
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, out[i]);
  }

private:
  Rows rows_at(const Imt& imt) const {
    Rows rows{.c = kotha_2020_table().at(imt),
              .sigma_mu = kotha_2020_sigma_mu().at(imt),
              .regions = {},
              .phi0 = kotha_2020_phi0().at(imt),
              .slope = kotha_2020_slope().at(imt),
              .intercepts = kotha_2020_geology_intercepts().at(imt),
              .slopes = kotha_2020_geology_slopes().at(imt)};
    rows.has_regions = kotha_2020_regions().supports(imt);
    if (rows.has_regions)
      rows.regions = kotha_2020_regions().at(imt);
    if (settings_.iceland_stress)
      rows.dl2l = kotha_2020_iceland().at(imt).dl2l[*settings_.iceland_stress];
    else if (settings_.dl2l)
      rows.dl2l = settings_.dl2l->at(imt);
    if (settings_.c3)
      rows.c3 = settings_.c3->at(imt);
    return rows;
  }

  double source_region_term(const Rows& rows, double m, double depth) const {
    if (rows.dl2l)
      return *rows.dl2l;
    return settings_.sigma_mu_epsilon == 0.0
             ? 0.0
             : settings_.sigma_mu_epsilon * sigma_mu(rows.c, rows.sigma_mu, m, depth);
  }

  double attenuation(const Rows& rows, double region) const {
    if (rows.c3)
      return *rows.c3;
    const bool is_own = rows.has_regions && region >= 1.0 && region <= kKothaRegions;
    if (!is_own)
      return rows.c.c3 + settings_.c3_epsilon * rows.c.tau_c3;
    const auto& own = rows.regions.region[static_cast<int>(region) - 1];
    return own.c3 + settings_.c3_epsilon * own.tau;
  }

  struct Site {
    double term, phi;
  };
  Site site_at(const Rows& rows, const PairBatch& batch, std::size_t p) const {
    if (settings_.site == SiteModel::vs30) {
      const double ln_vs30 = std::log(std::min(batch.vs30[p], kFastestVs30));
      const KothaRow& c = rows.c;
      return batch.vs30measured[p] != 0.0
               ? Site{c.d0_measured + c.d1_measured * ln_vs30, c.phi_measured}
               : Site{c.d0_inferred + c.d1_inferred * ln_vs30, c.phi_inferred};
    }
    const double ln_slope = std::log(std::clamp(batch.slope[p], 0.0005, 0.3));
    const double unit = batch.geology[p];
    const bool is_known = unit >= 0.0 && unit < kGeologyUnits;
    const int u = is_known ? static_cast<int>(unit) : 0;
    return {rows.slope.v1 + (is_known ? rows.intercepts.unit[u] : 0.0)
              + (rows.slope.v2 + (is_known ? rows.slopes.unit[u] : 0.0)) * ln_slope,
            rows.slope.phi_s2s};
  }

  void predict_one(const Imt& imt, const PairBatch& batch, const GroundMotion& out) const {
    const Rows rows = rows_at(imt);
    const KothaRow& c = rows.c;
    const double unit = imt == kPgv ? 0.0 : kLnGravityCm;
    fill_motions(batch, out, [&](std::size_t r) {
      const double m = batch.mag[r];
      const double over = m - kHingeMagnitude;
      const double h = pseudo_depth(batch.hypo_depth[r]);
      const double rho0 = std::sqrt(kReferenceDistance * kReferenceDistance + h * h);
      const double source =
        c.e1 + (m <= kHingeMagnitude ? c.b1 * over + c.b2 * over * over : c.b3 * over)
        + source_region_term(rows, m, batch.hypo_depth[r]) - unit;
      const double spreading = c.c1 + c.c2 * (m - kReferenceMagnitude);
      const double tau = between_event_deviation(imt, m);
      const double phi0 =
        rows.phi0.a + (rows.phi0.b - rows.phi0.a) * std::clamp((m - 5.0) / 1.5, 0.0, 1.0);
      return [=, this, &rows, &batch](std::size_t p) {
        const double rho = std::sqrt(batch.rjb[p] * batch.rjb[p] + h * h);
        const Site site = site_at(rows, batch, p);
        const double s2s = settings_.ergodic ? site.phi : 0.0;
        const double phi = std::sqrt(phi0 * phi0 + s2s * s2s);
        return LogNormal{.ln_mean = source + spreading * std::log(rho / rho0)
                                    + attenuation(rows, batch.region[p]) * (rho - rho0) / 100.0
                                    + site.term,
                         .sigma = std::sqrt(tau * tau + phi * phi),
                         .tau = tau,
                         .phi = phi};
      };
    });
  }

  Settings settings_;
};

// The argument `key`, a number for each IMT, which is taken out of `spec`.
Result<std::optional<ValuesByImt>> take_by_imt(GsimSpec& spec, std::string_view key) {
  const auto* given = spec.arguments.if_contains(key);
  if (!given)
    return std::optional<ValuesByImt>();
  auto values = given->is_object() ? ValuesByImt::read(given->get_object())
                                   : invalid_input("it must give a number for each IMT");
  if (!values)
    return invalid_input(
      spec.name + ": argument '" + std::string(key) + "': " + values.error().message, spec.where);
  spec.arguments.erase(key);
  return std::optional(std::move(*values));
}

template <SiteModel kSite>
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& given) {
  GsimSpec spec = given;
  Settings settings{.site = kSite};
  OQ_TRY(settings.dl2l, take_by_imt(spec, "dl2l"));
  OQ_TRY(settings.c3, take_by_imt(spec, "c3"));
  Arguments arguments(spec);
  settings.sigma_mu_epsilon = arguments.number("sigma_mu_epsilon", 0.0);
  settings.c3_epsilon = arguments.number("c3_epsilon", 0.0);
  settings.ergodic = arguments.flag("ergodic", true);
  OQ_CHECK(arguments.check());
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const KothaEtAl2020>(model_name(spec), settings));
}

// Branches of the European logic tree.
enum class Branch { shallow_crust, iceland, craton };
constexpr double kStressEpsilons[] = {-2.85697, -1.35563, 0.0, 1.35563, 2.85697};
constexpr double kAttenuationEpsilon = 1.732051;

// `kStress` 0 to 4, very low to very high; `kAttenuation` -1 fast, 0, 1 slow.
template <Branch kBranch, int kStress, int kAttenuation>
Result<std::shared_ptr<const GroundMotionModel>> make_branch(const GsimSpec& spec) {
  OQ_CHECK(expect_no_arguments(spec));
  Settings settings{.c3_epsilon = kAttenuation * kAttenuationEpsilon};
  if (kBranch == Branch::iceland)
    settings.iceland_stress = kStress;
  else if (kBranch == Branch::shallow_crust)
    settings.sigma_mu_epsilon = kStressEpsilons[kStress];
  else
    settings.sigma_mu_epsilon = kStress == 3 ? 1.732051 : 0.0;
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const KothaEtAl2020>(model_name(spec), settings));
}

} // namespace

ModelFamily kotha_2020() {
  using enum Branch;
  static constexpr ModelEntry kModels[] = {
    {"KothaEtAl2020ESHM20", make<SiteModel::vs30>},
    {"KothaEtAl2020ESHM20SlopeGeology", make<SiteModel::slope_geology>},
    {"ESHM20ShallowCrustVLowStressFastAtten", make_branch<shallow_crust, 0, -1>},
    {"ESHM20ShallowCrustVLowStressMidAtten", make_branch<shallow_crust, 0, 0>},
    {"ESHM20ShallowCrustVLowStressSlowAtten", make_branch<shallow_crust, 0, 1>},
    {"ESHM20ShallowCrustLowStressFastAtten", make_branch<shallow_crust, 1, -1>},
    {"ESHM20ShallowCrustLowStressMidAtten", make_branch<shallow_crust, 1, 0>},
    {"ESHM20ShallowCrustLowStressSlowAtten", make_branch<shallow_crust, 1, 1>},
    {"ESHM20ShallowCrustMidStressFastAtten", make_branch<shallow_crust, 2, -1>},
    {"ESHM20ShallowCrustMidStressMidAtten", make_branch<shallow_crust, 2, 0>},
    {"ESHM20ShallowCrustMidStressSlowAtten", make_branch<shallow_crust, 2, 1>},
    {"ESHM20ShallowCrustHighStressFastAtten", make_branch<shallow_crust, 3, -1>},
    {"ESHM20ShallowCrustHighStressMidAtten", make_branch<shallow_crust, 3, 0>},
    {"ESHM20ShallowCrustHighStressSlowAtten", make_branch<shallow_crust, 3, 1>},
    {"ESHM20ShallowCrustVHighStressFastAtten", make_branch<shallow_crust, 4, -1>},
    {"ESHM20ShallowCrustVHighStressMidAtten", make_branch<shallow_crust, 4, 0>},
    {"ESHM20ShallowCrustVHighStressSlowAtten", make_branch<shallow_crust, 4, 1>},
    {"ESHM20IcelandVLowStressFastAtten", make_branch<iceland, 0, -1>},
    {"ESHM20IcelandVLowStressMidAtten", make_branch<iceland, 0, 0>},
    {"ESHM20IcelandVLowStressSlowAtten", make_branch<iceland, 0, 1>},
    {"ESHM20IcelandLowStressFastAtten", make_branch<iceland, 1, -1>},
    {"ESHM20IcelandLowStressMidAtten", make_branch<iceland, 1, 0>},
    {"ESHM20IcelandLowStressSlowAtten", make_branch<iceland, 1, 1>},
    {"ESHM20IcelandMidStressFastAtten", make_branch<iceland, 2, -1>},
    {"ESHM20IcelandMidStressMidAtten", make_branch<iceland, 2, 0>},
    {"ESHM20IcelandMidStressSlowAtten", make_branch<iceland, 2, 1>},
    {"ESHM20IcelandHighStressFastAtten", make_branch<iceland, 3, -1>},
    {"ESHM20IcelandHighStressMidAtten", make_branch<iceland, 3, 0>},
    {"ESHM20IcelandHighStressSlowAtten", make_branch<iceland, 3, 1>},
    {"ESHM20IcelandVHighStressFastAtten", make_branch<iceland, 4, -1>},
    {"ESHM20IcelandVHighStressMidAtten", make_branch<iceland, 4, 0>},
    {"ESHM20IcelandVHighStressSlowAtten", make_branch<iceland, 4, 1>},
    {"ESHM20CratonShallowHighStressMidAtten", make_branch<craton, 3, 0>},
    {"ESHM20CratonShallowHighStressSlowAtten", make_branch<craton, 3, 1>},
    {"ESHM20CratonShallowMidStressMidAtten", make_branch<craton, 2, 0>},
    {"ESHM20CratonShallowMidStressSlowAtten", make_branch<craton, 2, 1>},
  };
  return kModels;
}

} // namespace oq::engine
