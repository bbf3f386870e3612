// What a rupture's number of occurrences makes of the probability to exceed a level.
#include "engine/hazard/occurrence.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

TEST(Occurrence, PoissonianRupturesAddTheirExpectedExceedances) {
  EXPECT_DOUBLE_EQ(minus_ln_none({.expected = 0.5}, 0.2), 0.1);
}

TEST(Occurrence, TabulatedProbabilitiesAreTakenAsTheyAre) {
  const std::vector<double> probabilities{0.7, 0.2, 0.1};

  EXPECT_NEAR(minus_ln_none({.probabilities = &probabilities}, 0.25),
              -std::log(0.7 + 0.2 * 0.75 + 0.1 * 0.75 * 0.75), 1e-15);
}

TEST(Occurrence, ACertainExceedanceKeepsTheLogarithmFinite) {
  const std::vector<double> probabilities{0.0, 1.0};

  EXPECT_TRUE(std::isfinite(minus_ln_none({.probabilities = &probabilities}, 1.0)));
  EXPECT_TRUE(std::isfinite(minus_ln_none({.certain = true}, 1.0)));
}

TEST(Occurrence, ARuptureOfAClusterHappensOnce) {
  EXPECT_NEAR(minus_ln_none({.expected = 0.01, .certain = true}, 0.3), -std::log(0.7), 1e-15);
}

// The probabilities of the negative binomial distribution, term by term.
TEST(Occurrence, NegativeBinomialIsTheSumOverItsProbabilities) {
  const double mean = 0.8, dispersion = 2.0, exceedance = 0.3;
  const double size = 1.0 / dispersion, success = size / (size + mean);
  double none = 0, probability = std::pow(success, size);
  for (int k = 0; k < 400; ++k) {
    none += probability * std::pow(1.0 - exceedance, k);
    probability *= (k + size) / (k + 1.0) * (1.0 - success);
  }

  EXPECT_NEAR(minus_ln_none({.expected = mean, .dispersion = dispersion}, exceedance),
              -std::log(none), 1e-12);
}

TEST(Occurrence, NegativeBinomialWithoutDispersionIsPoissonian) {
  EXPECT_NEAR(minus_ln_none({.expected = 0.5, .dispersion = 1e-9}, 0.2), 0.1, 1e-9);
}

} // namespace
} // namespace oq::engine
