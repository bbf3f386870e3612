// Intensities between levels, against a search through all of them.
#include "engine/risk/level_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

std::size_t last_not_above(const std::vector<double>& levels, double intensity) {
  return static_cast<std::size_t>(std::ranges::upper_bound(levels, intensity) - levels.begin() - 1);
}

// Levels, numbers between them, and numbers far above.
void expect_all_found(const std::vector<double>& levels) {
  const LevelIndex index(levels);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double next = i + 1 < levels.size() ? levels[i + 1] : 2 * std::abs(levels[i]) + 1;
    for (const double at : {levels[i], (levels[i] + next) / 2, std::nextafter(next, -1e300)})
      EXPECT_EQ(index(at), last_not_above(levels, at)) << at;
  }
  EXPECT_EQ(index(1e300), levels.size() - 1);
}

TEST(LevelIndex, FindsIntensitiesBetweenLogarithmicLevels) {
  std::vector<double> levels;
  for (int i = 0; i < 40; ++i)
    levels.push_back(0.01 * std::pow(1.2, i));
  expect_all_found(levels);
}

TEST(LevelIndex, FindsIntensitiesAmongManyLevelsOfOneSize) {
  std::vector<double> levels;
  for (int i = 0; i < 3000; ++i)
    levels.push_back(1 + 1e-5 * i);
  expect_all_found(levels);
}

TEST(LevelIndex, FindsIntensitiesOverManyOrdersOfMagnitude) {
  expect_all_found({1e-200, 1e-30, 1e-3, 2, 1e10, 1e150});
}

TEST(LevelIndex, TakesZeroAndNegativeLevels) {
  expect_all_found({-3, -1, 0, 0.5});
  expect_all_found({0, 0.1, 0.2});
  expect_all_found({-2, -1});
}

TEST(LevelIndex, TakesASingleLevel) {
  EXPECT_EQ(LevelIndex({0.3})(0.3), 0u);
}

} // namespace
} // namespace oq::engine
