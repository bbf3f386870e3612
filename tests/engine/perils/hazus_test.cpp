// Hazus: tables and equations of the manual worked out by hand.
#include "engine/perils/hazus.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

constexpr double kFiveFeet = 5 * 0.3048, kInch = 0.0254; // m

SiteCollection one_site(const std::string& susceptibility) {
  SiteCollection sites;
  sites.lon = sites.lat = sites.depth = {0};
  sites.columns.push_back({"liq_susc_cat", SiteColumn::Kind::text, {}, {susceptibility}});
  sites.columns.push_back({"gwd", SiteColumn::Kind::real, {kFiveFeet}, {}});
  return sites;
}

double displacement(GroundDisplacement kind, double pga) {
  const auto peril = hazus_deformation(one_site("vh"), kind);
  double out = -1;
  (*peril)->compute(0, 7, {&pga, 1}, {&out, 1});
  return out;
}

// (9.09 0.15 - 0.82) 0.25 / (1.0147375 1.04): the corrections are about 1 at magnitude 7.5 and with
// water at five feet, which the curves are drawn for.
TEST(HazusLiquefaction, IsTheCurveOfTheClassTimesTheMappedPart) {
  const auto part = hazus_liquefaction(Susceptibility::very_high, 7.5, 0.15, kFiveFeet, true);
  const auto place = hazus_liquefaction(Susceptibility::very_high, 7.5, 0.15, kFiveFeet, false);

  EXPECT_NEAR(part, 0.1287515623, 1e-10);
  EXPECT_NEAR(place, 0.5150062492, 1e-10);
}

TEST(HazusLiquefaction, IsRarerOfWeakerEarthquakesAndDeeperWater) {
  EXPECT_NEAR(hazus_liquefaction(Susceptibility::moderate, 6.5, 0.25, 2 * kFiveFeet, true),
              0.0485125762, 1e-10);
}

TEST(HazusLiquefaction, IsNoneBelowTheThresholdOfTheClass) {
  EXPECT_EQ(hazus_liquefaction(Susceptibility::moderate, 7.5, 0.149, 0, true), 0);
  EXPECT_EQ(hazus_liquefaction(Susceptibility::none, 8, 2, 0, true), 0);
}

TEST(HazusLiquefaction, IsNotLikelierThanCertain) {
  EXPECT_NEAR(hazus_liquefaction(Susceptibility::high, 7.5, 5, kFiveFeet, true),
              0.20 / (1.0147375 * 1.04), 1e-9);
}

// Figure 4.9: 12 x - 12, 18 x - 24 and 70 x - 180 inches, times 0.7763 at magnitude 7.
TEST(HazusLateralSpreading, GrowsInThreeBranches) {
  const auto at = [](double ratio) {
    return hazus_lateral_spreading(Susceptibility::high, 7, ratio * 0.12);
  };

  EXPECT_NEAR(at(1.5), 0.7763 * 6 * kInch, 1e-9);
  EXPECT_NEAR(at(2.5), 0.7763 * 21 * kInch, 1e-9);
  EXPECT_NEAR(at(3.5), 0.7763 * 65 * kInch, 1e-9);
  EXPECT_NEAR(at(9), 0.7763 * 100 * kInch, 1e-9);
  EXPECT_EQ(at(0.9), 0);
}

TEST(HazusSettlement, IsThatOfTheClass) {
  EXPECT_DOUBLE_EQ(hazus_settlement(Susceptibility::very_high, 0.1), 0.3048);
  EXPECT_DOUBLE_EQ(hazus_settlement(Susceptibility::low, 0.3), kInch);
  EXPECT_EQ(hazus_settlement(Susceptibility::very_low, 0.3), 0);
  EXPECT_EQ(hazus_settlement(Susceptibility::very_high, 0.08), 0);
}

TEST(HazusDeformation, IsTheGreaterOfBothOrTheirGeometricMean) {
  const double across = 0.7763 * 21 * kInch, down = 12 * kInch; // at 2.5 times the threshold

  EXPECT_NEAR(displacement(GroundDisplacement::greatest, 0.225), across, 1e-9);
  EXPECT_NEAR(displacement(GroundDisplacement::greatest, 0.1), down, 1e-9);
  EXPECT_NEAR(displacement(GroundDisplacement::geometric_mean, 0.225), std::sqrt(across * down),
              1e-9);
}

TEST(HazusPerils, RefuseAClassThatTheyDoNotKnow) {
  const auto peril = hazus_liquefaction(one_site("soft"), true);

  ASSERT_FALSE(peril);
  EXPECT_EQ(peril.error().message,
            "secondary_perils: the column 'liq_susc_cat' of the site model has 'soft'; it can be "
            "n, vl, l, m, h or vh");
}

TEST(HazusPerils, NameTheColumnThatTheSitesLack) {
  auto sites = one_site("h");
  sites.columns.pop_back();

  EXPECT_TRUE(hazus_deformation(sites, GroundDisplacement::greatest));
  EXPECT_NE(hazus_liquefaction(sites, true).error().message.find("'gwd'"), std::string::npos);
}

} // namespace
} // namespace oq::engine
