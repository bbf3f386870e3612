// Displacements of sliding slopes by regressions on critical acceleration and shaking.
#include "engine/perils/landslides.hpp"

#include "engine/perils/site_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace oq::engine {
namespace {

constexpr double kGravity = 9.81;       // m/s2
constexpr double kWater = 1000;         // kg/m3
constexpr double kSmallestRatio = 0.05; // below, the regressions have no data
constexpr double kDegree = std::numbers::pi / 180;

// Metres of a slope with a critical acceleration in m/s2.
using Displacement = double (*)(double critical, const SlopeShaking& shaking);

class SlopeDisplacement final : public SecondaryPeril {
public:
  SlopeDisplacement(std::vector<Imt> needs, Displacement displacement, std::vector<double> safety,
                    std::vector<double> critical)
    : needs_(std::move(needs)), displacement_(displacement), safety_(std::move(safety)),
      critical_(std::move(critical)) {}

  std::vector<Imt> needs() const override { return needs_; }
  std::vector<std::string> gives() const override { return {"Disp"}; }
  std::vector<SiteColumn> site_columns() const override {
    return {{"Fs", SiteColumn::Kind::real, safety_, {}},
            {"crit_accel", SiteColumn::Kind::real, critical_, {}}};
  }
  void compute(std::size_t site, double magnitude, std::span<const double> shaking,
               std::span<double> out) const override {
    SlopeShaking here{magnitude, 0, 0};
    for (std::size_t i = 0; i < needs_.size(); ++i)
      (needs_[i] == kPga ? here.pga : here.pgv) = shaking[i];
    out[0] = displacement_(critical_[site], here);
  }

private:
  std::vector<Imt> needs_; // PGA, PGV
  Displacement displacement_;
  std::vector<double> safety_, critical_;
};

template <bool with_magnitude>
double jibson_2007(double critical, const SlopeShaking& shaking) {
  // The reference engine divides m/s2 by g.
  const double ratio = std::max(critical / shaking.pga, kSmallestRatio);
  if (!(ratio < 1))
    return 0;
  const double log_cm = with_magnitude
                          ? -2.71 + 2.335 * std::log10(1 - ratio) - 1.478 * std::log10(ratio)
                              + 0.424 * shaking.magnitude
                          : 0.215 + 2.341 * std::log10(1 - ratio) - 1.438 * std::log10(ratio);
  return std::pow(10.0, log_cm) / 100;
}

struct Regression {
  std::string_view name;
  std::vector<Imt> needs;
  Displacement displacement;
};

template <double (*displacement)(double, const SlopeShaking&)>
double in_g(double critical, const SlopeShaking& shaking) {
  return displacement(critical / kGravity, shaking);
}

const std::vector<Regression>& regressions() {
  static const std::vector<Regression> known{
    {"Jibson2007ALandslides", {kPga}, jibson_2007<false>},
    {"Jibson2007BLandslides", {kPga}, jibson_2007<true>},
    {"FotopoulouPitilakis2015ALandslides", {kPgv}, in_g<fotopoulou_pitilakis_2015_a>},
    {"FotopoulouPitilakis2015BLandslides", {kPga}, in_g<fotopoulou_pitilakis_2015_b>},
    {"FotopoulouPitilakis2015CLandslides", {kPga}, in_g<fotopoulou_pitilakis_2015_c>},
    {"FotopoulouPitilakis2015DLandslides", {kPga, kPgv}, in_g<fotopoulou_pitilakis_2015_d>},
    {"SaygiliRathje2008Landslides", {kPga, kPgv}, in_g<saygili_rathje_2008>},
    {"RathjeSaygili2009Landslides", {kPga}, in_g<rathje_saygili_2009>},
  };
  return known;
}

double ratio_of_accelerations(double critical, double pga) {
  return pga > 0 ? std::max(critical / pga, kSmallestRatio)
                 : std::numeric_limits<double>::infinity();
}

// Of the ratio of accelerations.
double quartic(double a, double b, double c, double d, double ratio) {
  return (((d * ratio + c) * ratio + b) * ratio + a) * ratio;
}

} // namespace

double factor_of_safety(const SlopeGround& ground) {
  const double slope = ground.slope * kDegree, friction = ground.friction * kDegree;
  const double weight = ground.dry_density * kGravity;
  return ground.cohesion / (weight * ground.slab_thickness * std::sin(slope))
         + std::tan(friction) / std::tan(slope)
         - ground.saturation * kWater * kGravity * std::tan(friction) / (weight * std::tan(slope));
}

double critical_acceleration(double factor_of_safety, double slope_degrees) {
  return std::max(0.0, (factor_of_safety - 1) * kGravity * std::sin(slope_degrees * kDegree));
}

double fotopoulou_pitilakis_2015_a(double critical, const SlopeShaking& shaking) {
  return std::exp(-9.891 + 1.873 * std::log(shaking.pgv) - 5.964 * critical
                  + 0.285 * shaking.magnitude);
}

double fotopoulou_pitilakis_2015_b(double critical, const SlopeShaking& shaking) {
  return std::exp(-2.965 + 2.127 * std::log(shaking.pga) - 6.583 * critical
                  + 0.535 * shaking.magnitude);
}

double fotopoulou_pitilakis_2015_c(double critical, const SlopeShaking& shaking) {
  const double ratio = ratio_of_accelerations(critical, shaking.pga);
  return std::exp(-10.246 - 2.165 * std::log(ratio) + 7.844 * critical + 0.654 * shaking.magnitude);
}

double fotopoulou_pitilakis_2015_d(double critical, const SlopeShaking& shaking) {
  const double ratio = ratio_of_accelerations(critical, shaking.pga);
  return std::exp(-8.360 + 1.873 * std::log(shaking.pgv) - 0.347 * std::log(ratio)
                  - 5.964 * critical);
}

double saygili_rathje_2008(double critical, const SlopeShaking& shaking) {
  const double ratio = critical / shaking.pga;
  if (!(ratio < 1))
    return 0;
  return std::exp(-1.56 + quartic(-4.58, -20.84, 44.75, -30.50, ratio)
                  - 0.64 * std::log(shaking.pga) + 1.55 * std::log(shaking.pgv))
         / 100;
}

double rathje_saygili_2009(double critical, const SlopeShaking& shaking) {
  const double ratio = critical / shaking.pga;
  if (!(ratio < 1))
    return 0;
  return std::exp(4.89 + quartic(-4.85, -19.64, 42.49, -29.06, ratio) + 0.72 * std::log(shaking.pga)
                  + 0.89 * (shaking.magnitude - 6))
         / 100;
}

std::vector<std::string_view> landslide_names() {
  std::vector<std::string_view> names;
  for (const auto& regression : regressions())
    names.push_back(regression.name);
  return names;
}

Result<std::unique_ptr<SecondaryPeril>> landslides(std::string_view name,
                                                   const SiteCollection& sites) {
  const auto regression = std::ranges::find(regressions(), name, &Regression::name);
  OQ_TRY(const auto slope, site_values(sites, "slope", name));
  OQ_TRY(const auto cohesion, site_values(sites, "cohesion_mid", name));
  OQ_TRY(const auto friction, site_values(sites, "friction_mid", name));
  OQ_TRY(const auto saturation, site_values(sites, "saturation", name));
  OQ_TRY(const auto density, site_values(sites, "dry_density", name));
  OQ_TRY(const auto thickness, site_values(sites, "slab_thickness", name));
  std::vector<double> safety, critical;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    safety.push_back(factor_of_safety(
      {slope[i], cohesion[i], friction[i], saturation[i], density[i], thickness[i]}));
    critical.push_back(critical_acceleration(safety.back(), slope[i]));
  }
  return std::unique_ptr<SecondaryPeril>(std::make_unique<SlopeDisplacement>(
    regression->needs, regression->displacement, std::move(safety), std::move(critical)));
}

} // namespace oq::engine
