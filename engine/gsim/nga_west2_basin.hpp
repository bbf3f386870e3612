// How the US national maps change the basin terms of the NGA-West2 models: scaled by depth, and in
// southern California with coefficients from simulations (CyberShake).
#pragma once

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/imt.hpp"

namespace oq::engine {

struct NgaWest2Basin {
  bool usgs = false, cybershake = false;

  // Whether the coefficients from simulations apply to the IMT.
  bool is_simulated(const Imt& imt) const { return cybershake && imt.is_sa() && imt.period > 1.9; }
  // Added to a basin term with those coefficients.
  double constant(const Imt& imt) const { return is_simulated(imt) ? 0.1 : 0.0; }
  // Share of the basin term that is kept; `z1pt0` in m.
  double share(const Imt& imt, double z1pt0) const;
};

// The arguments usgs_basin_scaling and cybershake_basin_adj.
NgaWest2Basin read_nga_west2_basin(Arguments& arguments);

} // namespace oq::engine
