// Tests of hazard maps: what is read off a hazard curve.
#include "engine/hazard/hazard_map.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

const std::vector<double> kLevels{0.1, 1.0, 10.0};

double read(const std::vector<double>& curve, double poe) {
  HazardMapReader reader(kLevels, std::vector{poe});
  double value = -1;
  reader.read(curve, {&value, 1});
  return value;
}

TEST(HazardMap, IsTheLevelAtItsOwnProbability) {
  EXPECT_NEAR(read({0.5, 0.1, 0.01}, 0.1), 1.0, 1e-14);
}

TEST(HazardMap, InterpolatesLogarithmically) {
  // Half way between 0.1 and 0.001 in logarithms, hence between 0.1 and 1.
  EXPECT_NEAR(read({0.1, 0.001, 1e-6}, 0.01), std::sqrt(0.1), 1e-14);
}

TEST(HazardMap, IsZeroWhereTheLowestLevelIsExceededLessOften) {
  EXPECT_EQ(read({0.05, 0.01, 0.001}, 0.1), 0.0);
}

TEST(HazardMap, IsTheHighestLevelWhereThatIsExceededMoreOften) {
  EXPECT_NEAR(read({0.9, 0.8, 0.7}, 0.1), 10.0, 1e-13);
}

TEST(HazardMap, SurvivesProbabilitiesOfZero) {
  const double value = read({0.5, 0.0, 0.0}, 0.1);

  EXPECT_GT(value, 0.1);
  EXPECT_LT(value, 1.0);
}

} // namespace
} // namespace oq::engine
