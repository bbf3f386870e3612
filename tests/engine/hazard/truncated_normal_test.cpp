// Tests of the truncated normal distribution against the error function.
#include "engine/hazard/truncated_normal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

double worst_error(double t) {
  const TruncatedNormal normal(t);
  const long double mass = std::erf(t / std::sqrt(2.0L));
  double worst = 0;
  for (int i = -20000; i <= 20000; ++i) {
    const double z = std::min(t, 9.0) * i / 20000.0;
    const long double exact = 0.5L - 0.5L * std::erf(z / std::sqrt(2.0L)) / mass;
    worst = std::max(worst, std::fabs(static_cast<double>(exact) - normal.survival(z)));
  }
  return worst;
}

TEST(TruncatedNormal, AgreesWithTheErrorFunctionForEveryTruncation) {
  for (const double t : {0.01, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 99.0})
    EXPECT_LT(worst_error(t), 1e-12) << t;
}

TEST(TruncatedNormal, IsOneBelowAndZeroAboveItsBand) {
  const TruncatedNormal normal(3.0);

  EXPECT_NEAR(normal.survival(-3.5), 1.0, 1e-13);
  EXPECT_NEAR(normal.survival(3.5), 0.0, 1e-13);
}

TEST(TruncatedNormal, WithoutDispersionIsAStep) {
  const TruncatedNormal normal(0.0);

  EXPECT_NEAR(normal.survival(-1e-6), 1.0, 1e-12);
  EXPECT_NEAR(normal.survival(0.0), 0.5, 1e-12);
  EXPECT_NEAR(normal.survival(1e-6), 0.0, 1e-12);
}

} // namespace
} // namespace oq::engine
