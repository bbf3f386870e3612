// Tests of the bins of magnitude-frequency distributions.
#include "engine/source/mfd.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace oq::engine {
namespace {

TEST(TruncatedGutenbergRichter, BinsAreCentredAndAddUpToTheCumulativeRate) {
  const auto bins = discretize(TruncatedGutenbergRichter{4.0, 1.0, 5.0, 7.0}, 0.5);

  ASSERT_TRUE(bins);
  ASSERT_EQ(bins->size(), 4u);
  EXPECT_DOUBLE_EQ(bins->front().magnitude, 5.25);
  double sum = 0;
  for (const MagnitudeRate& bin : *bins)
    sum += bin.rate;
  EXPECT_NEAR(sum, std::pow(10.0, -1.0) - std::pow(10.0, -3.0), 1e-15);
}

TEST(TruncatedGutenbergRichter, MagnitudesAreRoundedToTheBinWidthHalfAwayFromZero) {
  const auto bins = discretize(TruncatedGutenbergRichter{4.0, 1.0, 5.25, 6.1}, 0.5);

  ASSERT_TRUE(bins);
  ASSERT_EQ(bins->size(), 1u); // 5.5 to 6.0
  EXPECT_DOUBLE_EQ(bins->front().magnitude, 5.75);
}

TEST(TruncatedGutenbergRichter, EqualLimitsMakeOneBinAtThem) {
  const auto bins = discretize(TruncatedGutenbergRichter{4.0, 1.0, 6.0, 6.0}, 1.0);

  ASSERT_TRUE(bins);
  ASSERT_EQ(bins->size(), 1u);
  EXPECT_DOUBLE_EQ(bins->front().magnitude, 6.0);
  EXPECT_NEAR(bins->front().rate, std::pow(10.0, -1.5) - std::pow(10.0, -2.5), 1e-15);
}

TEST(TruncatedGutenbergRichter, ImpossibleParametersAreErrors) {
  EXPECT_FALSE(discretize(TruncatedGutenbergRichter{4.0, 1.0, 7.0, 5.0}, 0.1));
  EXPECT_FALSE(discretize(TruncatedGutenbergRichter{4.0, -1.0, 5.0, 7.0}, 0.1));
  EXPECT_FALSE(discretize(TruncatedGutenbergRichter{std::nan(""), 1.0, 5.0, 7.0}, 0.1));
  EXPECT_FALSE(discretize(TruncatedGutenbergRichter{4.0, 1.0, 5.0, 7.0}, 0.0));
}

TEST(TruncatedGutenbergRichter, AMinuteBinWidthIsAnErrorAndNotAnAvalanche) {
  EXPECT_FALSE(discretize(TruncatedGutenbergRichter{4.0, 1.0, 5.0, 7.0}, 1e-12));
}

TEST(IncrementalMfd, MagnitudesStepByTheBinWidthAndEmptyBinsAreLeftOut) {
  const auto bins = discretize(IncrementalMfd{5.0, 0.5, {0.1, 0.0, 0.01}}, 99.0);

  ASSERT_TRUE(bins);
  ASSERT_EQ(bins->size(), 2u);
  EXPECT_DOUBLE_EQ((*bins)[1].magnitude, 6.0);
  EXPECT_DOUBLE_EQ((*bins)[1].rate, 0.01);
}

TEST(IncrementalMfd, ANegativeOrInfiniteRateIsAnError) {
  EXPECT_FALSE(discretize(IncrementalMfd{5.0, 0.5, {0.1, -0.1}}, 1.0));
  EXPECT_FALSE(
    discretize(IncrementalMfd{5.0, 0.5, {std::numeric_limits<double>::infinity()}}, 1.0));
}

TEST(ArbitraryMfd, PairsComeOutAscending) {
  const auto bins = discretize(ArbitraryMfd{{7.0, 5.0}, {0.001, 0.1}}, 1.0);

  ASSERT_TRUE(bins);
  EXPECT_DOUBLE_EQ(bins->front().magnitude, 5.0);
  EXPECT_DOUBLE_EQ(bins->front().rate, 0.1);
}

TEST(ArbitraryMfd, AsManyRatesAsMagnitudesOrAnError) {
  EXPECT_FALSE(discretize(ArbitraryMfd{{5.0, 6.0}, {0.1}}, 1.0));
}

} // namespace
} // namespace oq::engine
