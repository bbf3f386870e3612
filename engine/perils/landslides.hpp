// Landslides: permanent displacement of an infinite slope.
#pragma once

#include "engine/base/result.hpp"
#include "engine/perils/secondary_peril.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace oq::engine {

// Safety of an infinite slope against sliding: Jibson et al. (2000), Eng. Geol. 58, equation 2.
struct SlopeGround {
  double slope;          // degrees
  double cohesion;       // Pa
  double friction;       // degrees
  double saturation;     // water column by thickness
  double dry_density;    // kg/m3
  double slab_thickness; // m
};
double factor_of_safety(const SlopeGround& ground);
// m/s2; 0 of a slope that does not stand.
double critical_acceleration(double factor_of_safety, double slope_degrees);

// pga in g, pgv in cm/s.
struct SlopeShaking {
  double magnitude, pga, pgv;
};

// Displacements in m of a slope with a critical acceleration in g.
// Fotopoulou and Pitilakis (2015), Bull. Earthq. Eng. 13, 3207-3238: models a to d.
double fotopoulou_pitilakis_2015_a(double critical, const SlopeShaking& shaking);
double fotopoulou_pitilakis_2015_b(double critical, const SlopeShaking& shaking);
double fotopoulou_pitilakis_2015_c(double critical, const SlopeShaking& shaking);
double fotopoulou_pitilakis_2015_d(double critical, const SlopeShaking& shaking);
// Saygili and Rathje (2008), J. Geotech. Geoenviron. Eng. 134(6): of PGA and PGV; Rathje and
// Saygili (2009), Bull. NZ Soc. Earthq. Eng. 42(1): of PGA and magnitude. 0 when PGA is less than
// critical.
double saygili_rathje_2008(double critical, const SlopeShaking& shaking);
double rathje_saygili_2009(double critical, const SlopeShaking& shaking);

// These and Jibson (2007), Eng. Geol. 91, 209-218: equations 6 (of the ratio of accelerations) and
// 7 (of the magnitude, too).
std::vector<std::string_view> landslide_names();
// "Disp", m. REQUIRES: one of these names. Errc::invalid_input: a column that the sites lack.
Result<std::unique_ptr<SecondaryPeril>> landslides(std::string_view name,
                                                   const SiteCollection& sites);

} // namespace oq::engine
