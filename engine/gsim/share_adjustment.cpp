// The style-of-faulting scheme that SHARE applied to models without one.
#include "engine/gsim/share_adjustment.hpp"

#include <cmath>

namespace oq::engine {

double ln_share_adjustment(const ShareRow& row, double rake) {
  constexpr double kNormalRatio = 0.95;      // normal to strike-slip motions
  constexpr double kNormalProportion = 0.01; // of the records behind the models
  constexpr double kReverseProportion = 0.81;
  double reverse_power = -kReverseProportion;
  double normal_power = -kNormalProportion;
  if (rake > 30.0 && rake <= 150.0)
    reverse_power += 1.0;
  else if (rake > -120.0 && rake <= -60.0)
    normal_power += 1.0;
  return reverse_power * std::log(row.f_reverse) + normal_power * std::log(kNormalRatio)
         + std::log(row.rock);
}

} // namespace oq::engine
