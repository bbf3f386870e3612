// Newmark displacements by regressions on the ratio of critical to peak acceleration.
#include "engine/perils/landslides.hpp"

#include "engine/perils/site_values.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oq::engine {
namespace {

constexpr double kGravity = 9.81;       // m/s2
constexpr double kWater = 1000;         // kg/m3
constexpr double kSmallestRatio = 0.05; // below, the regressions have no data
constexpr double kDegree = std::numbers::pi / 180;

class Jibson2007 final : public SecondaryPeril {
public:
  Jibson2007(bool with_magnitude, std::vector<double> safety, std::vector<double> critical)
    : with_magnitude_(with_magnitude), safety_(std::move(safety)), critical_(std::move(critical)) {}

  std::vector<Imt> needs() const override { return {kPga}; }
  std::vector<std::string> gives() const override { return {"Disp"}; }
  std::vector<SiteColumn> site_columns() const override {
    return {{"Fs", SiteColumn::Kind::real, safety_, {}},
            {"crit_accel", SiteColumn::Kind::real, critical_, {}}};
  }
  void compute(std::size_t site, double magnitude, std::span<const double> shaking,
               std::span<double> out) const override {
    // The reference engine divides m/s2 by g.
    const double ratio = std::max(critical_[site] / shaking[0], kSmallestRatio);
    if (!(ratio < 1)) {
      out[0] = 0;
      return;
    }
    const double log_cm =
      with_magnitude_
        ? -2.71 + 2.335 * std::log10(1 - ratio) - 1.478 * std::log10(ratio) + 0.424 * magnitude
        : 0.215 + 2.341 * std::log10(1 - ratio) - 1.438 * std::log10(ratio);
    out[0] = std::pow(10.0, log_cm) / 100;
  }

private:
  bool with_magnitude_;
  std::vector<double> safety_, critical_;
};

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

Result<std::unique_ptr<SecondaryPeril>> jibson_2007(const SiteCollection& sites,
                                                    bool with_magnitude) {
  const char* const name = with_magnitude ? "Jibson2007BLandslides" : "Jibson2007ALandslides";
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
  return std::unique_ptr<SecondaryPeril>(
    std::make_unique<Jibson2007>(with_magnitude, std::move(safety), std::move(critical)));
}

} // namespace oq::engine
