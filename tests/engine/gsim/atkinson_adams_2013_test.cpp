// Offshore Canada stands to the western crustal model as Atkinson and Adams (2013) say.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

namespace oq::engine::testing {

namespace {

constexpr OnePair kPair{.mag = 6.0, .rake = 0, .repi = 100, .vs30 = 400};

double ln_mean(const std::string& name, const OnePair& pair = kPair) {
  return evaluate(name, sa(0.3), pair).ln_mean;
}

TEST(OceanicCan15, IsTheCrustalModelOnRockHalfAUnitLowerAtTheEquivalentDistance) {
  // A rupture of magnitude 5.5 is 6.3826 km long (Wells and Coppersmith 1994).
  const OnePair crustal{.mag = 5.5, .rake = 0, .rjb = 100 - 0.3 * 6.382635, .vs30 = 760};

  EXPECT_NEAR(ln_mean("OceanicCan15Mid"), ln_mean("BooreAtkinson2011", crustal), 1e-7);
}

TEST(OceanicCan15, SpreadsWithDistanceUpToAFactorOfTwo) {
  OnePair far = kPair;
  far.repi = 400;
  const double central = ln_mean("OceanicCan15Mid"), central_far = ln_mean("OceanicCan15Mid", far);
  const double near_spread = 0.1 + 0.0007 * (100 - 0.3 * 6.382635);

  EXPECT_NEAR(ln_mean("OceanicCan15Upp") - central, near_spread * kLn10, 1e-8);
  EXPECT_NEAR(ln_mean("OceanicCan15Low") - central, -near_spread * kLn10, 1e-8);
  EXPECT_NEAR(ln_mean("OceanicCan15Upp", far) - central_far, 0.3 * kLn10, 1e-12);
}

TEST(OceanicCan15, VariesMoreAtLongPeriods) {
  EXPECT_NEAR(evaluate("OceanicCan15Mid", kPga, kPair).sigma, 0.23 * kLn10, 1e-12);
  EXPECT_NEAR(evaluate("OceanicCan15Mid", sa(0.6), kPair).sigma, 0.25 * kLn10, 1e-12);
  EXPECT_NEAR(evaluate("OceanicCan15Mid", sa(2.0), kPair).sigma, 0.27 * kLn10, 1e-12);
}

TEST(OceanicCan15, HasNoDeviationForPeakVelocity) {
  EXPECT_FALSE(model_of("OceanicCan15Mid")->supports(kPgv));
}

} // namespace

} // namespace oq::engine::testing
