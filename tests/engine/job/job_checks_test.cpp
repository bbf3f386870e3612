// Each mistake in a job file is refused with the file, the line and the option.
#include "engine/job/job_folder.hpp"

#include <gmock/gmock.h>

#include <regex>

namespace oq::engine {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::kSmallJob;
using testing::SmallJobFolder;

// A line added to a sound job, and what the refusal must say.
struct Mistake {
  std::string name, line, message;
};

std::ostream& operator<<(std::ostream& out, const Mistake& mistake) {
  return out << mistake.line;
}

class AddedMistake : public ::testing::TestWithParam<Mistake> {};

TEST_P(AddedMistake, IsRefusedWithItsPlace) {
  const auto job = SmallJobFolder().read_with(GetParam().line);

  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().code, Errc::invalid_input);
  EXPECT_EQ(job.error().where, "job.ini:13");
  EXPECT_THAT(job.error().message, HasSubstr(GetParam().message));
  EXPECT_THAT(job.error().message, HasSubstr(GetParam().line.substr(0, GetParam().line.find(' '))));
}

INSTANTIATE_TEST_SUITE_P(
  Values, AddedMistake,
  ::testing::Values(
    Mistake{"NegativeSpacing", "rupture_mesh_spacing = -1", "must be above 0"},
    Mistake{"ZeroBin", "width_of_mfd_bin = 0", "must be above 0"},
    Mistake{"NotANumber", "width_of_mfd_bin = abc", "'abc' is not a number"},
    Mistake{"Nan", "area_source_discretization = nan", "not a finite number"},
    Mistake{"NotAnInteger", "random_seed = 4.2", "is not an integer"},
    Mistake{"LargeSeed", "random_seed = 4294967296", "32 bits"},
    Mistake{"NegativeSamples", "number_of_logic_tree_samples = -1", "must not be negative"},
    Mistake{"Sampling", "sampling_method = latin", "is not one of"},
    Mistake{"NotABoolean", "hazard_maps = maybe", "neither true nor false"},
    Mistake{"MapsWithoutPoes", "hazard_maps = true", "hazard maps need poes"},
    Mistake{"SpectraWithoutPoes", "uniform_hazard_spectra = true", "need poes"},
    Mistake{"PoeOne", "poes = 0.1 1", "above 0 and below 1"},
    Mistake{"PoeZero", "poes = 0", "above 0 and below 1"},
    Mistake{"QuantileAboveOne", "quantiles = 0.5 1.5", "between 0 and 1"},
    Mistake{"QuantileWord", "quantile_hazard_curves = half", "'half' is not a number"},
    Mistake{"Vs30Type", "reference_vs30_type = guessed", "neither 'measured' nor 'inferred'"},
    Mistake{"Vs30", "reference_vs30_value = 0", "must be above 0"},
    Mistake{"OpenDictionary", "minimum_magnitude = {'a': 1", "expected ',' or '}'"},
    Mistake{"DictionaryOfWords", "minimum_magnitude = {'a': 'b'}", "must be a number"},
    Mistake{"CrossedRegion", "region = 0 0, 1 1, 1 0, 0 1", "cross"},
    Mistake{"TwoCornerRegion", "region = 0 0, 1 1", "three different corners"},
    Mistake{"MissingFile", "exposure_file = nowhere.xml", "there is no file 'nowhere.xml'"},
    Mistake{"Folder", "exposure_file = .", "there is no file"},
    Mistake{"Gsim", "gsim = SadighEtAl1997", "cannot stand beside"},
    Mistake{"AssetCorrelation", "asset_correlation = 2", "between 0 and 1"},
    Mistake{"Steps", "lrem_steps_per_interval = -2", "must not be negative"}),
  [](const auto& test) {
    return test.param.name;
  });

// A line of the sound job replaced.
struct Replacement {
  std::string name, pattern, line, where, message;
};

std::ostream& operator<<(std::ostream& out, const Replacement& replacement) {
  return out << replacement.line;
}

class ReplacedLine : public ::testing::TestWithParam<Replacement> {};

TEST_P(ReplacedLine, IsRefusedWithItsPlace) {
  const Replacement& given = GetParam();

  const auto job =
    SmallJobFolder().read(std::regex_replace(kSmallJob, std::regex(given.pattern), given.line));

  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().where, given.where);
  EXPECT_THAT(job.error().message, HasSubstr(given.message));
}

INSTANTIATE_TEST_SUITE_P(
  Values, ReplacedLine,
  ::testing::Values(
    Replacement{"NoMode", "calculation_mode.*", "", "job.ini", "calculation_mode is missing"},
    Replacement{"Mode", "= classical", "= clasical", "job.ini:3", "known modes: classical, "},
    Replacement{"NoDistance", "maximum_distance.*", "", "job.ini", "maximum_distance is missing"},
    Replacement{"Distance", "maximum_distance.*", "maximum_distance = -1", "job.ini:12",
                "must not be negative"},
    Replacement{"DistanceOrder", "maximum_distance.*", "maximum_distance = [(6, 9), (5, 9)]",
                "job.ini:12", "magnitudes must ascend"},
    Replacement{"Truncation", "truncation_level.*", "truncation_level = -3", "job.ini:11",
                "truncation_level: must not be negative"},
    Replacement{"NoTime", "investigation_time.*", "", "job.ini", "investigation_time is missing"},
    Replacement{"Time", "investigation_time.*", "investigation_time = 0", "job.ini:9",
                "must be above 0"},
    Replacement{"NoLevels", "intensity_measure.*", "", "job.ini", "levels is missing"},
    Replacement{"UnsortedLevels", "\\{.*\\}", "{'PGA': [0.2, 0.1]}", "job.ini:10",
                "the levels of PGA do not ascend"},
    Replacement{"NegativeLevel", "\\{.*\\}", "{'PGA': [-0.2, 0.1]}", "job.ini:10",
                "is not above 0"},
    Replacement{"LevelCounts", "\\{.*\\}", "{'PGA': [0.1, 0.2], 'PGV': [1]}", "job.ini:10",
                "PGV has 1 levels, PGA has 2"},
    Replacement{"UnknownImt", "\\{.*\\}", "{'PGX': [0.1]}", "job.ini:10", "PGX"},
    Replacement{"EmptyLevels", "\\{.*\\}", "{'PGA': []}", "job.ini:10", "needs a list"},
    Replacement{"NoImts", "\\{.*\\}", "{}", "job.ini:10", "no intensity measure type"},
    Replacement{"LevelsAreNoDictionary", "\\{.*\\}", "[0.1]", "job.ini:10", "dictionary"},
    Replacement{"BadLiteralLine", "\\{.*\\}", "{\n 'PGA': [0.1,\n 0.x]}", "job.ini:12",
                "is not a number"},
    Replacement{"NoSites", "sites = .*", "", "job.ini", "sites is missing"},
    Replacement{"Longitude", "sites = .*", "sites = 190 45", "job.ini:5", "longitude"},
    Replacement{"SiteTwice", "sites = .*", "sites = 1 2, 3 4, 1.0000001 2", "job.ini:5",
                "given twice"},
    Replacement{"RegionWithoutSpacing", "sites = .*", "region = 0 0, 1 0, 1 1", "job.ini",
                "region_grid_spacing is missing"},
    Replacement{"NoSources", "source_model.*", "", "job.ini",
                "source_model_logic_tree_file is missing"},
    Replacement{"NoGsims", "gsim_logic.*", "", "job.ini", "gsim_logic_tree_file is missing"}),
  [](const auto& test) {
    return test.param.name;
  });

TEST(JobFile, AnOptionUnderTwoNamesIsRefused) {
  const auto job = SmallJobFolder().read_with("individual_rlzs = 1\nindividual_curves = 1");

  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().where, "job.ini:14");
  EXPECT_THAT(job.error().message, HasSubstr("'individual_rlzs' is its other name"));
}

TEST(JobFile, ThatDoesNotExistIsNotFound) {
  const auto job = read_job("/nowhere/job.ini");

  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().code, Errc::not_found);
}

TEST(JobFile, ConfinedInputsCannotLeaveTheFolder) {
  const testing::JobFolder outside;
  outside.write("secret.xml", "<nrml/>");
  const SmallJobFolder folder;
  std::filesystem::create_symlink(outside.path() / "secret.xml", folder.path() / "link.xml");
  const ReadJobOptions confined{.confine_to = folder.path()};
  const std::string up = "../" + outside.path().filename().string() + "/secret.xml";

  for (const std::string& name : {up, (outside.path() / "secret.xml").string(),
                                  std::string("link.xml"), std::string("/etc/passwd")}) {
    const auto job = folder.read_with("exposure_file = " + name, confined);
    ASSERT_FALSE(job) << name;
    EXPECT_THAT(job.error().message, HasSubstr("outside the calculation's folder"));
    EXPECT_EQ(job.error().where, "job.ini:13");
  }
  EXPECT_TRUE(folder.read_with("exposure_file = ./exposure.xml", confined));
  EXPECT_TRUE(folder.read_with("exposure_file = " + up));
}

TEST(JobFile, RiskWithItsOwnHazardNeedsExposureAndVulnerability) {
  const SmallJobFolder folder;

  const auto no_exposure = folder.read("calculation_mode = classical_risk\n");
  const auto no_vulnerability =
    folder.read("calculation_mode = classical_risk\nexposure_file = exposure.xml\n");

  ASSERT_FALSE(no_exposure);
  EXPECT_THAT(no_exposure.error().message, HasSubstr("exposure_file is missing"));
  ASSERT_FALSE(no_vulnerability);
  EXPECT_THAT(no_vulnerability.error().message, HasSubstr("vulnerability_file is missing"));
}

TEST(JobFile, RiskMayTakeExposureAndVulnerabilityFromTheHazardCalculation) {
  const SmallJobFolder folder;

  EXPECT_TRUE(folder.read("calculation_mode = classical_risk\n", {.has_hazard = true}));
}

TEST(SitesCsv, MistakesNameTheRow) {
  const SmallJobFolder folder;
  const std::string text =
    std::regex_replace(kSmallJob, std::regex("sites = .*"), "sites_csv = sites.csv");
  const auto refusal = [&](const std::string& rows) {
    folder.write("sites.csv", rows);
    const auto job = folder.read(text);
    return job ? "accepted" : job.error().text();
  };

  EXPECT_THAT(refusal("1,2\n3\n"), HasSubstr("sites.csv:2"));
  EXPECT_THAT(refusal("1,2\n3,x\n"), HasSubstr("sites.csv:2"));
  EXPECT_THAT(refusal("a,b\n1,2\n"), HasSubstr("no columns 'lon' and 'lat'"));
  EXPECT_THAT(refusal(""), HasSubstr("there are no sites"));
  EXPECT_THAT(refusal("1,2\n1,2\n"), AllOf(HasSubstr("given twice"), HasSubstr("job.ini:5")));
}

} // namespace
} // namespace oq::engine
