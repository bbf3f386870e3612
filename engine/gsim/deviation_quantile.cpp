// The inverse of the chi-square distribution, by the incomplete gamma function.
#include "engine/gsim/deviation_quantile.hpp"

#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>

namespace oq::engine {

namespace {

// No exceptions, no promotion to long double: the same bits on every machine.
using Quiet = boost::math::policies::policy<
  boost::math::policies::domain_error<boost::math::policies::ignore_error>,
  boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
  boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
  boost::math::policies::promote_double<false>>;

} // namespace

double deviation_quantile(double mean, double spread, double probability) {
  const double variance = mean * mean;
  const double scale = spread * spread / (2.0 * variance);
  const double degrees = 2.0 * variance * variance / (spread * spread);
  const double chi_square = 2.0 * boost::math::gamma_p_inv(degrees / 2.0, probability, Quiet());
  return std::sqrt(scale * chi_square);
}

} // namespace oq::engine
