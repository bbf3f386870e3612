// The founding document's two parameter summaries come out of its two ini files, number by number.
#include "engine/base/json.hpp"
#include "engine/job/job_folder.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <map>

namespace oq::engine {
namespace {

namespace json = boost::json;
using testing::SmallJobFolder;

// The samples of the founding document, without the members that the caller adds.
constexpr std::string_view kHazardSample = R"json({"area_source_discretization": 10.0,
     "calculation_mode": "classical",
     "description": "Hazard Calculation for end-to-end hazard+risk",
     "intensity_measure_types_and_levels": {"SA(0.1)": [0.01, 0.04, 0.07, 0.1, 0.13, 0.16, 0.19, 0.22, 0.25, 0.28, 0.31, 0.34, 0.37, 0.4, 0.43, 0.46, 0.49, 0.52, 0.55, 0.58, 0.61, 0.64, 0.67, 0.7, 0.73, 0.77, 0.8, 0.83, 0.86, 0.89, 0.92, 0.95, 0.98, 1.01, 1.04, 1.07, 1.1, 1.13, 1.16, 1.19, 1.22, 1.25, 1.28, 1.31, 1.34, 1.37, 1.4, 1.43, 1.46, 1.5]},
     "investigation_time": 50.0,
     "maximum_distance": 300.0,
     "mean_hazard_curves": true,
     "no_progress_timeout": 3600,
     "number_of_logic_tree_samples": 0,
     "poes": [0.1, 0.2],
     "quantile_hazard_curves": [0.15, 0.5, 0.85],
     "random_seed": 1024,
     "reference_depth_to_1pt0km_per_sec": 50.0,
     "reference_depth_to_2pt5km_per_sec": 2.5,
     "reference_vs30_type": "measured",
     "reference_vs30_value": 800.0,
     "rupture_mesh_spacing": 20.0,
     "sites": {"coordinates": [[-78.182, 15.615]], "type": "MultiPoint"},
     "truncation_level": 4.0,
     "uniform_hazard_spectra": false,
     "width_of_mfd_bin": 0.2})json";

constexpr std::string_view kRiskSample = R"({
     "quantile_loss_curves": [0.1, 0.9],
     "maximum_distance": 100.0,
     "description": "Risk Calculation for end-to-end hazard+risk",
     "insured_losses": false,
     "lrem_steps_per_interval": 2,
     "loss_curve_resolution": 50,
     "poes_disagg": [0.2],
     "calculation_mode": "classical",
     "no_progress_timeout": 3600,
     "conditional_loss_poes": [0.1],
     "region_constraint": {"type": "Polygon", "coordinates": [[[-78.181, 15.614], [-78.153, 15.614], [-78.153, 15.566], [-78.181, 15.566], [-78.181, 15.614]]]},
     "asset_correlation": 0.0})";

// Members in alphabetical order at every depth, one text a member: compares keys, values and
// numbers.
std::string sorted_text(const json::value& value) {
  const auto* members = value.if_object();
  if (!members)
    return json_text(value);
  std::map<std::string, std::string> sorted;
  for (const auto& [key, member] : *members)
    sorted[std::string(key)] = sorted_text(member);
  std::string text = "{";
  for (const auto& [key, member] : sorted)
    text += "\"" + key + "\": " + member + "\n";
  return text + "}";
}

std::filesystem::path seed_file(const char* name) {
  const char* reference = std::getenv("OQ_REFERENCE_DIR");
  return reference ? std::filesystem::path(reference) / "seed/end-to-end-hazard-risk" / name
                   : std::filesystem::path();
}

TEST(FoundingSamples, TheHazardSampleIsItsIniFile) {
  const auto ini = seed_file("job_haz_classical.ini");
  if (ini.empty())
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: the founding hazard sample is NOT checked";

  const auto job = read_job(ini);

  ASSERT_TRUE(job) << job.error().text();
  EXPECT_EQ(sorted_text(hazard_parameters(*job)), sorted_text(json::parse(kHazardSample)));
}

TEST(FoundingSamples, TheRiskSampleIsItsIniFile) {
  const auto ini = seed_file("job_risk_classical.ini");
  if (ini.empty())
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: the founding risk sample is NOT checked";

  const auto job = read_job(ini, {.has_hazard = true});

  ASSERT_TRUE(job) << job.error().text();
  EXPECT_EQ(job->mode, CalculationMode::classical_risk);
  EXPECT_EQ(sorted_text(risk_parameters(*job)), sorted_text(json::parse(kRiskSample)));
}

TEST(HazardParameters, ShowWhatTheFileGivesAndTwoDefaults) {
  constexpr std::string_view kExpected = R"json({
    "description": "Small", "no_progress_timeout": 3600, "calculation_mode": "classical",
    "intensity_measure_types_and_levels": {"PGA": [0.1, 0.2], "SA(0.1)": [0.1, 0.4]},
    "investigation_time": 50.0, "maximum_distance": 200.0, "quantile_hazard_curves": [],
    "sites": {"coordinates": [[10.0, 45.0]], "type": "MultiPoint"}, "truncation_level": 3.0})json";

  const auto job = SmallJobFolder().read_with("export_dir = /tmp\nquantiles =");

  ASSERT_TRUE(job) << job.error().text();
  EXPECT_EQ(sorted_text(hazard_parameters(*job)), sorted_text(json::parse(kExpected)));
}

TEST(HazardParameters, CloseTheRegionAndDropDepths) {
  const auto job = SmallJobFolder().read_with(
    "region = 0 0, 1 0, 1 1\nregion_grid_spacing = 10\nno_progress_timeout = 60");

  ASSERT_TRUE(job) << job.error().text();
  const auto shown = hazard_parameters(*job);
  EXPECT_EQ(json_text(shown.at("region")),
            R"({"coordinates": [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]], )"
            R"("type": "Polygon"})");
  EXPECT_EQ(json_text(shown.at("no_progress_timeout")), "60");
}

TEST(HazardParameters, AMissingDescriptionIsEmpty) {
  const SmallJobFolder folder;

  const auto job = folder.read(testing::kSmallJob.substr(testing::kSmallJob.find("calculation")));

  ASSERT_TRUE(job) << job.error().text();
  EXPECT_EQ(json_text(hazard_parameters(*job).at("description")), R"("")");
  EXPECT_EQ(job->description, "no description");
}

TEST(HazardParameters, ShowTheLargestOfSeveralDistances) {
  const SmallJobFolder folder;
  std::string text = testing::kSmallJob;
  text.replace(text.find("= 200"), 5, "= {'default': [(5, 1), (6, 70)], 'X': 65}");

  const auto job = folder.read(text);

  ASSERT_TRUE(job) << job.error().text();
  EXPECT_EQ(json_text(hazard_parameters(*job).at("maximum_distance")), "70.0");
}

TEST(RiskParameters, ShowTheirFiveDefaults) {
  const auto job =
    SmallJobFolder().read("calculation_mode = classical_risk\nexposure_file = exposure.xml\n"
                          "structural_vulnerability_file = vulnerability.xml\n",
                          {.has_hazard = true});

  ASSERT_TRUE(job) << job.error().text();
  EXPECT_EQ(json_text(risk_parameters(*job), JsonStyle::compact),
            R"({"description":"","no_progress_timeout":3600,"calculation_mode":"classical",)"
            R"("asset_correlation":0.0,"insured_losses":false,"loss_curve_resolution":50,)"
            R"("maximum_distance":5.0})");
}

} // namespace
} // namespace oq::engine
