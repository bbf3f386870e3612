// The tables of Akkar, Sandikkaya and Bommer (2014), which have a file of their own.
#pragma once

#include "engine/gsim/coefficient_table.hpp"

namespace oq::engine {

struct AkkarRow { // natural logarithm, g and cm/s
  double a1, a2, a3, a4, a5, a6, a7, a8, a9, c, n, b1, b2, sigma, tau;
};

const CoefficientTable<AkkarRow>& akkar_2014_rjb_table();
const CoefficientTable<AkkarRow>& akkar_2014_repi_table();
const CoefficientTable<AkkarRow>& akkar_2014_rhypo_table();

} // namespace oq::engine
