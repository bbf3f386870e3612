// Survival functions of the lognormal and the beta distribution.
#include "engine/risk/loss_distribution.hpp"

#include "engine/base/math_policy.hpp"

#include <boost/math/special_functions/beta.hpp>

#include <cassert>
#include <cmath>
#include <numbers>

namespace oq::engine {
namespace {

double lognormal_survival(double ratio, double mean, double deviation) {
  if (ratio <= 0)
    return 1;
  const double variance = deviation * deviation;
  const double sigma = std::sqrt(std::log1p(variance / (mean * mean)));
  const double median = mean * mean / std::sqrt(variance + mean * mean);
  return 0.5 * std::erfc(std::log(ratio / median) / (sigma * std::numbers::sqrt2));
}

double beta_survival(double ratio, double mean, double deviation) {
  if (ratio <= 0)
    return 1;
  if (ratio >= 1)
    return 0;
  const double c = (1 - mean) / (deviation * deviation) - 1 / mean;
  const double alpha = c * mean * mean, beta = c * (mean - mean * mean);
  if (!(alpha > 0) || !(beta > 0)) // the widest case: all or nothing
    return mean;
  return boost::math::ibetac(alpha, beta, ratio, MathPolicy());
}

} // namespace

double loss_survival(LossDistribution distribution, double ratio, double mean, double deviation) {
  assert(distribution != LossDistribution::probability_mass);
  if (deviation == 0 || mean == 0)
    return mean != 0 && ratio <= mean ? 1 : 0;
  return distribution == LossDistribution::lognormal ? lognormal_survival(ratio, mean, deviation)
                                                     : beta_survival(ratio, mean, deviation);
}

} // namespace oq::engine
