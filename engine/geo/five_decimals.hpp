// five_decimals: coordinates as they are kept, to about a metre.
#pragma once

#include <cmath>

namespace oq::engine {

// Half to even, as numpy rounds.
inline double five_decimals(double degrees) {
  return std::nearbyint(degrees * 1e5) / 1e5;
}

} // namespace oq::engine
