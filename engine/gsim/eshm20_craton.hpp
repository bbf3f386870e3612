// The tables of the craton backbone of the 2020 European hazard model.
#pragma once

#include "engine/gsim/coefficient_table.hpp"

namespace oq::engine {

struct CratonRow { // natural logarithm, g
  double e1, b1, b2, b3, c1, c2, c3, sigma_mu;
};
struct NgaEastLinearRow { // Stewart et al. (2020)
  double c, v1, v2, vf, sigma_vc, sigma_l, sigma_u;
};
struct NgaEastF760Row { // from 3000 to 760 m/s, by impedance or gradient, with their deviations
  double impedance, gradient, impedance_sigma, gradient_sigma;
};
struct NgaEastNonlinearRow { // Hashash et al. (2020)
  double f3, f4, f5, vc, sigma_c;
};
struct PhiSsRow { // Al Atik (2015): up to M 5 and from M 6.5, with the deviations of their squares
  double a, b, a_spread, b_spread;
};
struct PhiSsTable {
  const CoefficientTable<PhiSsRow>& means;
  std::span<const TableEntry<PhiSsRow>> rows; // as published
};
struct PhiS2sRow { // Petersen et al. (2020): up to 1200 and from 1500 m/s
  double slow, fast;
};

const CoefficientTable<CratonRow>& eshm20_craton_table();
const CoefficientTable<NgaEastLinearRow>& nga_east_linear();
const CoefficientTable<NgaEastF760Row>& nga_east_f760();
const CoefficientTable<NgaEastNonlinearRow>& nga_east_nonlinear();
PhiSsTable phi_ss_global();
PhiSsTable phi_ss_cena();
PhiSsTable phi_ss_cena_constant();
const CoefficientTable<PhiS2sRow>& phi_s2s_panel();

} // namespace oq::engine
