// Baker and Jayaram (2008), equation 10.
#include "engine/gsim/baker_jayaram_2008.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oq::engine {

double baker_jayaram_2008(double period_1, double period_2) {
  constexpr double kPi = std::numbers::pi, kCorner = 0.109; // s
  const double shorter = std::min(period_1, period_2), longer = std::max(period_1, period_2);
  const double c1 =
    1.0 - std::cos(kPi / 2.0 - 0.366 * std::log(longer / std::max(shorter, kCorner)));
  const double c2 = longer >= 0.2 ? 0.0
                                  : 1.0
                                      - 0.105 * (1.0 - 1.0 / (1.0 + std::exp(100.0 * longer - 5.0)))
                                          * (longer - shorter) / (longer - 0.0099);
  const double c3 = longer < kCorner ? c2 : c1;
  const double c4 = c1 + 0.5 * (std::sqrt(c3) - c3) * (1.0 + std::cos(kPi * shorter / kCorner));
  if (longer < kCorner)
    return c2;
  if (shorter > kCorner)
    return c1;
  return longer < 0.2 ? std::min(c2, c4) : c4;
}

} // namespace oq::engine
