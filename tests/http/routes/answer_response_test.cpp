// Each error has its status, and each age of the API its wording.
#include "http/routes/answer_response.hpp"

#include "http/routes/base_urls.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

actors::SharedText text(const char* bytes) {
  return std::make_shared<const std::string>(bytes);
}

actors::Answer failed(Errc code) {
  return actors::error_answer({code, "no such thing", "job.ini:3"});
}

TEST(AnswerResponse, SuccessSharesTheBytes) {
  actors::Answer answer;
  answer.body = text("[]");

  const auto response = to_response(answer, AnswerForm::plain);

  EXPECT_EQ(response.status(), 200);
  EXPECT_EQ(response.body().get(), answer.body.get());
  EXPECT_EQ(response.media_type(), MediaType::json);
}

actors::Answer file_answer(actors::MediaType type, actors::ContentCoding coding) {
  actors::Answer answer;
  answer.media_type = type;
  answer.file = actors::FileAnswer{"/proc/self/status", "output-1-x_1.csv", coding};
  return answer;
}

TEST(AnswerResponse, APackedTextSaysHow) {
  const auto packed = to_response(file_answer(actors::MediaType::text, actors::ContentCoding::gzip),
                                  AnswerForm::download);
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_EQ(packed.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(packed.header("Content-Disposition"), "attachment; filename=output-1-x_1.csv");
  const auto plain = to_response(
    file_answer(actors::MediaType::text, actors::ContentCoding::identity), AnswerForm::download);
  EXPECT_EQ(plain.header("Content-Encoding"), "");
  EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
}

TEST(AnswerResponse, AnExtractionVariesWithWhatTheClientTakes) {
  const auto response = to_response(
    file_answer(actors::MediaType::npz, actors::ContentCoding::identity), AnswerForm::extract);
  EXPECT_EQ(response.header("Content-Type"), "application/octet-stream");
  EXPECT_EQ(response.header("Vary"), "Accept, Accept-Encoding");
}

TEST(AnswerResponse, NothingOfThatNameToExtractIsA500WithTheReasonAsText) {
  auto answer = failed(Errc::invalid_input);
  answer.body = text("KeyError: nothing\n");
  const auto response = to_response(answer, AnswerForm::extract);
  EXPECT_EQ(response.status(), 500);
  EXPECT_EQ(response.header("Content-Type"), "text/plain");
  EXPECT_EQ(*response.body(), "KeyError: nothing\n");
}

TEST(AnswerResponse, EveryAnswerAllowsOtherOrigins) {
  const auto response = to_response(failed(Errc::timeout), AnswerForm::plain);

  ASSERT_TRUE(response.prepared_lines());
  EXPECT_NE(response.prepared_lines()->find("Access-Control-Allow-Origin: *\r\n"),
            std::string::npos);
}

actors::Answer revised(const char* body, std::int64_t total = -1) {
  actors::Answer answer;
  answer.body = text(body);
  answer.revision = 1;
  answer.total = total;
  return answer;
}

std::string tag_of(const actors::Answer& answer) {
  const auto response = to_response(answer, AnswerForm::plain);
  return response.validator() ? response.validator()->etag : std::string();
}

TEST(AnswerResponse, TheTagFollowsWhatIsAnsweredAndNothingElse) {
  auto again = revised("{\"id\": 1}");
  again.revision = 5; // of another process, or of a calculation made anew

  EXPECT_EQ(tag_of(revised("{\"id\": 1}")), tag_of(again));
  EXPECT_NE(tag_of(revised("{\"id\": 1}")), tag_of(revised("{\"id\": 2}")));
  EXPECT_NE(tag_of(revised("[]", 0)), tag_of(revised("[]", 1)));
}

TEST(AnswerResponse, ATagIsNeverThatOfABodyThatHasGone) {
  std::string last;
  for (int i = 0; i < 2000; ++i) { // bodies follow each other at the same address
    const auto tag = tag_of(revised(std::to_string(i).c_str()));
    ASSERT_NE(tag, last);
    ASSERT_EQ(tag, content_tag(std::to_string(i), static_cast<std::uint64_t>(-1)));
    last = tag;
  }
}

TEST(AnswerResponse, ANotModifiedMayStillBeReadByOtherOrigins) {
  const auto response = to_response(revised("{}"), AnswerForm::plain);

  for (const auto& lines : {response.validator()->lines, response.validator()->not_modified_lines})
    EXPECT_NE(lines.find("ETag: " + response.validator()->etag + "\r\n"), std::string::npos);
  ASSERT_TRUE(response.prepared_for_not_modified());
  EXPECT_TRUE(
    response.prepared_for_not_modified()->starts_with("Access-Control-Allow-Origin: *\r\n"));
}

TEST(AnswerResponse, WhatChangesWithEveryLookHasNoTag) {
  actors::Answer answer;
  answer.body = text("{\"progress\": 0.5}");

  EXPECT_FALSE(to_response(answer, AnswerForm::plain).validator());
}

TEST(AnswerResponse, NotFoundIsEmpty) {
  const auto response = to_response(failed(Errc::not_found), AnswerForm::plain);

  EXPECT_EQ(response.status(), 404);
  EXPECT_TRUE(!response.body() || response.body()->empty());
}

TEST(AnswerResponse, ErrorsNameThePlace) {
  const auto response = to_response(failed(Errc::invalid_input), AnswerForm::plain);

  EXPECT_EQ(response.status(), 400);
  EXPECT_EQ(*response.body(), R"({"error": "job.ini:3: no such thing"})");
}

TEST(AnswerResponse, OverloadAsksToComeBack) {
  const auto response = to_response(failed(Errc::overloaded), AnswerForm::submission);

  EXPECT_EQ(response.status(), 503);
  EXPECT_EQ(response.header("Retry-After"), "1");
}

TEST(AnswerResponse, AFailedSubmissionNamesItsCalculation) {
  auto answer = failed(Errc::invalid_input);
  answer.calculation_id = 7;
  answer.body = text(R"({"traceback": [], "job_id": 7})");

  const auto response = to_response(answer, AnswerForm::submission);

  EXPECT_EQ(response.status(), 500);
  EXPECT_EQ(response.body().get(), answer.body.get());
}

TEST(AnswerResponse, AFoundingSubmissionSaysWhereItsCalculationIs) {
  actors::Answer answer;
  answer.calculation_id = 12;
  answer.body = text("{}");

  const auto response = to_response(answer, AnswerForm::seed_risk_submission);

  EXPECT_EQ(response.status(), 200);
  EXPECT_EQ(response.header("Location"), "/v1/calc/risk/12");
}

TEST(AnswerResponse, AMissingExporterIsWordedByTheAge) {
  EXPECT_EQ(to_response(failed(Errc::invalid_input), AnswerForm::download).status(), 500);
  EXPECT_EQ(to_response(failed(Errc::invalid_input), AnswerForm::seed_download).status(), 404);
}

TEST(AnswerResponse, AFileThatHasGoneIsNotFound) {
  actors::Answer answer;
  answer.file = actors::FileAnswer{"/nonexistent/file.csv", "file.csv"};

  EXPECT_EQ(to_response(answer, AnswerForm::download).status(), 404);
}

TEST(BaseUrls, OneTextAHost) {
  BaseUrls urls("");

  const auto first = urls.of_host("127.0.0.1:8800");

  EXPECT_EQ(*first, "http://127.0.0.1:8800");
  EXPECT_EQ(urls.of_host("127.0.0.1:8800").get(), first.get());
  EXPECT_EQ(*urls.of_host("other"), "http://other");
  EXPECT_EQ(urls.of_host("127.0.0.1:8800").get(), first.get());
}

TEST(BaseUrls, AHostThatIsNoneIsNotEchoed) {
  BaseUrls urls("");

  EXPECT_EQ(*urls.of_host("evil\"><script>"), "http://localhost");
  EXPECT_EQ(*urls.of_host(""), "http://localhost");
}

TEST(BaseUrls, AFixedBaseWins) {
  BaseUrls urls("https://hazard.example/");

  EXPECT_EQ(*urls.of_host("127.0.0.1"), "https://hazard.example");
}

} // namespace
} // namespace oq::http
