// Scaling of basin terms as in the 2018 US national seismic hazard model (Petersen et al. 2020,
// Earthquake Spectra 36(1), 5-41).
#include "engine/gsim/basin_terms.hpp"

#include <algorithm>

namespace oq::engine {

double usgs_basin_share(const Imt& imt, double z2pt5) {
  constexpr double kShallow = 1.0, kDeep = 3.0; // km
  if (!imt.is_sa() || imt.period <= 0.5)
    return 0.0;
  const double share = std::clamp((z2pt5 - kShallow) / (kDeep - kShallow), 0.0, 1.0);
  return imt.period == 0.75 ? 0.585 * share : share;
}

} // namespace oq::engine
