// Requests of the validating endpoints, and what they say when a field is missing.
#include "http/routes/inspection.hpp"

#include "http/routes/form_request.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

using namespace testing;
using Kind = actors::Inspection::Kind;

TEST(ReadInspection, TakesADocumentFromAnUrlencodedForm) {
  const auto inspection =
    read_inspection(Action::valid, form_request("a=1&xml_text=%3Cnrml%2F%3E"));

  ASSERT_TRUE(inspection);
  EXPECT_EQ((*inspection)->kind, Kind::nrml);
  EXPECT_EQ((*inspection)->text, "<nrml/>");
}

TEST(ReadInspection, TakesADocumentFromAMultipartForm) {
  const auto inspection =
    read_inspection(Action::valid, multipart_request(field("xml_text", "<nrml/>")));

  ASSERT_TRUE(inspection);
  EXPECT_EQ((*inspection)->text, "<nrml/>");
}

TEST(ReadInspection, SaysWhichFieldIsMissingInTheWordsThatClientsKnow) {
  EXPECT_EQ(read_inspection(Action::valid, form_request("")).error().message,
            "Please provide the \"xml_text\" parameter");
  EXPECT_EQ(read_inspection(Action::validate_zip, form_request("")).error().message,
            "Missing archive file");
}

TEST(ReadInspection, TakesAnArchiveAsItWouldBeSubmitted) {
  const auto inspection =
    read_inspection(Action::validate_zip,
                    multipart_request(field("job_ini", "b.ini"), file("archive", "a.zip", "PK")));

  ASSERT_TRUE(inspection);
  EXPECT_EQ((*inspection)->kind, Kind::job);
  EXPECT_EQ((*inspection)->submission->files.at(0).name, "a.zip");
  EXPECT_EQ((*inspection)->submission->job_ini, "b.ini");
}

TEST(ReadInspection, TakesTheNameAndTheSumOfAFile) {
  const auto inspection =
    read_inspection(Action::on_same_fs, form_request("filename=%2Ftmp%2Fx&checksum=300286872"));

  ASSERT_TRUE(inspection);
  EXPECT_EQ((*inspection)->kind, Kind::same_file);
  EXPECT_EQ((*inspection)->text, "/tmp/x");
  EXPECT_EQ((*inspection)->checksum, 300286872u);
  EXPECT_FALSE(read_inspection(Action::on_same_fs, form_request("filename=x&checksum=-1")));
  EXPECT_FALSE(read_inspection(Action::on_same_fs, form_request("filename=x")));
}

TEST(ReadInspection, TakesAPathAsOneThatTheClientNamed) {
  const auto inspection = read_inspection(Action::validate_ini, form_request("job_ini=/m/job.ini"));

  ASSERT_TRUE(inspection);
  EXPECT_EQ((*inspection)->submission->local_ini, "/m/job.ini");
  EXPECT_TRUE((*inspection)->submission->names_local_ini);
}

} // namespace
} // namespace oq::http
