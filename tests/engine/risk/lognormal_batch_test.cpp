// The batched exponentials and logarithms against those of the C library.
#include "engine/risk/lognormal_batch.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace oq::engine {
namespace {

constexpr double kTwoUnits = 4.5e-16; // in the last place

TEST(ScaledExponentials, AgreeWithTheLibrary) {
  std::vector<double> exponents, medians;
  for (double x = -60; x < 60; x += 0.0371) {
    exponents.push_back(x);
    medians.push_back(1);
  }
  auto values = exponents;
  scaled_exponentials(medians, values);

  for (std::size_t i = 0; i < values.size(); ++i)
    EXPECT_NEAR(values[i] / std::exp(exponents[i]), 1, kTwoUnits) << exponents[i];
}

TEST(ScaledExponentials, LeaveTheMedianWithoutDeviation) {
  std::vector<double> exponents{0, -0.0};
  scaled_exponentials(std::vector<double>{0.3, 0.7}, exponents);

  EXPECT_EQ(exponents, (std::vector<double>{0.3, 0.7}));
}

// sqrt(ln(1 + v^2)) and mean / sqrt(1 + v^2), from spreads that 1 + v^2 cannot hold to huge ones.
TEST(ToMedians, AgreesWithTheLibrary) {
  std::vector<double> variations, means;
  for (double v = 1e-12; v < 1e6; v *= 1.0391) {
    variations.push_back(v);
    means.push_back(0.4);
  }
  auto deviations = variations;
  to_medians(means, deviations);

  for (std::size_t i = 0; i < variations.size(); ++i) {
    const double variance = variations[i] * variations[i];
    EXPECT_NEAR(deviations[i] / std::sqrt(std::log1p(variance)), 1, kTwoUnits) << variations[i];
    EXPECT_NEAR(means[i] * std::sqrt(1 + variance) / 0.4, 1, kTwoUnits) << variations[i];
  }
}

TEST(ToMedians, LeavesWhatHasNoSpread) {
  std::vector<double> means{0.25}, deviations{0};
  to_medians(means, deviations);

  EXPECT_EQ(means[0], 0.25);
  EXPECT_EQ(deviations[0], 0);
}

// Vectors and what is left over at the end of a list give the same bits.
TEST(ScaledExponentials, DoNotDependOnTheirPlaceInTheList) {
  std::vector<double> medians(37, 0.3), exponents;
  for (int i = 0; i < 37; ++i)
    exponents.push_back(0.137 * i - 2);
  auto together = exponents;
  scaled_exponentials(medians, together);

  for (std::size_t i = 0; i < exponents.size(); ++i) {
    std::vector<double> alone{exponents[i]};
    scaled_exponentials(std::vector<double>{0.3}, alone);
    EXPECT_EQ(alone[0], together[i]);
  }
}

} // namespace
} // namespace oq::engine
