// Tests of weighted statistics against hand-computed values.
#include "engine/hazard/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

using Kind = Statistic::Kind;

double value_of(Statistic statistic, std::vector<double> values, std::vector<double> weights) {
  std::vector<std::size_t> scratch;
  return evaluate(statistic, values, weights, scratch);
}

TEST(Statistics, MeanIsWeighted) {
  EXPECT_DOUBLE_EQ(value_of({Kind::mean}, {0.1, 0.5}, {0.75, 0.25}), 0.2);
}

TEST(Statistics, StandardDeviationIsAboutTheWeightedMean) {
  EXPECT_DOUBLE_EQ(value_of({Kind::std_dev}, {1.0, 5.0}, {0.75, 0.25}), std::sqrt(3.0));
}

TEST(Statistics, MaximumIgnoresWeights) {
  EXPECT_EQ(value_of({Kind::maximum}, {0.1, 0.5, 0.3}, {0.8, 0.1, 0.1}), 0.5);
}

// Values 1, 2, 3, 4 stand at cumulative weights 0.25, 0.5, 0.75, 1.
TEST(Statistics, QuantilesInterpolateInTheCumulativeWeight) {
  const std::vector<double> values{3, 1, 4, 2}, weights(4, 0.25);

  EXPECT_DOUBLE_EQ(value_of({Kind::quantile, 0.5}, values, weights), 2.0);
  EXPECT_DOUBLE_EQ(value_of({Kind::quantile, 0.6}, values, weights), 2.4);
  EXPECT_DOUBLE_EQ(value_of({Kind::quantile, 0.1}, values, weights), 1.0);
  EXPECT_DOUBLE_EQ(value_of({Kind::quantile, 1.0}, values, weights), 4.0);
}

TEST(Statistics, QuantilesFollowUnequalWeights) {
  // 1 stands at 0.1, 2 at 0.9, 5 at 1.
  EXPECT_DOUBLE_EQ(value_of({Kind::quantile, 0.5}, {2, 1, 5}, {0.8, 0.1, 0.1}), 1.5);
}

// Values 1, 2, 2, 3: the lighter 2 stands at 0.2, the heavier at 0.8.
TEST(Statistics, OfEqualValuesTheLightestComesFirst) {
  const std::vector<double> weights{0.1, 0.6, 0.1, 0.2};

  EXPECT_DOUBLE_EQ(value_of({Kind::quantile, 0.25}, {1, 2, 2, 3}, weights), 2.0);
  EXPECT_DOUBLE_EQ(value_of({Kind::quantile, 0.15}, {1, 2, 2, 3}, weights), 1.5);
}

TEST(Statistics, NamesAreThoseOfOpenQuakesFiles) {
  EXPECT_EQ((Statistic{Kind::quantile, 0.15}).name(), "quantile-0.15");
  EXPECT_EQ((Statistic{Kind::std_dev}).name(), "std");
}

TEST(Interpolate, TakesTheLastOfEqualAbscissae) {
  const std::vector<double> x{0, 1, 1, 2}, y{0, 10, 20, 30};

  EXPECT_DOUBLE_EQ(interpolate(1.0, x, y), 20.0);
  EXPECT_DOUBLE_EQ(interpolate(0.5, x, y), 5.0);
  EXPECT_DOUBLE_EQ(interpolate(-1.0, x, y), 0.0);
  EXPECT_DOUBLE_EQ(interpolate(3.0, x, y), 30.0);
}

} // namespace
} // namespace oq::engine
