// The table of Boore et al. (2014), which has a file of its own.
#pragma once

#include "engine/gsim/coefficient_table.hpp"

namespace oq::engine {

struct BooreRow {
  double e0, e1, e2, e3, e4, e5, e6, hinge_mag, c1, c2, c3, h, c, vc, f4, f5, f6, f7;
  double r1, r2, phi_by_distance, phi_by_vs30, phi1, phi2, tau1, tau2;
  // Regional attenuation, added to c3: China and Turkey (high Q), Italy and Japan (low Q).
  double dc3_high_q, dc3_low_q;
  // The basin coefficients as the low-Q variant rounds them.
  double f6_low_q, f7_low_q;
};

const CoefficientTable<BooreRow>& boore_2014_table();

} // namespace oq::engine
