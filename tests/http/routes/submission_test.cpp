// The form fields of every age, each under its own spelling.
#include "http/routes/submission.hpp"

#include "http/routes/form_request.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace oq::http {
namespace {

using namespace testing;

TEST(ReadSubmission, KnowsEverySpellingOfTheHazardCalculation) {
  for (const auto* name : {"hazard_job_id", "hazard_calc", "hazard_calculation_id"}) {
    const auto submission = read_submission(multipart_request(field(name, "12")), {});
    ASSERT_TRUE(submission) << name;
    EXPECT_EQ((*submission)->hazard_calculation_id, 12) << name;
    EXPECT_FALSE((*submission)->hazard_output_id) << name;
  }
}

TEST(ReadSubmission, KnowsEverySpellingOfTheHazardOutput) {
  for (const auto* name : {"hazard_result", "hazard_output_id"}) {
    const auto submission = read_submission(multipart_request(field(name, "7")), {});
    ASSERT_TRUE(submission) << name;
    EXPECT_EQ((*submission)->hazard_output_id, 7) << name;
    EXPECT_FALSE((*submission)->hazard_calculation_id) << name;
  }
}

TEST(ReadSubmission, AnEmptyFieldIsNoField) {
  const auto submission =
    read_submission(multipart_request(field("hazard_job_id", ""), field("hazard_result", "None"),
                                      field("job_ini", "")),
                    {});

  ASSERT_TRUE(submission);
  EXPECT_FALSE((*submission)->hazard_calculation_id);
  EXPECT_FALSE((*submission)->hazard_output_id);
  EXPECT_TRUE((*submission)->job_ini.empty());
}

TEST(ReadSubmission, AnIdThatIsNoNumberIsNamed) {
  for (const auto* name : {"hazard_job_id", "hazard_output_id"}) {
    const auto submission = read_submission(multipart_request(field(name, "1; drop")), {});
    ASSERT_FALSE(submission) << name;
    EXPECT_EQ(submission.error().where, name);
  }
}

TEST(ReadSubmission, KeepsEveryFileWithItsFieldAndBytes) {
  const auto submission = read_submission(
    multipart_request(file("job_config", "job_haz.ini", "[a]"),
                      file("job_config", "job_risk.ini", "[b]"), field("database", "x")),
    {});

  ASSERT_TRUE(submission);
  ASSERT_EQ((*submission)->files.size(), 2u);
  EXPECT_EQ((*submission)->files[1].field, "job_config");
  std::ifstream stream((*submission)->files[1].path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), "[b]");
}

TEST(ReadLocalSubmission, IsConfinedToWhatIsOpenToClients) {
  const auto submission =
    read_local_submission(*form_request("job_ini=/m/job.ini&hazard_job_id=3"), {});

  ASSERT_TRUE(submission);
  EXPECT_EQ((*submission)->local_ini, "/m/job.ini");
  EXPECT_TRUE((*submission)->names_local_ini);
  EXPECT_TRUE((*submission)->job_ini.empty());
  EXPECT_EQ((*submission)->hazard_calculation_id, 3);
  EXPECT_FALSE(read_local_submission(*form_request(""), {}));
}

} // namespace
} // namespace oq::http
