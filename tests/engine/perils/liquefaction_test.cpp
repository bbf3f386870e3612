// Logistic regressions of liquefaction: published coefficients worked out by hand, a value of the
// reference engine, and limits.
#include "engine/perils/liquefaction.hpp"

#include <gtest/gtest.h>

#include <array>

namespace oq::engine {
namespace {

constexpr WetGround kFlood{183, 1796, 1.80517065, 0.946059358};
constexpr CoastalGround kCoast{200, 1200, 4, 1.5};

SiteCollection one_site() {
  SiteCollection sites;
  sites.lon = sites.lat = sites.depth = {0};
  for (const auto& [name, value] :
       std::initializer_list<std::pair<const char*, double>>{{"vs30", 200},
                                                             {"precip", 1200},
                                                             {"dw", 1.5},
                                                             {"gwd", 2},
                                                             {"dc", 4},
                                                             {"dr", 1.5},
                                                             {"cti", 8}})
    sites.columns.push_back({name, SiteColumn::Kind::real, {value}, {}});
  return sites;
}

TEST(Zhu2015, ScalesTheAccelerationByTheMagnitude) {
  // X = 24.1 + 2.067 ln(0.3 7^2.56 / 10^2.24) + 0.355 8 - 4.784 ln 250
  EXPECT_NEAR(zhu_2015_probability({250, 8}, {7, 0.3, 0}), 0.08886185670, 1e-10);
  EXPECT_EQ(zhu_2015_probability({250, 8}, {7, 0, 0}), 0);
}

TEST(Bozzoni2021, HasTheSameFormForEurope) {
  // X = -11.489 + 3.864 ln(0.3 7^2.56 / 10^2.24) + 2.328 5 - 0.091 ln 250
  EXPECT_NEAR(bozzoni_2021_probability({250, 5}, {7, 0.3, 0}), 0.003386132719, 1e-11);
}

TEST(Zhu2017, HasAModelOfCoasts) {
  // X = 12.435 + 0.301 ln 30 - 2.615 ln 200 + 0.0005556 1200 - 0.0287 2 + 0.0666 1.5 - 0.0369 2 1.5
  EXPECT_NEAR(zhu_2017_coastal_probability(kCoast, {7, 0, 30}), 0.5503736479, 1e-10);
  EXPECT_NEAR(zhu_2017_coastal_area(0.5503736479388043), 33.78682317, 1e-8);
}

TEST(Zhu2017, HasAGeneralModel) {
  // X = 8.801 + 0.334 ln 30 - 1.918 ln 200 + 0.0005408 1200 - 0.2054 1.5 - 0.0333 2
  EXPECT_NEAR(zhu_2017_general_probability({200, 1200, 1.5, 2}, {7, 0, 30}), 0.5122693406, 1e-10);
}

TEST(Zhu2017, GivesNoneOfWeakShakingOrStiffGround) {
  EXPECT_EQ(zhu_2017_coastal_probability(kCoast, {7, 0, 2.9}), 0);
  EXPECT_EQ(zhu_2017_general_probability(kFlood, {7, 0, 2.9}), 0);
  EXPECT_EQ(zhu_2017_coastal_probability({621, 1200, 4, 1.5}, {7, 0, 30}), 0);
  EXPECT_EQ(zhu_2017_general_probability({621, 1200, 1, 2}, {7, 0, 30}), 0);
}

// Of the reference engine, to its printed digits.
TEST(Allstadt2022, GivesTheProbabilityOfLiquefaction) {
  EXPECT_NEAR(allstadt_2022_probability(kFlood, {7, 0.165975, 19.7035}), 0.569417, 2e-6);
}

// Rashidian and Baise (2020) of the limit is Allstadt et al. (2022) of all beyond it.
TEST(Allstadt2022, CountsNoVelocityAbove150CentimetresASecond) {
  const double most = rashidian_2020_probability(kFlood, {7, 0.8, 150});

  EXPECT_EQ(allstadt_2022_probability(kFlood, {7, 0.8, 275}), most);
  EXPECT_GT(rashidian_2020_probability(kFlood, {7, 0.8, 275}), most);
}

TEST(Allstadt2022, GivesNoneOfWeakShakingOrStiffGround) {
  EXPECT_EQ(allstadt_2022_probability(kFlood, {7, 0.09, 19.7}), 0);
  EXPECT_EQ(allstadt_2022_probability(kFlood, {7, 0.2, 2.9}), 0);
  EXPECT_EQ(allstadt_2022_probability({621, 1000, 1, 1}, {7, 0.2, 20}), 0);
}

TEST(Zhu2017, GivesTheAreaOfTheGeneralModel) {
  EXPECT_NEAR(zhu_2017_general_area(0.569417), 32.5101, 2e-4);
  EXPECT_NEAR(zhu_2017_general_area(0), 0.0260942, 1e-7);
}

TEST(LogisticLiquefaction, OccursAboveTheProbabilityThatItsAuthorsPropose) {
  const auto sites = one_site();
  const double weak = 0.3;
  std::array<double, 2> out{-1, -1};
  ASSERT_TRUE(zhu_2015_liquefaction(sites));

  (*zhu_2015_liquefaction(sites))->compute(0, 7, {&weak, 1}, out);

  EXPECT_GT(out[0], 0.2); // its threshold
  EXPECT_LT(out[0], 0.57);
  EXPECT_EQ(out[1], 1);
}

TEST(LogisticLiquefaction, TakesAccelerationAndVelocityInTheOrderOfItsNeeds) {
  const auto peril = rashidian_2020_liquefaction(one_site());
  ASSERT_TRUE(peril);
  std::array<double, 3> out{};

  (*peril)->compute(0, 7, std::array{0.2, 30.0}, out);

  EXPECT_EQ((*peril)->needs(), (std::vector<Imt>{kPga, kPgv}));
  EXPECT_EQ(out[0], rashidian_2020_probability({200, 1200, 1.5, 2}, {7, 0.2, 30}));
  EXPECT_EQ(out[2], zhu_2017_general_area(out[0]));
}

TEST(LogisticLiquefaction, NamesTheColumnThatTheSitesLack) {
  auto sites = one_site();
  sites.columns.erase(sites.columns.begin() + 5); // dr

  EXPECT_TRUE(zhu_2017_general_liquefaction(sites));
  EXPECT_NE(zhu_2017_coastal_liquefaction(sites).error().message.find("'dr'"), std::string::npos);
}

} // namespace
} // namespace oq::engine
