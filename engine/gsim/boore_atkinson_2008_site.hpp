// The site amplification of Boore and Atkinson (2008), which other published models borrow.
#pragma once

#include "engine/gsim/coefficient_table.hpp"

namespace oq::engine {

struct BooreAtkinsonSoilRow { // table 3
  double blin, b1, b2;
};
const CoefficientTable<BooreAtkinsonSoilRow>& boore_atkinson_2008_soil_table();

// Equation 8 divided by its slope b_nl: a function of the rock motion (ln g) alone.
double boore_atkinson_2008_nonlinear_range(double ln_rock_pga);
// Equation 13, b_nl; `ln_ratio` is ln(vs30 / 760).
double boore_atkinson_2008_nonlinear_slope(const BooreAtkinsonSoilRow& c, double vs30,
                                           double ln_ratio);
// Equations 6 to 8: both together with the linear term.
double boore_atkinson_2008_site_term(const BooreAtkinsonSoilRow& c, double vs30,
                                     double ln_rock_pga);

} // namespace oq::engine
