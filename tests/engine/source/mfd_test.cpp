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

TEST(YoungsCoppersmith, TheCharacteristicRateIsSharedByHalfAMagnitude) {
  const auto bins = discretize(YoungsCoppersmith{5.0, 1.0, 7.0, 0.1, 0.004, {}}, 0.0);

  ASSERT_TRUE(bins);
  double characteristic = 0;
  for (const MagnitudeRate& bin : *bins)
    characteristic += bin.magnitude > 6.75 ? bin.rate : 0.0;
  EXPECT_NEAR(characteristic, 0.004, 1e-15);
}

TEST(YoungsCoppersmith, OneUnitBelowTheDensityIsThatOfTheCharacteristicPart) {
  // Youngs & Coppersmith (1985), figure 8: the constant rate equals the exponential one at
  // m_char - 1.25.
  const auto bins = discretize(YoungsCoppersmith{5.0, 1.0, 7.0, 0.01, 0.004, {}}, 0.0);

  ASSERT_TRUE(bins);
  for (const MagnitudeRate& bin : *bins)
    if (std::fabs(bin.magnitude - 5.745) < 1e-9) {
      EXPECT_NEAR(bin.rate, 0.004 / 0.5 * 0.01, 2e-6);
    }
}

TEST(YoungsCoppersmith, ATotalMomentRateIsMetByTheBins) {
  const auto bins = discretize(YoungsCoppersmith{5.0, 1.0, 7.0, 0.1, {}, 1e17}, 0.0);

  ASSERT_TRUE(bins);
  double moment = 0;
  for (const MagnitudeRate& bin : *bins)
    moment += bin.rate * std::pow(10.0, 1.5 * bin.magnitude + 9.05);
  EXPECT_NEAR(moment, 1e17, 1e5);
}

TEST(TaperedGutenbergRichter, ACornerBeyondAllMagnitudesTapersNothing) {
  const auto tapered = discretize(TaperedGutenbergRichter{4.0, 1.0, 5.0, 7.0, 9.05}, 0.1);
  const auto plain = discretize(TruncatedGutenbergRichter{4.0, 1.0, 5.0, 7.0}, 0.1);

  ASSERT_TRUE(tapered && plain);
  ASSERT_EQ(tapered->size(), plain->size());
  for (std::size_t i = 0; i < plain->size(); ++i)
    EXPECT_DOUBLE_EQ((*tapered)[i].rate, (*plain)[i].rate);
}

TEST(TaperedGutenbergRichter, LargeMagnitudesBecomeRarer) {
  const auto tapered = discretize(TaperedGutenbergRichter{4.0, 1.0, 5.0, 7.0, 6.5}, 0.1);
  const auto plain = discretize(TruncatedGutenbergRichter{4.0, 1.0, 5.0, 7.0}, 0.1);

  ASSERT_TRUE(tapered && plain);
  EXPECT_LT(tapered->back().rate, 0.1 * plain->back().rate);
}

TEST(AValueOfSlip, TheMomentOfTheDistributionIsThatOfTheSlip) {
  // 2 mm a year on 500 km2 of 32 GPa: 3.2e16 N m a year; the moment of the exponential
  // distribution up to m2 by its closed integral (Anderson & Luco 1983, type 2).
  TruncatedGutenbergRichter mfd{0.0, 0.9, 5.0, 7.5};
  mfd.slip_rate = 2;
  mfd.rigidity = 32;

  const double a = a_value_of_slip(mfd, 500);

  const double beta = 0.9 * std::log(10.0), taper = std::exp(-beta * 7.5);
  const double moment =
    std::pow(10.0, a) * 0.9 * std::pow(10.0, 1.5 * 7.5 + 9.1) * taper / ((1.5 - 0.9) * (1 - taper));
  EXPECT_NEAR(moment / 3.2e16, 1.0, 1e-12);
}

} // namespace
} // namespace oq::engine
