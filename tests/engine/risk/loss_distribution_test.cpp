// Survival functions against the closed forms of the distributions.
#include "engine/risk/loss_distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

constexpr auto kLognormal = LossDistribution::lognormal;
constexpr auto kBeta = LossDistribution::beta;

TEST(LossSurvival, OfALognormalIsOneHalfAtItsMedian) {
  const double mean = 0.3, deviation = 0.2;
  const double median = mean * mean / std::sqrt(mean * mean + deviation * deviation);

  EXPECT_NEAR(loss_survival(kLognormal, median, mean, deviation), 0.5, 1e-15);
}

TEST(LossSurvival, OfALognormalFollowsTheNormalTable) {
  const double mean = 0.3, deviation = 0.2;
  const double median = mean * mean / std::sqrt(mean * mean + deviation * deviation);
  const double sigma = std::sqrt(std::log(1 + deviation * deviation / (mean * mean)));

  EXPECT_NEAR(loss_survival(kLognormal, median * std::exp(sigma), mean, deviation),
              0.15865525393145705, 1e-14);
  EXPECT_NEAR(loss_survival(kLognormal, median * std::exp(-2 * sigma), mean, deviation),
              0.97724986805182079, 1e-14);
}

TEST(LossSurvival, OfABetaWithOneAndOneIsUniform) {
  const double deviation = std::sqrt(1.0 / 12);

  EXPECT_NEAR(loss_survival(kBeta, 0.3, 0.5, deviation), 0.7, 1e-14);
}

TEST(LossSurvival, OfABetaWithTwoAndOneIsOneMinusTheSquare) {
  EXPECT_NEAR(loss_survival(kBeta, 0.3, 2.0 / 3, std::sqrt(1.0 / 18)), 1 - 0.09, 1e-14);
}

TEST(LossSurvival, OfABetaIsZeroAtOneAndOneAtZero) {
  EXPECT_EQ(loss_survival(kBeta, 0, 0.5, 0.1), 1);
  EXPECT_EQ(loss_survival(kBeta, 1, 0.5, 0.1), 0);
}

TEST(LossSurvival, OfTheWidestBetaIsAllOrNothing) {
  EXPECT_NEAR(loss_survival(kBeta, 0.9, 0.25, std::sqrt(0.25 * 0.75)), 0.25, 1e-12);
}

TEST(LossSurvival, OfAVeryNarrowBetaIsAStep) {
  EXPECT_NEAR(loss_survival(kBeta, 0.4999, 0.5, 1e-6), 1, 1e-12);
  EXPECT_NEAR(loss_survival(kBeta, 0.5001, 0.5, 1e-6), 0, 1e-12);
}

TEST(LossSurvival, WithoutDeviationIsAStepAtTheMean) {
  EXPECT_EQ(loss_survival(kLognormal, 0.3, 0.3, 0), 1);
  EXPECT_EQ(loss_survival(kLognormal, 0.3000001, 0.3, 0), 0);
}

TEST(LossSurvival, OfAMeanOfZeroIsZeroEvenAtZero) {
  EXPECT_EQ(loss_survival(kLognormal, 0, 0, 0), 0);
}

} // namespace
} // namespace oq::engine
