// Bad input: a clear error with its place, a failed calculation where the API says so, and no harm
// to others.
#include "e2e/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace oq::testing {
namespace {

using ::testing::HasSubstr;

std::uint64_t bytes_below(const std::filesystem::path& folder) {
  std::uint64_t total = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      total += entry.file_size();
  return total;
}

class BadInput : public ::testing::Test {
protected:
  // Whatever was sent, the service goes on computing for others.
  void TearDown() override {
    EXPECT_TRUE(service_.server().process().alive());
    EXPECT_EQ(
      service_.wait(service_.submit(demo("hazard_risk"), {{"job_ini", "job_hazard.ini", ""}})),
      "complete");
  }

  Failure fail(const JobArchive& job) { return service_.fail({job.part()}); }
  // A failed calculation that says why, in its answer and in its log.
  void expect_failed(const Failure& failure, const std::string& what) {
    EXPECT_GT(failure.id, 0);
    EXPECT_EQ(failure.status, "failed");
    EXPECT_THAT(failure.message, HasSubstr(what));
    EXPECT_THAT(service_.log_text(failure.id), HasSubstr("CRITICAL"));
    EXPECT_EQ(service_.get(path_of(failure.id, "/results")).status, 404);
  }
  static std::string at(const std::string& file, int line) {
    return file + ":" + std::to_string(line);
  }

  Service service_;
};

TEST_F(BadInput, WhatIsNotAZipIsRefused) {
  const auto failure = service_.fail({{"archive", "this is not a zip file", "bad.zip"}});

  EXPECT_EQ(failure.http_status, 500);
  expect_failed(failure, "zip");
}

TEST_F(BadInput, AZipWithoutAnIniIsRefused) {
  const auto failure = fail(JobArchive().add("readme.txt", "hello"));

  EXPECT_EQ(failure.http_status, 500);
  expect_failed(failure, ".ini");
}

TEST_F(BadInput, AnEmptyFormIsRefused) {
  const auto reply =
    service_.client().post("/v1/calc/run", "--x--\r\n", "multipart/form-data; boundary=x");

  EXPECT_GE(reply.status, 400);
  EXPECT_LE(reply.status, 500);
}

TEST_F(BadInput, ABodyThatIsNoFormIsRefused) {
  const auto reply = service_.client().post("/v1/calc/run", "{}", "application/json");

  EXPECT_GE(reply.status, 400);
  EXPECT_LE(reply.status, 500);
}

TEST_F(BadInput, AZipMemberThatClimbsOutStaysInside) {
  const auto outside = service_.data_dir().parent_path();
  auto job = demo("hazard_area");
  job.add("../../../oq_evil_relative", "evil").add("/tmp/oq_evil_absolute", "evil");

  const auto failure = fail(job);

  EXPECT_THAT(failure.status, ::testing::AnyOf("failed", "complete"));
  EXPECT_FALSE(std::filesystem::exists("/tmp/oq_evil_absolute"));
  EXPECT_FALSE(std::filesystem::exists(outside / "oq_evil_relative"));
  for (const auto& entry : std::filesystem::directory_iterator(service_.data_dir()))
    EXPECT_NE(entry.path().filename(), "oq_evil_relative");
}

TEST_F(BadInput, APartNameThatClimbsOutStaysInside) {
  auto parts = demo("hazard_area").parts("job.ini");
  parts.push_back({"input_model_9", "evil", "../../oq_evil_part"});

  const auto failure = service_.fail(parts);

  EXPECT_THAT(failure.status, ::testing::AnyOf("failed", "complete"));
  EXPECT_FALSE(std::filesystem::exists(service_.data_dir() / "oq_evil_part"));
  EXPECT_FALSE(std::filesystem::exists(service_.data_dir().parent_path() / "oq_evil_part"));
}

TEST_F(BadInput, AZipBombIsNotUnpacked) {
  const auto bomb = zip_of_zeros("job.ini", std::uint64_t{256} << 20);
  ASSERT_LT(bomb.size(), std::size_t{1} << 20);

  const auto failure = service_.fail({{"archive", bomb, "bomb.zip"}});

  EXPECT_EQ(failure.http_status, 500);
  EXPECT_EQ(failure.status, "failed");
  EXPECT_LT(bytes_below(service_.data_dir()), std::uint64_t{128} << 20);
}

TEST_F(BadInput, OfTwoInisTheFirstIsTakenUnlessOneIsChosen) {
  auto job = demo("hazard_area");
  job.add("first.ini", job.content("job.ini")).add("second.ini", "[general]\n");
  job.remove("job.ini");

  EXPECT_EQ(service_.wait(service_.submit(job)), "complete");

  const auto failure = service_.fail({job.part(), {"job_ini", "second.ini", ""}});
  EXPECT_EQ(failure.http_status, 500);
  expect_failed(failure, "second.ini");
}

TEST_F(BadInput, AnIniThatIsNotThereCannotBeChosen) {
  const auto failure = service_.fail({demo("hazard_area").part(), {"job_ini", "third.ini", ""}});

  EXPECT_EQ(failure.http_status, 500);
  expect_failed(failure, "third.ini");
}

TEST_F(BadInput, AnUnknownGroundMotionModelIsNamedWithItsPlace) {
  auto job = demo("hazard_area");
  job.replace("gsim_logic_tree.xml", "BooreAtkinson2008", "BooreAtkinson1066");

  const auto failure = fail(job);

  expect_failed(failure, "BooreAtkinson1066");
  EXPECT_THAT(
    failure.message,
    HasSubstr(at("gsim_logic_tree.xml", job.line_of("gsim_logic_tree.xml", "BooreAtkinson1066"))));
}

TEST_F(BadInput, AMissingFileIsNamedWithTheOptionThatWantsIt) {
  auto job = demo("hazard_area");
  job.remove("gsim_logic_tree.xml");

  const auto failure = fail(job);

  expect_failed(failure, "gsim_logic_tree.xml");
  EXPECT_THAT(failure.message, HasSubstr("gsim_logic_tree_file"));
  EXPECT_THAT(failure.message,
              HasSubstr(at("job.ini", job.line_of("job.ini", "gsim_logic_tree_file"))));
}

TEST_F(BadInput, MalformedXmlIsNamedWithItsPlace) {
  auto job = demo("hazard_area");
  job.replace("source_model.xml", "</magScaleRel>", "</magScale>");

  const auto failure = fail(job);

  expect_failed(failure, at("source_model.xml", job.line_of("source_model.xml", "</magScale>")));
}

TEST_F(BadInput, ANumberThatIsNoneIsNamedWithItsPlace) {
  auto job = demo("hazard_area");
  job.replace("source_model.xml", "aValue=\"3.6\"", "aValue=\"NaN\"");

  const auto failure = fail(job);

  expect_failed(failure, at("source_model.xml", job.line_of("source_model.xml", "NaN")));
  EXPECT_THAT(failure.message, HasSubstr("aValue"));
}

TEST_F(BadInput, ANumberThatIsNoneInTheIniIsNamedWithItsPlace) {
  auto job = demo("hazard_area");
  job.set("job.ini", "truncation_level", "nan");

  const auto failure = fail(job);

  EXPECT_EQ(failure.http_status, 500);
  expect_failed(failure, "truncation_level");
  EXPECT_THAT(failure.message,
              HasSubstr(at("job.ini", job.line_of("job.ini", "truncation_level"))));
}

TEST_F(BadInput, ANegativeDepthIsNamedWithItsPlace) {
  auto job = demo("hazard_area");
  job.replace("source_model.xml", "depth=\"8.0\"", "depth=\"-8.0\"");

  const auto failure = fail(job);

  expect_failed(failure, "source_model.xml:");
  EXPECT_THAT(failure.message, HasSubstr("depth"));
}

TEST_F(BadInput, WeightsThatDoNotSumToOneAreNamedWithTheirPlace) {
  auto job = demo("hazard_area");
  job.replace("gsim_logic_tree.xml", ">0.6<", ">0.7<");

  const auto failure = fail(job);

  expect_failed(failure, "gsim_logic_tree.xml:");
  EXPECT_THAT(failure.message, HasSubstr("weight"));
}

TEST_F(BadInput, AnEmptyExposureIsRefused) {
  const auto hazard = service_.complete(demo("hazard_risk"), {{"job_ini", "job_hazard.ini", ""}});
  auto job = demo("hazard_risk");
  auto exposure = job.content("exposure_model.xml");
  const auto first = exposure.find("<asset id");
  exposure.erase(first, exposure.find("</assets>") - first);
  job.add("exposure_model.xml", exposure);

  const auto failure = service_.fail(
    {job.part(), {"job_ini", "job_risk.ini", ""}, {"hazard_job_id", std::to_string(hazard), ""}});

  expect_failed(failure, "exposure_model.xml");
}

TEST_F(BadInput, AHazardCalculationThatDoesNotExistIsRefused) {
  const auto failure = service_.fail(
    {demo("hazard_risk").part(), {"job_ini", "job_risk.ini", ""}, {"hazard_job_id", "999999", ""}});

  EXPECT_EQ(failure.http_status, 500);
  expect_failed(failure, "999999");
}

TEST_F(BadInput, AnEntityThatGrowsIsNotExpanded) {
  std::string bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE nrml [<!ENTITY a0 \"aaaaaaaaaa\">";
  for (int i = 1; i < 12; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int j = 0; j < 10; ++j)
      bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "\">";
  }
  auto job = demo("hazard_area");
  job.add("source_model.xml", bomb + "]>\n<nrml><sourceModel name=\"&a11;\"/></nrml>\n");

  expect_failed(fail(job), "source_model.xml");
}

TEST_F(BadInput, AGridTooFineForTheMachineIsRefusedBeforeItEatsTheMemory) {
  auto job = demo("hazard_area");
  job.set("job.ini", "region", "-170 -80, -170 80, 170 80, 170 -80")
    .set("job.ini", "region_grid_spacing", "0.001");

  const auto failure = fail(job);

  EXPECT_EQ(failure.status, "failed");
  EXPECT_THAT(failure.message, HasSubstr("job.ini:"));
  EXPECT_THAT(failure.message, HasSubstr("region"));
}

TEST_F(BadInput, SmallerBadValuesOfTheIniAreNamedWithTheirPlace) {
  const std::vector<std::pair<std::string, std::string>> cases{
    {"calculation_mode", "guessing"},
    {"investigation_time", "-50"},
    {"region_grid_spacing", "0"},
    {"width_of_mfd_bin", "0"},
    {"maximum_distance", "far"},
    {"poes", "0.1 1.5"},
    {"quantile_hazard_curves", "0.5 2"},
    {"region", "21.6 38.1, 21.6"},
    {"number_of_logic_tree_samples", "some"},
    {"intensity_measure_types_and_levels", "{\"PGA\": []}"}};
  for (const auto& [option, value] : cases) {
    auto job = demo("hazard_area");
    job.set("job.ini", option, value);

    const auto failure = fail(job);

    EXPECT_EQ(failure.status, "failed") << option;
    EXPECT_THAT(failure.message, HasSubstr(option));
    EXPECT_THAT(failure.message, HasSubstr(at("job.ini", job.line_of("job.ini", option + " ="))))
      << option;
  }
}

} // namespace
} // namespace oq::testing
