// What the sources of a dependent group make together.
#include "engine/calculator/dependent_groups.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

// One site, one level: the sum of each source, and the group's dependence.
double together(const GroupDependence& dependence, const std::vector<double>& sums,
                std::vector<double> weights = {}) {
  ClassicalModel model;
  model.settings.investigation_time = 50;
  weights.resize(sums.size(), 1.0);
  std::vector<std::vector<double>> rates{{9.0}}; // of a group that is not concerned
  Combination combination{dependence, {}, weights};
  for (const double sum : sums) {
    combination.groups.push_back(rates.size());
    rates.push_back({sum});
  }
  model.combinations.push_back(combination);

  combine(model, rates);

  EXPECT_EQ(rates[0][0], 9.0);
  for (std::size_t i = 2; i < rates.size(); ++i)
    EXPECT_EQ(rates[i][0], 0.0);
  return rates[1][0];
}

double poe(double rate) {
  return -std::expm1(-rate);
}

TEST(DependentGroups, OnlyOneOfMutuallyExclusiveSourcesHappens) {
  const double rate = together({.mutex_sources = true}, {0.2, 0.5}, {0.3, 0.7});

  EXPECT_NEAR(poe(rate), 0.3 * poe(0.2) + 0.7 * poe(0.5), 1e-15);
}

TEST(DependentGroups, TheGroupsProbabilityScalesThatOfExceedance) {
  const double rate =
    together({.mutex_sources = true, .probability = 0.01}, {0.2, 0.5}, {0.3, 0.7});

  EXPECT_NEAR(poe(rate), 0.01 * (0.3 * poe(0.2) + 0.7 * poe(0.5)), 1e-15);
}

TEST(DependentGroups, ProbabilitiesOfMutuallyExclusiveRupturesAddUp) {
  EXPECT_NEAR(poe(together({.mutex_ruptures = true}, {0.1, 0.25})), 0.35, 1e-15);
}

// A Poissonian number of clusters, each of which exceeds the level unless no source does.
TEST(DependentGroups, AClusterHappensAsAWhole) {
  const double none = std::exp(-0.2) * std::exp(-0.5), rate = 0.001;
  double never = 0, poisson = std::exp(-rate * 50);
  for (int n = 0; n < 50; ++n) {
    never += poisson * std::pow(none, n);
    poisson *= rate * 50 / (n + 1);
  }

  EXPECT_NEAR(together({.cluster = true, .occurrence_rate = rate}, {0.2, 0.5}), -std::log(never),
              1e-15);
}

TEST(DependentGroups, ACertainExceedanceStaysFinite) {
  EXPECT_TRUE(std::isfinite(together({.mutex_ruptures = true}, {0.6, 0.4})));
}

} // namespace
} // namespace oq::engine
