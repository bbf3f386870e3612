// Variants of published models stand to the originals as their authors say.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace oq::engine::testing {

namespace {

constexpr OnePair kPair{.mag = 6.4,
                        .rake = 90,
                        .dip = 30,
                        .ztor = 1,
                        .zbot = 15,
                        .width = 10,
                        .hypo_depth = 9,
                        .rrup = 12,
                        .rjb = 10,
                        .rx = 11,
                        .vs30 = 600,
                        .z2pt5 = 1.5};

LogNormal motion_of(const GroundMotionModel& model, const OnePair& pair, const Imt& imt = kPga) {
  const std::vector<OnePair> pairs{pair};
  return evaluate(model, imt, Batch(pairs).view()).front();
}

double ln_mean(const std::string& name, const OnePair& pair, const Imt& imt = kPga) {
  return evaluate(name, imt, pair).ln_mean;
}

TEST(AtkinsonBoore2006SGS, IsNeverCloserThan5Km) {
  OnePair near = kPair, at_5 = kPair;
  near.rrup = 2;
  at_5.rrup = 5;

  EXPECT_EQ(ln_mean("AtkinsonBoore2006SGS", near), ln_mean("AtkinsonBoore2006", at_5));
  EXPECT_EQ(ln_mean("AtkinsonBoore2006SGS", kPair), ln_mean("AtkinsonBoore2006", kPair));
}

TEST(AtkinsonBoore2006, ByArgumentsIsTheModelOfThe2008UsMaps) {
  const auto model = model_of("AtkinsonBoore2006", {{"mag_eq", "Mblg87"}, {"scale_fac", 0.5146}});

  ASSERT_TRUE(model);
  EXPECT_EQ(motion_of(*model, kPair).ln_mean,
            ln_mean("AtkinsonBoore2006MblgAB1987bar200NSHMP2008", kPair));
}

TEST(AtkinsonBoore2006, IgnoresTheScaleFactorWithoutAMagnitudeScale) {
  const auto model = model_of("AtkinsonBoore2006", {{"scale_fac", 0.5146}});

  ASSERT_TRUE(model);
  EXPECT_EQ(motion_of(*model, kPair).ln_mean, ln_mean("AtkinsonBoore2006", kPair));
}

// Chiou and Youngs (2014), equation 4: (2.704 - 1.226 (6.4 - 5.849))^2.
TEST(CampbellBozorgnia2014, EstimatesTheDepthToTheTopOfReverseRuptures) {
  const auto model = model_of("CampbellBozorgnia2014", {{"estimate_ztor", true}});
  OnePair estimated = kPair;
  estimated.ztor = 2.028474 * 2.028474;

  ASSERT_TRUE(model);
  EXPECT_NEAR(motion_of(*model, kPair).ln_mean, ln_mean("CampbellBozorgnia2014", estimated), 1e-12);
}

TEST(CampbellBozorgnia2014, EstimatesAWidthThatStaysAboveTheSeismogenicBottom) {
  const auto model = model_of("CampbellBozorgnia2014", {{"estimate_width", true}});
  OnePair thin = kPair, narrow = kPair;
  thin.zbot = 3;
  narrow.width = 4; // (3 - 1) / sin 30 degrees

  ASSERT_TRUE(model);
  EXPECT_NEAR(motion_of(*model, thin).ln_mean, ln_mean("CampbellBozorgnia2014", narrow), 1e-12);
  EXPECT_TRUE(model->needs() & need_zbot);
}

// Equations 35 to 37: exp(-4.317 + 0.984 6.4 + 0.0445 (30 - 40)) is above 0.9 of the 5 km between
// the top and the bottom.
TEST(CampbellBozorgnia2014, EstimatesAHypocentreInsideTheRupture) {
  const auto model = model_of("CampbellBozorgnia2014", {{"estimate_hypo_depth", true}});
  OnePair large = kPair, deep = kPair;
  large.width = deep.width = 30;
  large.ztor = deep.ztor = 5;
  deep.hypo_depth = 5 + std::exp(-4.317 + 0.984 * 6.4 - 0.445);

  ASSERT_TRUE(model);
  EXPECT_NEAR(motion_of(*model, large).ln_mean, ln_mean("CampbellBozorgnia2014", deep), 1e-12);
}

// Slopes 0.9 below the break and 0 above it: a shift of the break by 0.2 is one of 0.18.
TEST(AbrahamsonEtAl2015, LowAndHighShiftGreatInterfaceEventsAlike) {
  OnePair great{.mag = 9.0, .rrup = 80, .vs30 = 1500};
  const double central = ln_mean("AbrahamsonEtAl2015SInter", great);

  EXPECT_NEAR(central - ln_mean("AbrahamsonEtAl2015SInterLow", great), 0.18, 1e-12);
  EXPECT_NEAR(ln_mean("AbrahamsonEtAl2015SInterHigh", great) - central, 0.18, 1e-12);
}

TEST(BCHydroESHM20, LowAndHighShiftGreatEventsAlike) {
  OnePair great{.mag = 9.0, .hypo_depth = 60, .rrup = 80, .rhypo = 90, .vs30 = 1500, .xvf = 50};

  for (const std::string kind : {"BCHydroESHM20SInter", "BCHydroESHM20SSlab"}) {
    EXPECT_NEAR(ln_mean(kind, great) - ln_mean(kind + "Low", great), 0.18, 1e-12);
    EXPECT_NEAR(ln_mean(kind + "High", great) - ln_mean(kind, great), 0.18, 1e-12);
  }
}

// PGA: a 0.101, b -1.136, c 3.555.
TEST(BindiEtAl2011Ita19, LiesAParabolaOfMagnitudeOffTheCentralModel) {
  const double width = 0.101 * 6.4 * 6.4 - 1.136 * 6.4 + 3.555;
  const double central = ln_mean("BindiEtAl2011", kPair);

  EXPECT_NEAR(central - ln_mean("BindiEtAl2011Ita19Low", kPair), width, 1e-12);
  EXPECT_NEAR(ln_mean("BindiEtAl2011Ita19Upp", kPair) - central, width, 1e-12);
}

TEST(CauzziEtAl2014, HasNoSiteTermOnEurocode8RockAndAtItsFixedReference) {
  OnePair rock = kPair, reference = kPair;
  rock.vs30 = 1200;
  reference.vs30 = 800;

  EXPECT_NEAR(ln_mean("CauzziEtAl2014Eurocode8", rock),
              ln_mean("CauzziEtAl2014FixedVs30", reference), 1e-12);
}

TEST(CauzziEtAl2014, WithoutStyleIgnoresTheRakeAndIsLessCertain) {
  OnePair normal = kPair;
  normal.rake = -90;

  EXPECT_EQ(ln_mean("CauzziEtAl2014NoSOF", kPair), ln_mean("CauzziEtAl2014NoSOF", normal));
  EXPECT_GT(evaluate("CauzziEtAl2014NoSOF", kPga, kPair).sigma,
            evaluate("CauzziEtAl2014", kPga, kPair).sigma);
}

} // namespace

} // namespace oq::engine::testing
