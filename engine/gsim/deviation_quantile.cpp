// The inverse of the chi-square distribution, by the incomplete gamma function.
#include "engine/gsim/deviation_quantile.hpp"

#include "engine/base/math_policy.hpp"

#include <boost/math/special_functions/gamma.hpp>

#include <cmath>

namespace oq::engine {

double deviation_quantile(double mean, double spread, double probability) {
  const double variance = mean * mean;
  const double scale = spread * spread / (2.0 * variance);
  const double degrees = 2.0 * variance * variance / (spread * spread);
  const double chi_square =
    2.0 * boost::math::gamma_p_inv(degrees / 2.0, probability, MathPolicy());
  return std::sqrt(scale * chi_square);
}

} // namespace oq::engine
