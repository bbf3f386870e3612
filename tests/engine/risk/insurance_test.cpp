// Claims of single losses and of loss curves, by hand.
#include "engine/risk/insurance.hpp"

#include "engine/risk/loss_curve.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace oq::engine {
namespace {

using ::testing::DoubleNear;
using ::testing::Pointwise;

constexpr Cover kCover{0.1, 0.4};

TEST(Claim, IsNothingUpToTheDeductible) {
  EXPECT_EQ(claim(10, 100, kCover), 0);
}

TEST(Claim, IsTheLossLessTheDeductible) {
  EXPECT_DOUBLE_EQ(claim(30, 100, kCover), 20);
}

TEST(Claim, EndsAtTheLimit) {
  EXPECT_DOUBLE_EQ(claim(90, 100, kCover), 30);
}

// A loss ratio that is uniform between 0 and 1.
class InsuredCurve : public ::testing::Test {
protected:
  std::vector<double> ratios{0, 0.25, 0.5, 0.75, 1}, poes{1, 0.75, 0.5, 0.25, 0};
};

TEST_F(InsuredCurve, StartsAtTheProbabilityOfTheDeductible) {
  insure_curve(kCover, ratios, poes);

  EXPECT_EQ(ratios.front(), 0);
  EXPECT_DOUBLE_EQ(poes.front(), 0.9);
}

TEST_F(InsuredCurve, EndsAtTheLimit) {
  insure_curve(kCover, ratios, poes);

  EXPECT_DOUBLE_EQ(ratios.back(), 0.3);
  EXPECT_DOUBLE_EQ(poes.back(), 0.6);
  EXPECT_TRUE(std::ranges::is_sorted(ratios));
}

// The integral of 1 - x from 0.1 to 0.4.
TEST_F(InsuredCurve, HasTheMeanOfTheClaims) {
  insure_curve(kCover, ratios, poes);

  EXPECT_NEAR(average_loss(ratios, poes), 0.225, 1e-15);
}

TEST_F(InsuredCurve, IsTheLossCurveWithoutDeductibleAndLimit) {
  const auto ratios_before = ratios, poes_before = poes;

  insure_curve({0, 1}, ratios, poes);

  EXPECT_THAT(ratios, Pointwise(DoubleNear(1e-15), ratios_before));
  EXPECT_THAT(poes, Pointwise(DoubleNear(1e-15), poes_before));
}

} // namespace
} // namespace oq::engine
