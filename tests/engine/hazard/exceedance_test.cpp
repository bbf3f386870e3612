// Tests of the exceedance kernel against the error function, level by level.
#include "engine/hazard/exceedance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace oq::engine {
namespace {

constexpr double kTruncation = 3.0;

std::vector<double> logarithmic_levels(int count) {
  std::vector<double> levels;
  for (int i = 0; i < count; ++i)
    levels.push_back(std::log(0.005) + i * std::log(400.0) / (count - 1));
  return levels;
}

double expected(double level, double mean, double sigma) {
  const double z = (level - mean) / sigma;
  const auto phi = [](double x) {
    return 0.5 * std::erfc(-x / std::sqrt(2.0));
  };
  const double poe = (phi(kTruncation) - phi(z)) / (2 * phi(kTruncation) - 1);
  return std::min(std::max(poe, 0.0), 1.0);
}

struct Pairs {
  std::vector<double> mean, sigma, occurrences;
  std::vector<std::uint32_t> site;

  void add(double m, double s, double n, std::uint32_t where) {
    mean.push_back(m);
    sigma.push_back(s);
    occurrences.push_back(n);
    site.push_back(where);
  }
};

std::vector<double> rates(const Pairs& pairs, const std::vector<double>& given, std::size_t site) {
  const LevelChunks levels(given);
  ExceedanceRates rates(2, levels);
  add_exceedance(TruncatedNormal(kTruncation), levels,
                 {pairs.mean, pairs.sigma, pairs.occurrences, pairs.site}, rates);
  std::vector<double> result(given.size());
  rates.collect(site, 0, result);
  return result;
}

class ExceedanceOfLevels : public ::testing::TestWithParam<int> {};

TEST_P(ExceedanceOfLevels, IsTheTruncatedNormalOfEachPair) {
  const std::vector<double> levels = logarithmic_levels(GetParam());
  Pairs pairs;
  std::vector<double> sums(levels.size());
  for (int i = 0; i < 60; ++i) {
    const double mean = -9.0 + 0.2 * i, sigma = 0.3 + 0.01 * i;
    pairs.add(mean, sigma, 0.01 * (i + 1), 1);
    for (std::size_t l = 0; l < levels.size(); ++l)
      sums[l] += 0.01 * (i + 1) * expected(levels[l], mean, sigma);
  }

  const std::vector<double> result = rates(pairs, levels, 1);

  for (std::size_t l = 0; l < levels.size(); ++l)
    EXPECT_NEAR(result[l], sums[l], 1e-11) << l;
}

INSTANTIATE_TEST_SUITE_P(Counts, ExceedanceOfLevels, ::testing::Values(2, 7, 8, 9, 45, 64, 70));

TEST(Exceedance, LevelsThatAreSurelyExceededCountInFull) {
  Pairs pairs;
  pairs.add(20.0, 0.5, 0.25, 0);

  for (const double rate : rates(pairs, logarithmic_levels(9), 0))
    EXPECT_NEAR(rate, 0.25, 1e-13);
}

TEST(Exceedance, MotionsThatReachNoLevelCountNothing) {
  Pairs pairs;
  pairs.add(-30.0, 0.5, 0.25, 0);

  EXPECT_EQ(rates(pairs, logarithmic_levels(9), 0), std::vector<double>(9, 0.0));
}

TEST(Exceedance, PairsCountForTheirOwnSite) {
  Pairs pairs;
  pairs.add(20.0, 0.5, 0.25, 1);

  EXPECT_EQ(rates(pairs, logarithmic_levels(3), 0), std::vector<double>(3, 0.0));
}

TEST(FirstBadPair, FindsWhatIsNotAUsableNumber) {
  const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> good{0.0, 0.0}, positive{0.5, 0.5};

  EXPECT_EQ(first_bad_pair(good, positive), 2u);
  EXPECT_EQ(first_bad_pair(std::vector{0.0, nan}, positive), 1u);
  EXPECT_EQ(first_bad_pair(std::vector{-infinity, 0.0}, positive), 0u);
  EXPECT_EQ(first_bad_pair(good, std::vector{0.5, 0.0}), 1u);
  EXPECT_EQ(first_bad_pair(good, std::vector{nan, 0.5}), 0u);
}

} // namespace
} // namespace oq::engine
