// Deviations after Al Atik (2015), PEER Report 2015/07, with the variability between sites of
// Stewart et al. (2019), Earthquake Spectra 35(4), 1531-1555.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/modification.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

namespace oq::engine {

namespace {

struct WithinRow { // table 5.13: phi of one site at magnitudes 5 and 6.5
  double a, b;
};
struct SiteRow { // phi between sites up to 1200 and from 1500 m/s on
  double s1, s2;
};
// clang-format off
constexpr TableEntry<WithinRow> kWithinRows[] = {
  {kPga, {.5477, .3505}}, {kPgv, {.5034, .3585}}, {sa(0.01), {.5477, .3505}}, {sa(0.02), {.5464, .3505}},
  {sa(0.03), {.5450, .3505}}, {sa(0.04), {.5436, .3505}}, {sa(0.05), {.5424, .3505}}, {sa(0.075), {.5392, .3505}},
  {sa(0.1), {.5361, .3505}}, {sa(0.15), {.5299, .3543}}, {sa(0.2), {.5240, .3659}}, {sa(0.25), {.5183, .3765}},
  {sa(0.3), {.5127, .3876}}, {sa(0.4), {.5022, .4066}}, {sa(0.5), {.4923, .4170}}, {sa(0.75), {.4704, .4277}},
  {sa(1), {.4519, .4257}}, {sa(1.5), {.4231, .4142}}, {sa(2), {.4026, .4026}}, {sa(3), {.3775, .3775}},
  {sa(4), {.3648, .3648}}, {sa(5), {.3583, .3583}}, {sa(7.5), {.3529, .3529}}, {sa(10), {.3519, .3519}},
};
constexpr TableEntry<SiteRow> kSiteRows[] = {
  {kPga, {.533, .566}}, {kPgv, {.487, .458}}, {sa(0.01), {.533, .566}}, {sa(0.02), {.537, .577}},
  {sa(0.03), {.542, .598}}, {sa(0.05), {.583, .653}}, {sa(0.075), {.619, .633}}, {sa(0.1), {.623, .590}},
  {sa(0.15), {.603, .532}}, {sa(0.2), {.578, .461}}, {sa(0.25), {.554, .396}}, {sa(0.3), {.527, .373}},
  {sa(0.4), {.491, .339}}, {sa(0.5), {.472, .305}}, {sa(0.75), {.432, .273}}, {sa(1), {.431, .257}},
  {sa(1.5), {.424, .247}}, {sa(2), {.423, .239}}, {sa(3), {.418, .230}}, {sa(4), {.412, .221}},
  {sa(5), {.404, .214}}, {sa(7.5), {.378, .201}}, {sa(10), {.319, .193}},
};
// clang-format on
constexpr CoefficientTable<WithinRow> kWithin(kWithinRows);
constexpr CoefficientTable<SiteRow> kSites(kSiteRows);

enum class TauModel { global, cena, cena_constant };

// Straight lines between (magnitude, tau) knots, constant outside.
template <std::size_t kKnots>
double broken_line(const double (&magnitudes)[kKnots], const double (&taus)[kKnots], double mag) {
  if (mag <= magnitudes[0])
    return taus[0];
  for (std::size_t i = 1; i < kKnots; ++i)
    if (mag <= magnitudes[i])
      return taus[i - 1]
             + (taus[i] - taus[i - 1]) * (mag - magnitudes[i - 1])
                 / (magnitudes[i] - magnitudes[i - 1]);
  return taus[kKnots - 1];
}

// Equations 5.6: [SA and PGA, PGV].
double tau_of(TauModel model, bool pgv, double mag) {
  static constexpr double kGlobalMagnitudes[] = {4.5, 5.0, 5.5, 6.5};
  static constexpr double kGlobal[2][4] = {{0.4518, 0.4270, 0.3863, 0.3508},
                                           {0.3733, 0.3639, 0.3434, 0.3236}};
  static constexpr double kCenaMagnitudes[] = {5.0, 5.5, 6.5};
  static constexpr double kCena[2][3] = {{0.3730, 0.3375, 0.3064}, {0.3477, 0.3281, 0.3092}};
  static constexpr double kCenaConstant[] = {0.3695, 0.3441};
  switch (model) {
  case TauModel::global:
    return broken_line(kGlobalMagnitudes, kGlobal[pgv], mag);
  case TauModel::cena:
    return broken_line(kCenaMagnitudes, kCena[pgv], mag);
  case TauModel::cena_constant:
    return kCenaConstant[pgv];
  }
  return 0.0;
}

double within_variance(const WithinRow& c, double mag) { // equation 5.14
  const double phi = mag <= 5.0 ? c.a : mag <= 6.5 ? c.a + (c.b - c.a) * (mag - 5.0) / 1.5 : c.b;
  return phi * phi;
}

double site_variance(const SiteRow& c, double vs30) {
  const double phi = vs30 <= 1200.0   ? c.s1
                     : vs30 <= 1500.0 ? c.s1 - (c.s1 - c.s2) * (vs30 - 1200.0) / 300.0
                                      : c.s2;
  return phi * phi;
}

Modification deviations(TauModel model, bool ergodic) {
  Modification result;
  result.needs = need_mag | (ergodic ? std::uint64_t{need_vs30} : 0);
  result.gives_parts = true;
  result.supports = [ergodic](const Imt& imt) {
    return kWithin.supports(imt) && (!ergodic || kSites.supports(imt));
  };
  result.apply = [model, ergodic](const Imt& imt, const PairBatch& batch, const GroundMotion& out) {
    const WithinRow within = kWithin.at(imt);
    const SiteRow sites = ergodic ? kSites.at(imt) : SiteRow{.s1 = 0, .s2 = 0};
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const double tau = tau_of(model, imt == kPgv, batch.mag[r]);
      const double variance = within_variance(within, batch.mag[r]);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p) {
        const double all = variance + (ergodic ? site_variance(sites, batch.vs30[p]) : 0.0);
        out.tau[p] = tau;
        out.phi[p] = std::sqrt(all);
        out.sigma[p] = std::sqrt(tau * tau + all);
      }
    }
  };
  return result;
}

} // namespace

Result<Modification> alatik_2015_deviations(const boost::json::object& arguments) {
  static constexpr std::string_view kModels[] = {"global", "cena", "cena_constant"};
  TauModel model = TauModel::global;
  if (const auto* name = arguments.if_contains("tau_model")) {
    const std::string text = name->is_string() ? std::string(name->get_string()) : "";
    const auto* found = std::ranges::find(kModels, text);
    if (found == std::end(kModels))
      return invalid_input("tau_model must be 'global', 'cena' or 'cena_constant'");
    model = static_cast<TauModel>(found - kModels);
  }
  if (const auto* phi = arguments.if_contains("phi_model"); phi && *phi != "global")
    return invalid_input("phi_model must be 'global'");
  for (const char* quantile : {"tau_quantile", "phi_ss_quantile"})
    if (const auto* value = arguments.if_contains(quantile); value && !value->is_null())
      return invalid_input(std::string(quantile) + " is not supported: the mean is used");
  const auto* ergodic = arguments.if_contains("ergodic");
  if (ergodic && !ergodic->is_bool())
    return invalid_input("ergodic must be true or false");
  return deviations(model, !ergodic || ergodic->get_bool());
}

} // namespace oq::engine
