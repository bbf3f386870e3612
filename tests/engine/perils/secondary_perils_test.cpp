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
