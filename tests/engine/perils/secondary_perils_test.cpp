// Secondary perils: values of the reference engine, to its printed digits, and limits.
#include "engine/perils/secondary_perils.hpp"

#include "engine/perils/landslides.hpp"
#include "engine/perils/liquefaction.hpp"

#include <boost/json/array.hpp>
#include <gtest/gtest.h>

namespace oq::engine {
namespace {

constexpr SlopeGround kWetSlope{20, 20000, 35, 2, 1500, 2.5};

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
  const auto peril = landslides("Jibson2007ALandslides", one_slope(slab_thickness));
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

constexpr SlopeShaking kStrong{7, 0.4, 40}; // a quarter of it is critical below

// ln D = -1.56 - 4.58 r - 20.84 r2 + 44.75 r3 - 30.5 r4 - 0.64 ln 0.4 + 1.55 ln 40, r = 0.25; cm
TEST(SaygiliRathje2008, IsAPolynomialOfTheRatioOfAccelerations) {
  EXPECT_NEAR(saygili_rathje_2008(0.1, kStrong), 0.1775677880, 1e-9);
  EXPECT_EQ(saygili_rathje_2008(0.4, kStrong), 0);
}

// ln D = 4.89 - 4.85 r - 19.64 r2 + 42.49 r3 - 29.06 r4 + 0.72 ln 0.4 + 0.89; cm
TEST(RathjeSaygili2009, DependsOnTheMagnitudeInsteadOfTheVelocity) {
  EXPECT_NEAR(rathje_saygili_2009(0.1, kStrong), 0.2529637989, 1e-9);
  EXPECT_EQ(rathje_saygili_2009(0.4, kStrong), 0);
}

TEST(FotopoulouPitilakis2015, HasFourModels) {
  EXPECT_NEAR(fotopoulou_pitilakis_2015_a(0.1, kStrong), 0.2053316541, 1e-9);
  EXPECT_NEAR(fotopoulou_pitilakis_2015_b(0.1, kStrong), 0.1608552500, 1e-9);
  EXPECT_NEAR(fotopoulou_pitilakis_2015_c(0.1, kStrong), 0.1522437068, 1e-9);
  EXPECT_NEAR(fotopoulou_pitilakis_2015_d(0.1, kStrong), 0.2088613511, 1e-9);
}

TEST(FotopoulouPitilakis2015, IsFiniteOfASlopeThatDoesNotStandAndNoneWithoutShaking) {
  EXPECT_LT(fotopoulou_pitilakis_2015_c(0, kStrong), 10);
  EXPECT_LT(fotopoulou_pitilakis_2015_d(0, kStrong), 10);
  EXPECT_EQ(fotopoulou_pitilakis_2015_b(0.1, {7, 0, 0}), 0);
  EXPECT_EQ(fotopoulou_pitilakis_2015_c(0, {7, 0, 0}), 0);
  EXPECT_EQ(fotopoulou_pitilakis_2015_d(0, {7, 0, 0}), 0);
}

TEST(Landslides, MeasureCriticalAccelerationsOfOtherAuthorsInG) {
  const auto sites = one_slope(2);
  const auto peril = landslides("RathjeSaygili2009Landslides", sites);
  const double pga = 0.4;
  double out = -1;
  (*peril)->compute(0, 7, {&pga, 1}, {&out, 1});

  const double critical = (*peril)->site_columns()[1].numbers[0]; // 1.16 m/s2, as the file shows
  EXPECT_NEAR(critical, 1.15985, 5e-6);
  EXPECT_EQ(out, rathje_saygili_2009(critical / 9.81, kStrong));
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

TEST(SecondaryPerils, GiveOneDisplacementUnlessFilesBringTheOther) {
  Job job = job_with("HazusDeformation");
  const auto computed = measures_of_perils(job);
  job.inputs["gmfs"] = {"gmfs.csv"};

  EXPECT_EQ(computed, (std::vector<std::string>{"PGDMax"}));
  EXPECT_EQ(measures_of_perils(job), (std::vector<std::string>{"PGDMax", "PGDGeomMean"}));
}

SiteCollection wet_site() {
  SiteCollection sites;
  sites.lon = sites.lat = sites.depth = {0};
  sites.columns.push_back({"liq_susc_cat", SiteColumn::Kind::text, {}, {"vh"}});
  sites.columns.push_back({"vs30", SiteColumn::Kind::real, {200}, {}});
  sites.columns.push_back({"cti", SiteColumn::Kind::real, {8}, {}});
  sites.columns.push_back({"gwd", SiteColumn::Kind::real, {1}, {}});
  return sites;
}

std::string refusal(const Job& job) {
  const auto perils = make_secondary_perils(job, wet_site(), {kPga});
  return perils ? "" : perils.error().message;
}

TEST(SecondaryPerils, GiveTheDisplacementThatTheirParametersSay) {
  Job job = job_with("HazusDeformation");
  const auto greatest = make_secondary_perils(job, wet_site(), {kPga});
  job.parameters["sec_peril_params"] = {{"deformation_component", "PGDGeomMean"}};
  const auto mean = make_secondary_perils(job, wet_site(), {kPga});

  ASSERT_TRUE(greatest && mean);
  EXPECT_EQ(greatest->front()->gives(), (std::vector<std::string>{"PGDMax"}));
  EXPECT_EQ(mean->front()->gives(), (std::vector<std::string>{"PGDGeomMean"}));
}

TEST(SecondaryPerils, LeaveOutTheMappedPartWhenTheirParametersSaySo) {
  Job job = job_with("HazusLiquefaction");
  const auto part = make_secondary_perils(job, wet_site(), {kPga});
  job.parameters["sec_peril_params"] = boost::json::array{{{"map_proportion_flag", 0}}};
  const auto place = make_secondary_perils(job, wet_site(), {kPga});
  ASSERT_TRUE(part && place);
  const double pga = 0.15;
  double of_part = 0, of_place = 0;

  part->front()->compute(0, 7, {&pga, 1}, {&of_part, 1});
  place->front()->compute(0, 7, {&pga, 1}, {&of_place, 1});

  EXPECT_NEAR(of_place / of_part, 4, 1e-12); // a quarter of the map
}

TEST(SecondaryPerils, RefuseParametersThatMeanNothing) {
  Job job = job_with("HazusDeformation");
  job.parameters["sec_peril_params"] = {{"deformation_component", "PGDMean"}};

  EXPECT_EQ(refusal(job), "sec_peril_params: deformation_component is PGDMax or PGDGeomMean");
}

TEST(SecondaryPerils, GiveAMeasureOnce) {
  EXPECT_EQ(refusal(job_with("HazusLiquefaction, ZhuEtAl2015LiquefactionGeneral")),
            "secondary_perils: ZhuEtAl2015LiquefactionGeneral gives LiqProb, which a peril before "
            "it gives, too");
}

TEST(SecondaryPerils, ThatAreTrainedModelsAreNotComputed) {
  EXPECT_NE(refusal(job_with("TodorovicSilva2022NonParametric")).find("not computed"),
            std::string::npos);
}

} // namespace
} // namespace oq::engine
