// The tables of Kotha et al. (2020) as the 2020 European hazard model uses them.
#pragma once

#include "engine/gsim/coefficient_table.hpp"

namespace oq::engine {

inline constexpr int kKothaRegions = 5; // attenuation regions with coefficients of their own
inline constexpr int kGeologyUnits = 8; // as geology_code()
inline constexpr int kStressLevels = 5; // of the Icelandic branches

struct KothaRow { // natural logarithm, cm/s2 and cm/s
  double e1, b1, b2, b3, c1, c2, c3, tau_c3, tau_l2l;
  double d0_measured, d1_measured, phi_measured, d0_inferred, d1_inferred, phi_inferred;
};
struct KothaSigmaMuRow { // at M 8 and 7.4, by depth
  double m8_shallow, m8_intermediate, m8_deep, m7p4_shallow, m7p4_intermediate, m7p4_deep;
};
struct KothaRegionRow {
  struct {
    double c3, tau;
  } region[kKothaRegions];
};
struct KothaPhi0Row {
  double a, b; // up to M 5 and from M 6.5
};
struct KothaSlopeRow {
  double v1, v2, phi_s2s;
};
struct KothaGeologyRow {
  double unit[kGeologyUnits];
};
struct KothaIcelandRow {
  double dl2l[kStressLevels];
};

const CoefficientTable<KothaRow>& kotha_2020_table();
const CoefficientTable<KothaSigmaMuRow>& kotha_2020_sigma_mu();
const CoefficientTable<KothaRegionRow>& kotha_2020_regions(); // without PGV
const CoefficientTable<KothaPhi0Row>& kotha_2020_phi0();
const CoefficientTable<KothaSlopeRow>& kotha_2020_slope();
const CoefficientTable<KothaGeologyRow>& kotha_2020_geology_intercepts();
const CoefficientTable<KothaGeologyRow>& kotha_2020_geology_slopes();
const CoefficientTable<KothaIcelandRow>& kotha_2020_iceland(); // without PGV

} // namespace oq::engine
