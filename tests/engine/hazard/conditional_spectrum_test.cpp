// Tests of what one rupture adds to a conditional spectrum.
#include "engine/hazard/conditional_spectrum.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

// Moments of the second of two motions when the first one exceeds exp(-1).
std::vector<double> moments(double correlation) {
  double means[] = {-2.0, -3.0}, sigmas[] = {0.5, 0.8};
  const GroundMotion motions[] = {{std::span(means, 1), std::span(sigmas, 1), {}, {}},
                                  {std::span(means + 1, 1), std::span(sigmas + 1, 1), {}, {}}};
  const Occurrence occurrence{.expected = 0.01};
  const ConditionalSpectrumKernel kernel({-1.0}, 0, {1.0, correlation}, TruncatedNormal(99));
  std::vector<double> sums(ConditionalSpectrumKernel::kMoments);
  kernel.add_probabilities({.ln_mean = means[1],
                            .sigma = sigmas[1],
                            .motions = motions,
                            .index = 0,
                            .occurrence = &occurrence},
                           1, 1.0, sums);
  return sums;
}

// Of the first motion, two standard deviations above its mean.
const double kExceedances = 0.01 * 0.5 * std::erfc(2 / std::sqrt(2.0));

TEST(ConditionalSpectrum, CountsExceedancesOfTheConditioningMotion) {
  EXPECT_NEAR(moments(0.3)[0], kExceedances, 1e-14);
}

TEST(ConditionalSpectrum, KeepsAMotionThatIsIndependent) {
  const std::vector<double> sums = moments(0);
  EXPECT_NEAR(sums[1] / sums[0], -3.0, 1e-12);
  EXPECT_NEAR(sums[2] / sums[0] - 9.0, 0.64, 1e-12);
}

TEST(ConditionalSpectrum, MovesACorrelatedMotionByItsShareOfEpsilon) {
  const std::vector<double> sums = moments(0.5);
  const double mean = -3.0 + 0.5 * 2.0 * 0.8;
  EXPECT_NEAR(sums[1] / sums[0], mean, 1e-12);
  EXPECT_NEAR(sums[2] / sums[0] - mean * mean, 0.64 * 0.75, 1e-12);
}

} // namespace
} // namespace oq::engine
