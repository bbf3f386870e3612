// Models of the 1990s and of Chile against their published equations.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine::testing {

namespace {

TEST(BooreEtAl1997, FollowsEquation1ForStrikeSlip) {
  const OnePair pair{.mag = 7.0, .rake = 0, .rjb = 0, .vs30 = 760};
  const LogNormal motion = evaluate("BooreEtAl1997GeometricMean", kPga, pair);

  EXPECT_NEAR(motion.ln_mean,
              -0.313 + 0.527 - 0.778 * std::log(5.57) - 0.371 * std::log(760.0 / 1396.0), 1e-12);
  EXPECT_NEAR(motion.sigma, std::hypot(0.431, 0.184), 1e-12);
}

// Table 8 has 0.495 for the deviation of an arbitrary component of PGA.
TEST(BooreEtAl1997, AnArbitraryComponentIsLessCertain) {
  const OnePair pair{.mag = 6.0, .rake = 90, .rjb = 20, .vs30 = 500};

  EXPECT_NEAR(evaluate("BooreEtAl1997ArbitraryHorizontal", kPga, pair).sigma, 0.495, 5e-4);
  EXPECT_EQ(evaluate("BooreEtAl1997ArbitraryHorizontal", kPga, pair).ln_mean,
            evaluate("BooreEtAl1997GeometricMean", kPga, pair).ln_mean);
}

TEST(MunsonThurber1997Hawaii, GrowsNoMoreAboveMagnitude7p7) {
  const OnePair large{.mag = 7.7, .rjb = 30, .vs30 = 700};
  OnePair larger = large;
  larger.mag = 8.2;

  EXPECT_DOUBLE_EQ(evaluate("MunsonThurber1997Hawaii", kPga, large).ln_mean,
                   evaluate("MunsonThurber1997Hawaii", kPga, larger).ln_mean);
  EXPECT_NEAR(evaluate("MunsonThurber1997Hawaii", kPga, large).ln_mean,
              std::log(10.0)
                * (0.518 + 0.387 + 0.216 * 0.7 - 0.00256 * std::hypot(30, 11.29)
                   - std::log10(std::hypot(30, 11.29))),
              1e-12);
}

TEST(Campbell1997, IsMoreCertainOfStrongMotions) {
  const OnePair strong{.mag = 7.5, .rake = 90, .rrup = 3, .vs30 = 760};
  OnePair weak = strong;
  weak.rrup = 60;
  weak.mag = 5;

  EXPECT_EQ(evaluate("Campbell1997", kPga, strong).sigma, 0.39);
  EXPECT_EQ(evaluate("Campbell1997", kPga, weak).sigma, 0.55);
}

// 0.66209 g: M 7.8 at 30 km depth and 50 km distance, 400 m/s with a period of 0.6 s, worked out by
// a program of somebody else (vpyle/Geology-Python, Idini_et_al_2016).
TEST(IdiniEtAl2017, GivesThePublishedMotionOfADeepEvent) {
  const OnePair pair{
    .mag = 7.8, .hypo_depth = 30, .rrup = 45, .rhypo = 50, .vs30 = 400, .soiltype = 4};
  const LogNormal motion = evaluate("IdiniEtAl2017SSlab", kPga, pair);

  EXPECT_NEAR(std::exp(motion.ln_mean), 0.6620877345971488, 1e-12);
  EXPECT_NEAR(motion.tau, 0.172 * std::log(10.0), 1e-12);
}

TEST(IdiniEtAl2017, MeasuresGreatInterfaceEventsFromTheirRupture) {
  OnePair near{.mag = 8.0, .hypo_depth = 30, .rrup = 40, .rhypo = 90, .vs30 = 1530, .soiltype = 1};
  OnePair far = near;
  far.rhypo = 200;
  const auto ln_mean = [](const OnePair& pair) {
    return evaluate("IdiniEtAl2017SInter", kPga, pair).ln_mean;
  };

  EXPECT_EQ(ln_mean(near), ln_mean(far));
  near.mag = far.mag = 7.0;
  EXPECT_GT(ln_mean(near), ln_mean(far));
}

} // namespace

} // namespace oq::engine::testing
