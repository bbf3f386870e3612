// Rows of the Cauzzi and Faccioli (2008) tables, whose 400 periods have a file of their own.
#pragma once

#include "engine/gsim/coefficient_table.hpp"

namespace oq::engine {

// Base 10. a_b, a_c, a_d: Eurocode 8 ground classes.
struct CauzziRow {
  double a1, a2, a_normal, a_reverse, a_strike_slip, a3, a_b, a_c, a_d, sigma;
};
struct FaccioliRow {
  double a1, a2, a3, a4, a5, a_b, a_c, a_d, a_normal, a_reverse, a_strike_slip, sigma;
};

const CoefficientTable<CauzziRow>& cauzzi_faccioli_2008_table();

} // namespace oq::engine
