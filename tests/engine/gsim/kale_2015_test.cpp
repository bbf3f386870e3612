// Kale et al. (2015) and the hypocentral intensities of Allen et al. (2012) against their
// equations.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine::testing {

namespace {

// At the hinge magnitude and 10 km from the point of saturation, on the reference rock.
constexpr OnePair kPlain{.mag = 6.75, .rake = 0, .rjb = 6, .vs30 = 750};

double ln_pga(const std::string& country, const OnePair& pair) {
  return evaluate("KaleEtAl2015" + country, kPga, pair).ln_mean;
}

TEST(KaleEtAl2015, FollowsItsEquationOnRock) {
  EXPECT_NEAR(ln_pga("Turkey", kPlain), 1.74221 - 0.07049 * 1.75 * 1.75 - 1.18164 * std::log(10.0),
              1e-12);
  EXPECT_NEAR(ln_pga("Iran", kPlain), 1.52987 - 0.10875 * 1.75 * 1.75 - 1.00954 * std::log(10.0),
              1e-12);
}

TEST(KaleEtAl2015, AttenuatesBeyond80KmInTurkeyOnly) {
  OnePair far = kPlain;
  far.rjb = 180;
  const double spreading = 0.5 * std::log((180.0 * 180 + 64) / 100);

  EXPECT_NEAR(ln_pga("Turkey", far) - ln_pga("Turkey", kPlain), -1.18164 * spreading - 0.156,
              1e-12);
  EXPECT_NEAR(ln_pga("Iran", far) - ln_pga("Iran", kPlain), -1.00954 * spreading, 1e-12);
}

TEST(KaleEtAl2015, KnowsTheStyleOfFaulting) {
  OnePair normal = kPlain, reverse = kPlain;
  normal.rake = -90;
  reverse.rake = 90;

  EXPECT_NEAR(ln_pga("Turkey", normal) - ln_pga("Turkey", kPlain), -0.01329, 1e-12);
  EXPECT_NEAR(ln_pga("Turkey", reverse) - ln_pga("Turkey", kPlain), -0.09158, 1e-12);
}

TEST(KaleEtAl2015, AmplifiesNoLessAbove1000MetresPerSecond) {
  OnePair rock = kPlain;
  rock.vs30 = 1500;

  EXPECT_NEAR(ln_pga("Turkey", rock) - ln_pga("Turkey", kPlain),
              -0.41997 * std::log(1000.0 / 750.0), 1e-12);
}

TEST(KaleEtAl2015, VariesLessFromMagnitude6On) {
  OnePair small = kPlain, between = kPlain;
  small.mag = 5;
  between.mag = 6.25;

  EXPECT_NEAR(evaluate("KaleEtAl2015Turkey", kPga, small).tau, 0.57 * 0.7203, 1e-12);
  EXPECT_NEAR(evaluate("KaleEtAl2015Turkey", kPga, between).phi, 0.51 * 1.0521, 1e-12);
  EXPECT_NEAR(evaluate("KaleEtAl2015Turkey", kPga, kPlain).sigma, 0.45 * std::hypot(1.0521, 0.7203),
              1e-12);
}

TEST(AllenEtAl2012Rhypo, DecaysLessBeyond50Km) {
  const double h = 1.833; // km, at magnitude 5
  const auto intensity = [](double rhypo) {
    return evaluate("AllenEtAl2012Rhypo", kMmi, {.mag = 5, .rhypo = rhypo});
  };

  EXPECT_NEAR(intensity(20).ln_mean, 9.225 - 1.402 * std::log(std::hypot(20.0, h)), 1e-12);
  EXPECT_NEAR(intensity(100).ln_mean,
              9.225 - 1.402 * std::log(std::hypot(100.0, h)) + 0.078 * std::log(2.0), 1e-12);
  EXPECT_NEAR(intensity(22.9).sigma, 0.82 + 0.37 / 2, 1e-12);
}

} // namespace

} // namespace oq::engine::testing
