// Basin terms of the US national maps: Moschetti et al. (2024), Earthquake Spectra 40(2).
#include "engine/gsim/nga_west2_basin.hpp"

#include <algorithm>

namespace oq::engine {

double NgaWest2Basin::share(const Imt& imt, double z1pt0) const {
  constexpr double kShallow = 300.0, kDeep = 500.0; // m
  if (!usgs)
    return 1.0;
  if (!imt.is_sa() || imt.period <= 0.5)
    return 0.0;
  const double kept = std::clamp((z1pt0 - kShallow) / (kDeep - kShallow), 0.0, 1.0);
  return imt.period == 0.75 ? 0.585 * kept : kept;
}

NgaWest2Basin read_nga_west2_basin(Arguments& arguments) {
  return {.usgs = arguments.flag("usgs_basin_scaling", false),
          .cybershake = arguments.flag("cybershake_basin_adj", false)};
}

} // namespace oq::engine
