// Tests of rupture areas against the published regressions.
#include "engine/source/scaling_relation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

// Wells & Coppersmith (1994), table 2A: log10 of the area of a magnitude 7.
TEST(ScalingRelation, WellsAndCoppersmithByStyleOfFaulting) {
  EXPECT_NEAR(std::log10(median_area(ScalingRelation::wc1994, 7.0, 0.0)), 2.88, 1e-12);
  EXPECT_NEAR(std::log10(median_area(ScalingRelation::wc1994, 7.0, 180.0)), 2.88, 1e-12);
  EXPECT_NEAR(std::log10(median_area(ScalingRelation::wc1994, 7.0, 90.0)), 2.87, 1e-12);
  EXPECT_NEAR(std::log10(median_area(ScalingRelation::wc1994, 7.0, -90.0)), 2.87, 1e-12);
  EXPECT_NEAR(std::log10(median_area(ScalingRelation::wc1994, 6.0, -90.0)), 2.05, 1e-12);
}

TEST(ScalingRelation, PeerGivesAHundredSquareKilometresForMagnitudeSix) {
  EXPECT_NEAR(median_area(ScalingRelation::peer, 6.0, 0.0), 100.0, 1e-9);
}

// Strasser et al. (2010), table 1; Leonard (2014), table 4; EPRI (2011).
TEST(ScalingRelation, SubductionAndStableRegions) {
  EXPECT_NEAR(std::log10(median_area(ScalingRelation::strasser_interface, 8.0, 90)), 4.14, 1e-12);
  EXPECT_NEAR(std::log10(median_area(ScalingRelation::strasser_intraslab, 7.0, 90)), 3.005, 1e-12);
  EXPECT_NEAR(std::log10(median_area(ScalingRelation::leonard2014_scr, 6.0, 0)), 1.82, 1e-12);
  EXPECT_NEAR(std::log10(median_area(ScalingRelation::leonard2014_interplate, 6.0, 90)), 2.0,
              1e-12);
  EXPECT_NEAR(std::log10(median_area(ScalingRelation::ceus2011, 6.0, 90)), 1.634, 1e-12);
}

// Thingbaijam et al. (2017), table 1; Allen & Hayes (2017), tables 2 and 5: log10 of areas.
TEST(ScalingRelation, NewerSubductionRelations) {
  const auto area = [](ScalingRelation::Kind kind, double magnitude) {
    return std::log10(median_area(kind, magnitude, 90));
  };
  EXPECT_NEAR(area(ScalingRelation::thingbaijam_interface, 8.0), 4.3, 1e-12);
  EXPECT_NEAR(area(ScalingRelation::thingbaijam_strike_slip, 7.0), 3.108, 1e-12);
  EXPECT_NEAR(area(ScalingRelation::allen_hayes_interface_linear, 8.0), 4.05, 1e-12);
  EXPECT_NEAR(area(ScalingRelation::allen_hayes_interface_bilinear, 8.0), 4.14, 1e-12);
  EXPECT_NEAR(area(ScalingRelation::allen_hayes_interface_bilinear, 9.0), 5.02, 1e-12);
  EXPECT_NEAR(area(ScalingRelation::allen_hayes_intraslab, 7.0), 2.83, 1e-12);
}

TEST(ScalingRelation, AConstantComesWithTheName) {
  const auto relation = parse_scaling_relation("CScalingMSR.C=4.15");

  ASSERT_TRUE(relation);
  EXPECT_NEAR(median_area(*relation, 6.15, 0), 100.0, 1e-9);
  EXPECT_EQ(to_string(*relation), "CScalingMSR.C=4.15");
  EXPECT_EQ(parse_scaling_relation("CScalingMSR.C = 3.90")->c, 3.9);
}

TEST(ScalingRelation, AMissingConstantIsAnError) {
  EXPECT_FALSE(parse_scaling_relation("CScalingMSR"));
  EXPECT_FALSE(parse_scaling_relation("CScalingMSR.C=big"));
  EXPECT_FALSE(parse_scaling_relation("WC1994.C=4"));
}

TEST(ScalingRelation, NamesReadBack) {
  const auto relation = parse_scaling_relation("PeerMSR");

  ASSERT_TRUE(relation);
  EXPECT_EQ(to_string(*relation), "PeerMSR");
}

TEST(ScalingRelation, AnUnknownNameIsAnErrorThatListsTheKnownOnes) {
  const auto relation = parse_scaling_relation("WC1995");

  ASSERT_FALSE(relation);
  EXPECT_NE(relation.error().message.find("WC1994"), std::string::npos);
}

} // namespace
} // namespace oq::engine
