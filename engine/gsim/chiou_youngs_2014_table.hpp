// The tables of Chiou and Youngs (2014), which have a file of their own.
#pragma once

#include "engine/gsim/coefficient_table.hpp"

namespace oq::engine {

struct ChiouYoungsRow { // tables 1 to 5; unused: c8, c8b (directivity), sig2jp
  double c1, c1a, c1b, c1c, c1d, cn, cm, c3, c5, chm, c6, c7, c7b, c9, c9a, c9b, c11b, cg1, cg2,
    cg3;
  double phi1, phi2, phi3, phi4, phi5, gjpit, gwn, phi1jp, phi5jp, tau1, tau2, sig1, sig2, sig3;
};

struct ChiouYoungsBasinRow { // basin coefficients from simulations
  double phi5, phi6;
};

// Shift of cm a decade of stress: Boore et al. (2022), Bull. Seismol. Soc. Am. 112(6), 3063-3080.
struct ChiouYoungsStressRow {
  double down, up;
};

const CoefficientTable<ChiouYoungsRow>& chiou_youngs_2014_table();
const CoefficientTable<ChiouYoungsBasinRow>& chiou_youngs_2014_simulated_basin();
const CoefficientTable<ChiouYoungsStressRow>& chiou_youngs_2014_stress();

} // namespace oq::engine
