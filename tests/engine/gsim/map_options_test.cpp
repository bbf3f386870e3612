// What the US and other national maps change by arguments.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine::testing {

namespace {

constexpr OnePair kPair{.mag = 7.2,
                        .rake = -90,
                        .dip = 50,
                        .ztor = 1,
                        .width = 15,
                        .hypo_depth = 9,
                        .rrup = 12,
                        .rjb = 10,
                        .rx = 11,
                        .ry0 = 0,
                        .vs30 = 600,
                        .z1pt0 = 600,
                        .z2pt5 = 2};

LogNormal motion_of(const std::string& name, boost::json::object arguments, const Imt& imt,
                    const OnePair& pair = kPair) {
  return evaluate(name, imt, pair, std::move(arguments));
}

OnePair with_z1pt0(double z1pt0) {
  OnePair pair = kPair;
  pair.z1pt0 = z1pt0;
  return pair;
}

TEST(UsgsBasinScaling, KeepsTheWholeTermFrom500MetresOn) {
  const boost::json::object scaled{{"usgs_basin_scaling", true}};

  for (const std::string name : {"AbrahamsonEtAl2014", "ChiouYoungs2014"})
    EXPECT_EQ(motion_of(name, scaled, sa(1.0)).ln_mean, motion_of(name, {}, sa(1.0)).ln_mean);
}

// A depth that is not known has no basin term.
TEST(UsgsBasinScaling, DropsTheTermUpTo300MetresAndAtShortPeriods) {
  const boost::json::object scaled{{"usgs_basin_scaling", true}};
  const OnePair shallow = with_z1pt0(300), unknown = with_z1pt0(-1);

  for (const std::string name : {"AbrahamsonEtAl2014", "ChiouYoungs2014"}) {
    EXPECT_EQ(motion_of(name, scaled, sa(1.0), shallow).ln_mean,
              motion_of(name, {}, sa(1.0), unknown).ln_mean);
    EXPECT_EQ(motion_of(name, scaled, sa(0.4)).ln_mean,
              motion_of(name, {}, sa(0.4), unknown).ln_mean);
  }
}

TEST(UsgsBasinScaling, NeedsABasinTermInBooreEtAl2014) {
  EXPECT_FALSE(make_ground_motion_model(
    {.name = "BooreEtAl2014", .arguments = {{"usgs_basin_scaling", true}}}));
  const OnePair shallow = with_z1pt0(300);
  EXPECT_NEAR(
    motion_of("BooreEtAl2014", {{"usgs_basin_scaling", true}, {"region", "CAL"}}, sa(1.0), shallow)
      .ln_mean,
    motion_of("BooreEtAl2014", {}, sa(1.0), shallow).ln_mean, 1e-12);
}

// Of the site's depth, between 1 and 3 km and long periods, the term of rock of 1100 m/s is left.
TEST(UsgsBasinScaling, LeavesTheTermOfRockInCampbellBozorgnia2014) {
  OnePair rock = kPair;
  rock.z2pt5 = std::exp(7.089 - 1.144 * std::log(1100.0));

  EXPECT_NEAR(motion_of("CampbellBozorgnia2014", {{"usgs_basin_scaling", true}}, sa(1.0)).ln_mean,
              motion_of("CampbellBozorgnia2014", {}, sa(1.0), rock).ln_mean, 1e-12);
}

// phi5 0.244 over 1000 m at 2 s instead of the model's own, and 0.1.
TEST(CyberShake, ReplacesTheBasinTermOfChiouYoungs2014) {
  const double median = std::exp(-7.15 / 4
                                 * std::log((std::pow(600, 4) + std::pow(570.94, 4))
                                            / (std::pow(1360, 4) + std::pow(570.94, 4))));
  const double expected = motion_of("ChiouYoungs2014", {}, sa(2.0), with_z1pt0(-1)).ln_mean
                          + 0.244 * (1 - std::exp(-(600 - median) / 1000)) + 0.1;

  EXPECT_NEAR(motion_of("ChiouYoungs2014", {{"cybershake_basin_adj", true}}, sa(2.0)).ln_mean,
              expected, 1e-12);
  EXPECT_EQ(motion_of("ChiouYoungs2014", {{"cybershake_basin_adj", true}}, sa(1.0)).ln_mean,
            motion_of("ChiouYoungs2014", {}, sa(1.0)).ln_mean);
}

// f7 0.163 of 2 s, for excess 0.55 above f6 0.296, and 0.1, whatever the depth.
TEST(CyberShake, IsAConstantInBooreEtAl2014) {
  EXPECT_NEAR(
    motion_of("BooreEtAl2014", {{"cybershake_basin_adj", true}, {"region", "CAL"}}, sa(2.0)).ln_mean
      - motion_of("BooreEtAl2014", {}, sa(2.0)).ln_mean,
    0.163 + 0.1, 1e-12);
}

TEST(CyberShake, ReplacesTheDeepSlopeOfCampbellBozorgnia2014) {
  OnePair deep = kPair, middle = kPair;
  deep.z2pt5 = 5;

  EXPECT_NEAR(
    motion_of("CampbellBozorgnia2014", {{"cybershake_basin_adj", true}}, sa(2.0), deep).ln_mean
      - motion_of("CampbellBozorgnia2014", {}, sa(2.0), middle).ln_mean,
    0.764 * std::exp(-0.75) * (1 - std::exp(-0.5)), 1e-12);
}

TEST(CyberShake, DoesNotReachBetween1p9And2Seconds) {
  for (const std::string name : {"AbrahamsonEtAl2014", "ChiouYoungs2014", "CampbellBozorgnia2014"})
    EXPECT_FALSE(model_of(name, {{"cybershake_basin_adj", true}})->supports(sa(1.95)));
}

TEST(ChiouYoungs2014, WithoutItsHangingWallIsThatOfTheFootwall) {
  OnePair footwall = kPair;
  footwall.rx = -11;

  EXPECT_EQ(motion_of("ChiouYoungs2014", {{"use_hw", false}}, kPga).ln_mean,
            motion_of("ChiouYoungs2014", {}, kPga, footwall).ln_mean);
}

// PGA: c1b -0.255 and c1d 0.255 over cosh(2 (7.2 - 4.5)).
TEST(ChiouYoungs2014, ScalesItsNormalFaultingTerm) {
  OnePair rock = kPair;
  rock.vs30 = 1130;
  rock.z1pt0 = -1;

  EXPECT_NEAR(motion_of("ChiouYoungs2014", {}, kPga, rock).ln_mean
                - motion_of("ChiouYoungs2014", {{"alpha_nm", 0}}, kPga, rock).ln_mean,
              -0.255 + 0.255 / std::cosh(5.4), 1e-12);
}

// Boore et al. (2022), equation 2, at M 7.2 with t_B of 1.8 s and 12 km.
TEST(ChiouYoungs2014, RaisesLongPeriodsWhenToldSo) {
  const double slope =
    0.2704 - 0.0694 * 0.2 + (-0.1342 + 0.0716 * 0.2) / std::cosh((0.2513 - 0.0419 * 0.2) * 12);
  const auto ln_reference = [](const boost::json::object& arguments, double period) {
    OnePair rock = kPair;
    rock.vs30 = 1130;
    rock.z1pt0 = -1;
    return motion_of("ChiouYoungs2014", arguments, sa(period), rock).ln_mean;
  };

  EXPECT_NEAR(ln_reference({{"add_delta_c1", true}}, 4.0) - ln_reference({}, 4.0),
              slope * std::pow(std::log(4.0 / 1.8), 2), 1e-9);
  EXPECT_EQ(ln_reference({{"add_delta_c1", true}}, 1.5), ln_reference({}, 1.5));
}

TEST(ChiouYoungs2014, TakesStressParametersTogether) {
  EXPECT_FALSE(
    make_ground_motion_model({.name = "ChiouYoungs2014", .arguments = {{"stress_par_host", 100}}}));
  EXPECT_EQ(
    motion_of("ChiouYoungs2014", {{"stress_par_host", 90}, {"stress_par_target", 90}}, sa(1.0))
      .ln_mean,
    motion_of("ChiouYoungs2014", {}, sa(1.0)).ln_mean);
  EXPECT_GT(
    motion_of("ChiouYoungs2014", {{"stress_par_host", 90}, {"stress_par_target", 180}}, sa(0.1))
      .ln_mean,
    motion_of("ChiouYoungs2014", {}, sa(0.1)).ln_mean);
}

TEST(Bradley2013, TakesEpistemicDeviations) {
  EXPECT_NEAR(motion_of("Bradley2013", {{"sigma_mu_epsilon", 1}}, kPga).ln_mean
                - motion_of("Bradley2013", {}, kPga).ln_mean,
              0.4 * std::sqrt(2.0 / 2.0), 1e-12);
}

constexpr OnePair kEuropean{
  .mag = 6.1, .hypo_depth = 8, .rjb = 30, .vs30 = 600, .vs30measured = 1, .region = 2};

// Half way in ln T between 0.5 and 2 s.
TEST(KothaEtAl2020ESHM20, TakesASourceRegionTermByIntensityMeasure) {
  const boost::json::object given{{"dl2l", {{"SA(0.5)", 0.2}, {"SA(2.0)", 0.4}}}};

  EXPECT_NEAR(motion_of("KothaEtAl2020ESHM20", given, sa(1.0), kEuropean).ln_mean
                - motion_of("KothaEtAl2020ESHM20", {}, sa(1.0), kEuropean).ln_mean,
              0.3, 1e-12);
  EXPECT_FALSE(model_of("KothaEtAl2020ESHM20", given)->supports(kPga));
}

// Without attenuation of its own, sites at the reference distance of 30 km feel nothing of it.
TEST(KothaEtAl2020ESHM20, TakesAnAttenuationByIntensityMeasure) {
  OnePair far = kEuropean;
  far.rjb = 120;
  const auto ln_mean = [](double c3, const OnePair& pair) {
    return motion_of("KothaEtAl2020ESHM20", {{"c3", {{"PGA", c3}}}}, kPga, pair).ln_mean;
  };

  EXPECT_NEAR(ln_mean(-0.5, kEuropean), ln_mean(-1.0, kEuropean), 1e-12);
  EXPECT_NEAR(ln_mean(-0.5, far) - ln_mean(-1.0, far),
              0.5 * (std::hypot(120, 4) - std::hypot(30, 4)) / 100, 1e-12);
}

TEST(KothaEtAl2020ESHM20, RefusesATermThatIsNotByIntensityMeasure) {
  EXPECT_FALSE(
    make_ground_motion_model({.name = "KothaEtAl2020ESHM20", .arguments = {{"dl2l", 0.2}}}));
  EXPECT_FALSE(make_ground_motion_model(
    {.name = "KothaEtAl2020ESHM20", .arguments = {{"c3", {{"SB(1)", 0.2}}}}}));
}

TEST(ZhaoEtAl2006, TakesTheBasinTermsOfOthers) {
  OnePair deep = kPair;
  deep.z2pt5 = 7;
  const auto added = [&](boost::json::object arguments, const Imt& imt) {
    return motion_of("ZhaoEtAl2006SInter", std::move(arguments), imt, deep).ln_mean
           - motion_of("ZhaoEtAl2006SInter", {}, imt, deep).ln_mean;
  };

  EXPECT_NEAR(added({{"m9_basin_term", true}}, sa(2.0)), std::log(2.0), 1e-12);
  EXPECT_NEAR(added({{"m9_basin_term", true}, {"cb14_basin_term", true}}, sa(2.0)), std::log(2.0),
              1e-12);
  EXPECT_EQ(added({{"m9_basin_term", true}}, sa(1.0)), 0.0);
  EXPECT_GT(added({{"cb14_basin_term", true}}, sa(1.0)), 0.0);
}

TEST(AtkinsonMacias2009, TakesTheSiteTermOfBooreAndAtkinson) {
  OnePair rock = kPair;
  rock.vs30 = 760;

  EXPECT_NEAR(motion_of("AtkinsonMacias2009", {{"ba08_site_term", true}}, sa(1.0), rock).ln_mean,
              motion_of("AtkinsonMacias2009", {}, sa(1.0), rock).ln_mean, 1e-12);
  EXPECT_GT(motion_of("AtkinsonMacias2009", {{"ba08_site_term", true}}, sa(1.0)).ln_mean,
            motion_of("AtkinsonMacias2009", {}, sa(1.0)).ln_mean);
}

} // namespace

} // namespace oq::engine::testing
