// The basin terms that models of subduction and of western North America share.
#pragma once

#include "engine/gsim/imt.hpp"

namespace oq::engine {

// Campbell and Bozorgnia (2014), Earthquake Spectra 30(3), equation 20, global form; `z2pt5` in km.
bool has_campbell_bozorgnia_basin_term(const Imt& imt);
// REQUIRES: has_campbell_bozorgnia_basin_term(imt).
double campbell_bozorgnia_basin_term(const Imt& imt, double z2pt5);

// Moschetti et al. (2024): from this depth, km, long periods are twice as strong.
inline constexpr double kM9BasinDepth = 6.0;
inline constexpr double kM9BasinTerm = 0.6931471805599453; // ln 2
inline bool has_m9_basin_term(const Imt& imt) {
  return imt.is_sa() && imt.period >= 1.9;
}

// Share of its basin term that a model keeps in the US national maps; `z2pt5` in km.
double usgs_basin_share(const Imt& imt, double z2pt5);

} // namespace oq::engine
