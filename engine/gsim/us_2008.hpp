// What the 2008 US national maps did to every model of the central and eastern states.
// Petersen et al. (2008), USGS Open-File Report 2008-1128.
#pragma once

#include "engine/gsim/imt.hpp"

#include <algorithm>
#include <limits>

namespace oq::engine {

enum class MagnitudeScale { mw, mblg_atkinson_boore_1987, mblg_johnston_1996 };

// Moment magnitude of a magnitude in the given scale.
constexpr double moment_magnitude(MagnitudeScale scale, double m) {
  switch (scale) {
  case MagnitudeScale::mw:
    return m;
  case MagnitudeScale::mblg_atkinson_boore_1987: // Atkinson and Boore (1987)
    return 2.715 - 0.277 * m + 0.127 * m * m;
  case MagnitudeScale::mblg_johnston_1996: // Johnston (1996)
    return 1.14 + 0.24 * m + 0.0933 * m * m;
  }
  return m;
}

// Largest ln median that the maps allow: about 1.5 g for PGA, 3 g for SA at short periods.
// Anything but SA counts as period 0, PGV included.
constexpr double us_2008_ceiling(const Imt& imt) {
  if (imt.period == 0.0)
    return 0.405;
  return imt.period > 0.02 && imt.period < 0.55 ? 1.099 : std::numeric_limits<double>::infinity();
}

} // namespace oq::engine
