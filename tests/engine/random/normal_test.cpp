// Normal deviates: the inverse distribution, truncation, and the ziggurat's geometry.
#include "engine/random/normal.hpp"

#include "engine/random/ziggurat.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace oq::engine {
namespace {

double normal_cdf(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

// Quantiles printed by Wichura (1988), section "Test data".
TEST(InverseNormal, GivesThePublishedQuantiles) {
  EXPECT_NEAR(inverse_normal(0.25), -0.6744897501960817, 1e-15);
  EXPECT_NEAR(inverse_normal(0.001), -3.090232306167814, 3e-15);
  EXPECT_NEAR(inverse_normal(1e-20), -9.262340089798408, 1e-14);
}

TEST(InverseNormal, UndoesTheDistribution) {
  for (double x = -8; x <= 1; x += 0.03125)
    EXPECT_NEAR(inverse_normal(normal_cdf(x)), x, 4e-15 * (1 + std::abs(x)));
}

TEST(InverseNormal, IsInfiniteAtTheEnds) {
  EXPECT_EQ(inverse_normal(0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(inverse_normal(1), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(inverse_normal(-0.1)));
}

TEST(TruncatedNormalSampler, ConsumesOneUniformADeviate) {
  Pcg64 drawn(3), skipped(3);
  const TruncatedNormalSampler normal(2);
  normal(drawn);
  skipped.next_double();

  EXPECT_EQ(drawn.next_uint64(), skipped.next_uint64());
}

TEST(TruncatedNormalSampler, StaysWithinItsLevel) {
  const TruncatedNormalSampler normal(1.5);

  EXPECT_NEAR(normal.at(0), -1.5, 1e-15);
  EXPECT_GE(normal.at(0), -1.5);
  EXPECT_NEAR(normal.at(1 - 0x1p-53), 1.5, 1e-14);
  EXPECT_LE(normal.at(1 - 0x1p-53), 1.5);
  EXPECT_EQ(normal.at(0.5), 0);
}

TEST(TruncatedNormalSampler, IsAlwaysZeroAtLevelZero) {
  EXPECT_EQ(TruncatedNormalSampler(0).at(0.9), 0);
}

TEST(TruncatedNormalSampler, IsThePlainNormalWithoutALevel) {
  const TruncatedNormalSampler normal(std::numeric_limits<double>::infinity());

  EXPECT_NEAR(normal.at(0.001), -3.090232306167814, 3e-15);
}

TEST(TruncatedNormalSampler, IsSymmetric) {
  const TruncatedNormalSampler normal(3);

  EXPECT_EQ(normal.at(0.25), -normal.at(0.75));
}

TEST(Ziggurat, HasLayersOfEqualArea) {
  const Ziggurat& layers = normal_ziggurat();
  const double area = 0.00492867323399; // Doornik (2005), 256 layers, to the digits printed
  for (int i = 1; i < Ziggurat::kLayers; ++i)
    EXPECT_NEAR(layers.width[i] * 0x1p52 * (layers.height[i - 1] - layers.height[i]), area, 2e-14);
}

TEST(Ziggurat, OfExponentialsHasLayersOfEqualArea) {
  const Ziggurat& layers = exponential_ziggurat();
  const double area = (layers.tail + 1) * std::exp(-layers.tail);
  for (int i = 1; i < Ziggurat::kLayers; ++i)
    EXPECT_NEAR(layers.width[i] * 0x1p53 * (layers.height[i - 1] - layers.height[i]), area, 2e-15);
}

TEST(StandardNormal, FillsAListAsOneAfterTheOther) {
  Philox one(5), many(5);
  std::vector<double> deviates(20'001), expected;
  for (std::size_t i = 0; i < deviates.size(); ++i)
    expected.push_back(standard_normal(one));
  fill_standard_normal(many, std::span(deviates).first(3));
  fill_standard_normal(many, std::span(deviates).subspan(3));

  EXPECT_EQ(deviates, expected);
  EXPECT_EQ(many.next_uint64(), one.next_uint64());
}

// The tail beyond 3.654 holds 2.6e-4 of the deviates: the closed form of what must come out there.
TEST(StandardNormal, FillsItsTails) {
  Pcg64 generator(11);
  constexpr int draws = 2000000;
  const double tail = normal_ziggurat().tail;
  int beyond = 0;
  for (int i = 0; i < draws; ++i)
    beyond += std::abs(standard_normal(generator)) > tail;

  const double expected = draws * 2 * normal_cdf(-tail);
  EXPECT_NEAR(beyond, expected, 4 * std::sqrt(expected));
}

} // namespace
} // namespace oq::engine
