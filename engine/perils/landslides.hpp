// Landslides: permanent displacement of an infinite slope.
#pragma once

#include "engine/base/result.hpp"
#include "engine/perils/secondary_peril.hpp"

#include <memory>

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

// Jibson (2007), Eng. Geol. 91, 209-218: equations 6 (of the ratio of accelerations) and 7 (of the
// magnitude, too); displacement "Disp" in m.
Result<std::unique_ptr<SecondaryPeril>> jibson_2007(const SiteCollection& sites,
                                                    bool with_magnitude);

} // namespace oq::engine
