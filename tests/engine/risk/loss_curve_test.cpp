// Loss curves against forms that can be worked out by hand.
#include "engine/risk/loss_curve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

using ::testing::ElementsAre;

// Without spread, so that a ratio is exceeded at the levels whose mean is not below it.
VulnerabilityFunction steps(std::vector<double> levels, std::vector<double> means) {
  VulnerabilityFunction function;
  function.id = "W";
  function.variations.assign(levels.size(), 0);
  function.levels = std::move(levels);
  function.mean_ratios = std::move(means);
  return function;
}

std::vector<double> exceedance(const LossCurveKernel& kernel, const std::vector<double>& hazard) {
  std::vector<double> poes(kernel.ratios().size());
  kernel.exceedance(hazard, poes);
  return poes;
}

double rate(double poe, double time) {
  return -std::log(1 - poe) / time;
}

TEST(LossRatios, GetZeroAndOneWhenTheyAreNotSpanned) {
  EXPECT_THAT(loss_ratios(steps({1, 2}, {0.1, 0.5}), 1), ElementsAre(0, 0.1, 0.5, 1));
}

TEST(LossRatios, KeepTheirOwnZeroAndOne) {
  EXPECT_THAT(loss_ratios(steps({1, 2}, {0, 1}), 0), ElementsAre(0, 1));
}

TEST(LossRatios, AreSplitIntoEqualSteps) {
  EXPECT_THAT(loss_ratios(steps({1, 2}, {0, 1}), 4), ElementsAre(0, 0.25, 0.5, 0.75, 1));
}

TEST(LossCurve, OfAConstantHazardIsZero) {
  // Every interval of intensity has no occurrence: the rate is the same at both its ends.
  const auto function = steps({0.2, 0.4}, {0.1, 0.5});
  const LossCurveKernel kernel(function, loss_ratios(function, 1), std::vector{0.1, 0.5, 1.0}, 50,
                               50);

  EXPECT_THAT(exceedance(kernel, {0.3, 0.3, 0.3}), ElementsAre(0, 0, 0, 0));
}

TEST(LossCurve, AddsTheOccurrencesOfTheLevelsThatExceedARatio) {
  // Intervals of the levels 1, 2, 3 are bounded by 0.5, 1.5, 2.5, 3.5: hazard levels themselves.
  const auto function = steps({1, 2, 3}, {0.1, 0.4, 0.8});
  const LossCurveKernel kernel(function, {0.1, 0.4, 0.8}, std::vector{0.5, 1.5, 2.5, 3.5}, 50, 50);
  const std::vector<double> hazard = {0.4, 0.2, 0.05, 0.01};

  const auto poes = exceedance(kernel, hazard);

  for (std::size_t i = 0; i < 3; ++i) {
    const double loss_rate = rate(hazard[i], 50) - rate(hazard[3], 50);
    EXPECT_NEAR(poes[i], 1 - std::exp(-50 * loss_rate), 1e-15);
  }
}

TEST(LossCurve, InterpolatesTheHazardLinearly) {
  // Bounds 0.5, 1.5, 2.5 in the middle of hazard levels 0, 1, 2, 3.
  const auto function = steps({1, 2}, {0.1, 0.4});
  const LossCurveKernel kernel(function, {0.4}, std::vector{0.0, 1.0, 2.0, 3.0}, 1, 1);

  const auto poes = exceedance(kernel, {0.8, 0.6, 0.2, 0.1});

  EXPECT_NEAR(poes[0], 1 - std::exp(-(rate(0.4, 1) - rate(0.15, 1))), 1e-15);
}

TEST(LossCurve, ClampsItsIntensitiesToTheHazardLevels) {
  const auto function = steps({1, 2}, {0.1, 0.4});
  const LossCurveKernel kernel(function, {0.1}, std::vector{1.2, 1.8}, 1, 1);

  const auto poes = exceedance(kernel, {0.3, 0.1});

  EXPECT_NEAR(poes[0], 1 - std::exp(-(rate(0.3, 1) - rate(0.1, 1))), 1e-15);
}

TEST(LossCurve, ScalesWithTheRiskTime) {
  const auto function = steps({1, 2}, {0.1, 0.4});
  const LossCurveKernel kernel(function, {0.1}, std::vector{0.5, 1.5, 2.5}, 50, 1);

  const auto poes = exceedance(kernel, {0.3, 0.1, 0.0});

  EXPECT_NEAR(poes[0], 1 - std::exp(-rate(0.3, 50)), 1e-16);
}

TEST(LossCurve, OfACertainHazardUsesTheLargestProbabilityBelowOne) {
  const auto function = steps({1, 2}, {0.1, 0.4});
  const LossCurveKernel kernel(function, {0.1, 0.4}, std::vector{0.5, 1.5, 2.5}, 50, 50);

  const auto poes = exceedance(kernel, {1.0, 1.0, 0.5});

  // 1 - exp(-(ln(1 / (1 - 0.9999999999999999)) - ln 2)) = 1 - 2 (1 - 0.9999999999999999)
  EXPECT_NEAR(poes[1], 1 - 2 * (1 - 0.9999999999999999), 1e-16);
  EXPECT_TRUE(std::isfinite(poes[0]));
}

TEST(AverageLoss, IsTheAreaUnderTheCurve) {
  EXPECT_DOUBLE_EQ(average_loss(std::vector{0.0, 10.0, 30.0}, std::vector{0.5, 0.3, 0.1}),
                   10 * 0.4 + 20 * 0.2);
}

class LossAt : public ::testing::Test {
protected:
  const std::vector<double> losses = {0, 10, 20, 30};
  const std::vector<double> poes = {0.5, 0.4, 0.4, 0.1};
};

TEST_F(LossAt, AboveTheCurveIsZero) {
  EXPECT_EQ(loss_at(losses, poes, 0.6), 0);
}
TEST_F(LossAt, BelowTheCurveIsTheLargestLoss) {
  EXPECT_EQ(loss_at(losses, poes, 0.05), 30);
}
TEST_F(LossAt, OnAFlatPieceIsItsLargestLoss) {
  EXPECT_EQ(loss_at(losses, poes, 0.4), 20);
}
TEST_F(LossAt, BetweenPointsIsInterpolated) {
  EXPECT_DOUBLE_EQ(loss_at(losses, poes, 0.25), 25);
}
TEST_F(LossAt, OfACurveOfZerosIsItsLargestLossAtZero) {
  EXPECT_EQ(loss_at(losses, std::vector<double>(4), 0), 30);
}

} // namespace
} // namespace oq::engine
