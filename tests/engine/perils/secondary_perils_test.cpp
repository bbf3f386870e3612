// Secondary perils: values of the reference engine, to its printed digits, and limits.
#include "engine/perils/secondary_perils.hpp"

#include "engine/perils/landslides.hpp"
#include "engine/perils/liquefaction.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

constexpr SlopeGround kWetSlope{20, 20000, 35, 2, 1500, 2.5};
constexpr WetGround kFlood{183, 1796, 1.80517065, 0.946059358};

SiteCollection one_slope(double slab_thickness) {
  SiteCollection sites;
  sites.lon = sites.lat = sites.depth = {0};
  const auto add = [&](const char* name, double value) {
    sites.columns.push_back({name, SiteColumn::Kind::real, {value}, {}});
  };
  add("slope", 20);
  add("cohesion_mid", 20000);
  add("friction_mid", 35);
  add("saturation", 2);
  add("dry_density", 1500);
  add("slab_thickness", slab_thickness);
  return sites;
}

double displacement(double slab_thickness, double pga) {
  const auto peril = jibson_2007(one_slope(slab_thickness), false);
  double out = -1;
  (*peril)->compute(0, 7, {&pga, 1}, {&out, 1});
  return out;
}

TEST(FactorOfSafety, IsThatOfAnInfiniteSlope) {
  EXPECT_NEAR(factor_of_safety(kWetSlope), 0.948296, 5e-7);
}

TEST(CriticalAcceleration, IsInMetresPerSquareSecond) {
  EXPECT_NEAR(critical_acceleration(1.34569, 20), 1.15985, 2e-5);
}

TEST(CriticalAcceleration, IsZeroWhereTheSlopeDoesNotStand) {
  EXPECT_EQ(critical_acceleration(0.95, 20), 0);
}

TEST(Jibson2007, MovesAnUnstableSlopeAsFarAsTheRegressionGoes) {
  EXPECT_NEAR(displacement(2.5, 0.166), 1.08077, 5e-6);
}

TEST(Jibson2007, LeavesASlopeThatIsShakenTooLittle) {
  EXPECT_EQ(displacement(2.0, 0.5), 0);
}

TEST(Allstadt2022, GivesTheProbabilityOfLiquefaction) {
  EXPECT_NEAR(allstadt_2022_probability(kFlood, 7, 0.165975, 19.7035), 0.569417, 2e-6);
}

TEST(Allstadt2022, GivesNoneOfWeakShakingOrStiffGround) {
  EXPECT_EQ(allstadt_2022_probability(kFlood, 7, 0.09, 19.7), 0);
  EXPECT_EQ(allstadt_2022_probability(kFlood, 7, 0.2, 2.9), 0);
  EXPECT_EQ(allstadt_2022_probability({621, 1000, 1, 1}, 7, 0.2, 20), 0);
}

TEST(Zhu2017Area, GrowsWithTheProbability) {
  EXPECT_NEAR(zhu_2017_area(0.569417), 32.5101, 2e-4);
  EXPECT_NEAR(zhu_2017_area(0), 0.0260942, 1e-7);
}

TEST(SecondaryPerils, NameTheColumnThatTheSitesLack) {
  const auto peril = allstadt_2022_liquefaction(one_slope(2));

  ASSERT_FALSE(peril);
  EXPECT_NE(peril.error().message.find("vs30"), std::string::npos);
}

Job job_with(const std::string& perils) {
  Job job;
  job.raw.push_back({"secondary_perils", perils, 1});
  return job;
}

TEST(SecondaryPerils, TellWhatTheyGiveBeforeThereAreSites) {
  EXPECT_EQ(measures_of_perils(job_with("Jibson2007ALandslides, AllstadtEtAl2022Liquefaction")),
            (std::vector<std::string>{"Disp", "LiqProb", "LiqOccur", "LSE"}));
}

TEST(SecondaryPerils, ThatAreOnlyReadAreNotComputed) {
  const auto perils = make_secondary_perils(job_with("HazusDeformation"), one_slope(2), {kPga});

  ASSERT_FALSE(perils);
  EXPECT_NE(perils.error().message.find("not computed"), std::string::npos);
}

} // namespace
} // namespace oq::engine
