// Tests of what one rupture adds to a median spectrum.
#include "engine/hazard/median_spectrum.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

std::vector<double> sums(const Occurrence& occurrence) {
  const MedianSpectrumKernel kernel({-1.0, -2.0}, 1, {0.01, 0.1}, TruncatedNormal(99));
  std::vector<double> out(2 * MedianSpectrumKernel::kSums);
  kernel.add_probabilities({.ln_mean = -2, .sigma = 0.5, .occurrence = &occurrence}, 0, 1.0, out);
  return out;
}

TEST(MedianSpectrum, WeighsARuptureByItsExceedancesOverTheProbability) {
  const std::vector<double> out = sums({.expected = 0.004});
  const double above = 0.5 * std::erfc(2 / std::sqrt(2.0)); // two standard deviations
  EXPECT_NEAR(out[2], 0.004 * above / 0.01, 1e-14);
  EXPECT_NEAR(out[5], 0.004 * 0.5 / 0.1, 1e-14);
}

TEST(MedianSpectrum, SumsWeightedMediansAndDeviations) {
  const std::vector<double> out = sums({.expected = 0.004});
  EXPECT_NEAR(out[0] / out[2], -2.0, 1e-12);
  EXPECT_NEAR(out[1] / out[2], 0.5, 1e-12);
}

TEST(MedianSpectrum, TakesTabulatedOccurrencesAsPoissonian) {
  const std::vector<double> probabilities{0.99, 0.01};
  const std::vector<double> out = sums({.probabilities = &probabilities});
  EXPECT_NEAR(out[5], -std::log(0.99) * 0.5 / 0.1, 1e-14);
}

} // namespace
} // namespace oq::engine
