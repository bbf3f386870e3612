// The table of Cauzzi et al. (2014), whose 200 periods have a file of their own.
#pragma once

#include "engine/gsim/coefficient_table.hpp"

namespace oq::engine {

struct CauzziEtAlRow { // base 10
  double c1, m1, m2, r1, r2, r3, bv, va, f_normal, f_reverse, f_strike_slip, phi, tau, sigma;
  double tau_no_style, sigma_no_style, class_b, class_c, class_d, bv_800;
};

const CoefficientTable<CauzziEtAlRow>& cauzzi_2014_table();

} // namespace oq::engine
