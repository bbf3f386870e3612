// What a job file means: types, defaults, old names, input files.
#include "engine/base/json.hpp"
#include "engine/job/job.hpp"
#include "engine/job/job_folder.hpp"

#include <gmock/gmock.h>

#include <regex>

namespace oq::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::SmallJobFolder;

class ReadJob : public ::testing::Test {
protected:
  Job read_with(const std::string& line, const ReadJobOptions& options = {}) {
    auto job = folder_.read_with(line, options);
    EXPECT_TRUE(job) << job.error().text();
    return job ? *std::move(job) : Job{};
  }
  SmallJobFolder folder_;
};

TEST_F(ReadJob, FillsTheFieldsOfASmallJob) {
  const Job job = read_with("");

  EXPECT_EQ(job.mode, CalculationMode::classical);
  EXPECT_EQ(job.description, "Small");
  EXPECT_EQ(job.investigation_time, 50);
  EXPECT_EQ(job.truncation_level, 3);
  ASSERT_EQ(job.sites.size(), 1u);
  EXPECT_EQ(job.sites[0].lat, 45);
  EXPECT_THAT(job.inputs.at("source_model_logic_tree"), ElementsAre(folder_.path() / "ssmlt.xml"));
  EXPECT_THAT(job.warnings, IsEmpty());
}

TEST_F(ReadJob, IntensitiesAreSortedByPeriodThenAsGiven) {
  const auto job = folder_.read(
    std::regex_replace(testing::kSmallJob, std::regex("\\{.*\\}"),
                       R"j({"SA(2.0)": [1], "SA(0.1)": [1], "PGV": [1], "PGA": [1]})j"));

  ASSERT_TRUE(job) << job.error().text();
  std::vector<std::string> names;
  for (const auto& intensity : job->intensity_levels)
    names.push_back(intensity.imt.name());
  EXPECT_THAT(names, ElementsAre("PGV", "PGA", "SA(0.1)", "SA(2.0)"));
}

TEST_F(ReadJob, OldNamesMeanTodaysOptions) {
  const Job job = read_with("quantile_hazard_curves = 0.15, 0.5 0.85\nmean_hazard_curves = false\n"
                            "individual_curves = true\nregion_constraint = 0 0, 1 0, 1 1, 0 0");

  EXPECT_THAT(job.quantiles, ElementsAre(0.15, 0.5, 0.85));
  EXPECT_FALSE(job.mean);
  EXPECT_EQ(job.individual_rlzs, true);
  EXPECT_EQ(job.region.size(), 3u);
  EXPECT_EQ(job.where("quantiles"), "job.ini:13");
}

TEST_F(ReadJob, EquivalentDistancesNameTheirRegions) {
  const Job job = read_with("reqv_file = {'Volcanic': 'ssmlt.xml'}\nreqv_ignore_sources = a b\n"
                            "split_sources = False\nhoriz_comp_to_geom_mean = 1");

  EXPECT_THAT(job.reqv_regions, ElementsAre("Volcanic"));
  EXPECT_THAT(job.reqv_ignore_sources, ElementsAre("a", "b"));
  EXPECT_FALSE(job.split_sources);
  EXPECT_TRUE(job.horiz_comp_to_geom_mean);
}

TEST_F(ReadJob, ADistanceHoldsForAllMagnitudes) {
  const Job job = read_with("");

  EXPECT_THAT(job.maximum_distance.at("default"), ElementsAre(Pair(2.5, 200), Pair(10.2, 200)));
}

TEST_F(ReadJob, DistancesMayDependOnRegionAndMagnitude) {
  const std::string text =
    std::regex_replace(testing::kSmallJob, std::regex("maximum_distance = 200"),
                       "maximum_distance = {'default': [(5, 0), (7, 150)], 'Volcanic': 50}");

  const auto job = folder_.read(text);

  ASSERT_TRUE(job) << job.error().text();
  EXPECT_THAT(job->maximum_distance.at("default"), ElementsAre(Pair(5, 0), Pair(7, 150)));
  EXPECT_THAT(job->maximum_distance.at("Volcanic"), ElementsAre(Pair(2.5, 50), Pair(10.2, 50)));
}

TEST_F(ReadJob, MagdistIsAWordForDistances) {
  const auto job = folder_.read(std::regex_replace(
    testing::kSmallJob, std::regex("maximum_distance = 200"), "maximum_distance = magdist"));

  ASSERT_TRUE(job) << job.error().text();
  EXPECT_THAT(job->maximum_distance.at("default"),
              ElementsAre(Pair(3, 0), Pair(6, 150), Pair(10, 600)));
}

TEST_F(ReadJob, PointsourceDistanceDependsOnTheGrid) {
  EXPECT_EQ(read_with("").pointsource_distance.at("default").front().second, 100);
  EXPECT_EQ(read_with("ps_grid_spacing = 50").pointsource_distance.at("default").front().second,
            40);
  EXPECT_EQ(read_with("pointsource_distance = 0").pointsource_distance.at("default").front().second,
            0);
}

TEST_F(ReadJob, AnEmptyListIsEmptyAndAnEmptyValueIsTheDefault) {
  const Job job = read_with("quantiles =\npoes =\nminimum_distance =");

  EXPECT_THAT(job.quantiles, IsEmpty());
  EXPECT_EQ(job.minimum_distance, 0);
}

TEST_F(ReadJob, AnUnknownOptionWarnsWithTheNearestName) {
  const Job job = read_with("mimimum_magnitude = 5");

  ASSERT_EQ(job.warnings.size(), 1u);
  EXPECT_THAT(job.warnings[0], HasSubstr("job.ini:13"));
  EXPECT_THAT(job.warnings[0], HasSubstr("did you mean 'minimum_magnitude'?"));
}

TEST_F(ReadJob, AClassicalFileWithExposureIsRiskWhenThereIsHazard) {
  const std::string risk = "calculation_mode = classical\nexposure_file = exposure.xml\n"
                           "structural_vulnerability_file = vulnerability.xml\n"
                           "maximum_distance = 100\n";

  const auto with_hazard = folder_.read(risk, {.has_hazard = true});

  ASSERT_TRUE(with_hazard) << with_hazard.error().text();
  EXPECT_EQ(with_hazard->mode, CalculationMode::classical_risk);
  EXPECT_EQ(with_hazard->asset_hazard_distance.at("default"), 100);
  EXPECT_FALSE(folder_.read(risk));
}

TEST_F(ReadJob, SitesMayComeFromACsv) {
  folder_.write("sites.csv", "\xEF\xBB\xBFlat,lon\n45,10\n46,11\n");

  const auto job = folder_.read(
    std::regex_replace(testing::kSmallJob, std::regex("sites = .*"), "sites_csv = sites.csv"));

  ASSERT_TRUE(job) << job.error().text();
  ASSERT_EQ(job->sites.size(), 2u);
  EXPECT_EQ(job->sites[1].lon, 11);
  EXPECT_EQ(job->sites[1].lat, 46);
}

TEST_F(ReadJob, AnInputMayBeSeveralFilesOrHaveBlanksInItsName) {
  folder_.write("a b.xml", "");
  folder_.write("c.xml", "");

  EXPECT_EQ(read_with("site_model_file = a b.xml").inputs.at("site_model").size(), 1u);
  EXPECT_EQ(read_with("site_model_file = c.xml\n  exposure.xml").inputs.at("site_model").size(),
            2u);
}

TEST_F(ReadJob, AnInputMayBeADictionaryOfFiles) {
  folder_.write("c.csv", "");

  const Job job = read_with("consequence_file = {'taxonomy': ['c.csv']}");

  EXPECT_THAT(job.inputs.at("consequence"), ElementsAre(folder_.path() / "c.csv"));
}

TEST_F(ReadJob, OqparamHasGivenValuesAndDefaults) {
  const auto all = oqparam(read_with(""));

  EXPECT_EQ(json_text(all.at("truncation_level")), "3.0");
  EXPECT_EQ(json_text(all.at("pointsource_distance")), R"({"default": 100.0})");
  EXPECT_EQ(json_text(all.at("inputs").at("gsim_logic_tree")), R"("gmmlt.xml")");
  EXPECT_EQ(json_text(all.at("sites")), "[[10.0, 45.0, 0.0]]");
}

TEST(CalculationModes, EveryWordIsReadBack) {
  for (int i = 0; i <= static_cast<int>(CalculationMode::custom); ++i) {
    const auto mode = static_cast<CalculationMode>(i);
    EXPECT_EQ(parse_calculation_mode(to_string(mode)), mode);
  }
  EXPECT_FALSE(parse_calculation_mode("classic"));
}

TEST(CalculationModes, RiskIsToldByTheEndOfTheWord) {
  EXPECT_TRUE(is_risk(CalculationMode::classical_risk));
  EXPECT_TRUE(is_risk(CalculationMode::scenario_damage));
  EXPECT_TRUE(is_risk(CalculationMode::classical_bcr));
  EXPECT_FALSE(is_risk(CalculationMode::disaggregation));
}

} // namespace
} // namespace oq::engine
