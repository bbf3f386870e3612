// Sampling of losses: means without spread, order of draws, distributions.
#include "engine/risk/loss_sampler.hpp"

#include "engine/random/normal.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

VulnerabilityFunction lognormal(double variation) {
  VulnerabilityFunction function;
  function.id = "W";
  function.levels = {0.1, 0.3};
  function.mean_ratios = {0.2, 0.4};
  function.variations = {variation, variation};
  return function;
}

std::vector<double> losses(const LossSampler& sampler, double intensity, std::size_t assets,
                           std::uint64_t seed) {
  EventStream stream(seed);
  std::vector<double> ratios(assets);
  const std::vector<double> intensities{intensity};
  const std::vector<std::size_t> counts{assets};
  SamplerScratch scratch;
  sampler.add(intensities, counts, 1, stream, scratch, ratios);
  return ratios;
}

TEST(LossSampler, GivesTheMeanWithoutSpread) {
  const auto function = lognormal(0);
  const LossSampler sampler(function, {});

  EXPECT_NEAR(losses(sampler, 0.2, 1, 42)[0], 0.3, 1e-12);
  EXPECT_EQ(losses(sampler, 0.05, 1, 42)[0], 0);
  EXPECT_EQ(losses(sampler, 5, 1, 42)[0], 0.4);
}

TEST(LossSampler, GivesTheMeanWhenSpreadIsIgnored) {
  const auto function = lognormal(0.5);
  const LossSampler sampler(function, {.means_only = true});

  EXPECT_NEAR(losses(sampler, 0.2, 1, 42)[0], 0.3, 1e-12);
}

TEST(LossSampler, DrawsOneNormalAnAsset) {
  const auto function = lognormal(0.5);
  const LossSampler sampler(function, {});
  Philox philox(42);
  const double first = standard_normal(philox), second = standard_normal(philox);

  const auto drawn = losses(sampler, 0.2, 2, 42);

  const double sigma = std::sqrt(std::log(1.25));
  EXPECT_NEAR(drawn[0], 0.3 * std::exp(first * sigma) / std::sqrt(1.25), 1e-12);
  EXPECT_NEAR(drawn[1], 0.3 * std::exp(second * sigma) / std::sqrt(1.25), 1e-12);
}

TEST(LossSampler, SharesTheDrawWhenAssetsAreCorrelated) {
  const auto function = lognormal(0.5);
  const LossSampler sampler(function, {.one_epsilon = true});

  const auto drawn = losses(sampler, 0.2, 2, 42);

  EXPECT_EQ(drawn[0], drawn[1]);
}

// The reference engine seeds a Mersenne twister with the event for every asset.
TEST(LossSampler, GivesAllAssetsTheSameUniformOfADiscreteDistribution) {
  VulnerabilityFunction function;
  function.distribution = LossDistribution::probability_mass;
  function.levels = {0.1, 0.3};
  for (int k = 0; k < 100; ++k) {
    function.ratios.push_back(k / 100.0);
    function.probabilities.push_back({0.01, 0.01});
  }
  function.mean_ratios = {0.5, 0.5};
  const LossSampler sampler(function, {});

  const auto drawn = losses(sampler, 0.2, 3, 42);

  EXPECT_EQ(drawn[0], drawn[1]);
  EXPECT_EQ(drawn[0], drawn[2]);
}

TEST(LossSampler, TakesARatioOfADiscreteDistribution) {
  VulnerabilityFunction function;
  function.distribution = LossDistribution::probability_mass;
  function.levels = {0.1, 0.3};
  function.ratios = {0, 1};
  function.probabilities = {{1, 0}, {0, 1}};
  function.mean_ratios = {0, 1};
  const LossSampler sampler(function, {});

  EXPECT_EQ(losses(sampler, 0.1, 1, 42)[0], 0);
  EXPECT_EQ(losses(sampler, 0.3, 1, 42)[0], 1);
}

} // namespace
} // namespace oq::engine
