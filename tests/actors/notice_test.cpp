// Whom to tell, and in which words.
#include "actors/notice.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

store::CalculationRecord record(const char* status, const char* phase = "") {
  store::CalculationRecord out;
  out.id = 7;
  out.status = status;
  out.phase = phase;
  out.description = "a & b";
  out.calculation_mode = "classical";
  out.owner = "somebody";
  return out;
}

std::string told(std::string_view form, const store::CalculationRecord& of,
                 const std::string& foreign_id = "") {
  const auto notice = notice_of({std::string(form), "http://a", foreign_id}, of);
  return notice ? notice->body : "(nothing)";
}

bool is_target(const std::string& url) {
  const auto target = read_target(kWebhook, url, "", "notify_to");
  EXPECT_TRUE(target || target.error().code == Errc::invalid_input);
  return static_cast<bool>(target);
}

TEST(NoticeTarget, IsAnAddressOfTheWeb) {
  for (const auto* url :
       {"http://a", "https://a.b:8443/c?d=e#f", "http://[::1]:80/", "http://1.2.3.4"})
    EXPECT_TRUE(is_target(url)) << url;
}

TEST(NoticeTarget, IsNothingElse) {
  for (const auto* url : {"", "a", "ftp://a", "file:///etc/passwd", "HTTP//a", "http://",
                          "http:///x", "http://:80", "http://user@a", "http://user:password@a/",
                          "http://a b", "http://a\r\nX: y", "http://a/\x01", "javascript:alert(1)"})
    EXPECT_FALSE(is_target(url)) << url;
  EXPECT_FALSE(is_target("http://a/" + std::string(3000, 'x')));
}

TEST(NoticeTarget, ASubmissionNamesAFewOfBothForms) {
  Submission submission;
  submission.foreign_id = "42";
  submission.notify = {{NoticeWish::Form::webhook, "http://a", "notify_to"},
                       {NoticeWish::Form::callback, "http://b", "callback_url"}};
  const auto targets = read_targets(submission);
  ASSERT_TRUE(targets && *targets);
  EXPECT_EQ((**targets)[0].form, kWebhook);
  EXPECT_EQ((**targets)[0].foreign_id, "");
  EXPECT_EQ((**targets)[1].foreign_id, "42");
  EXPECT_FALSE(*read_targets(Submission{}));
  submission.notify.resize(kMostTargets + 1, submission.notify.front());
  EXPECT_FALSE(read_targets(submission));
}

TEST(Webhook, IsToldTheEndOnly) {
  EXPECT_EQ(told(kWebhook, record("submitted")), "(nothing)");
  EXPECT_EQ(told(kWebhook, record("executing", "executing")), "(nothing)");
  for (const auto* status : {"complete", "failed", "aborted"})
    EXPECT_NE(told(kWebhook, record(status)).find("\"status\": \"" + std::string(status) + "\""),
              std::string::npos);
}

TEST(Webhook, IsJson) {
  auto of = record("failed");
  of.error = "line 1\n\"x\"";
  of.started_at = 1795391605430800;
  EXPECT_EQ(told(kWebhook, of),
            R"({"job_id": 7, "status": "failed", "description": "a & b", )"
            R"("calculation_mode": "classical", "owner": "somebody", )"
            R"("start_time": "2026-11-22 23:53:25.430800+00:00", "stop_time": null, )"
            R"("error": "line 1\n\"x\""})");
}

// The bodies that the platform of 2013 read.
TEST(Callback, HearsOfEveryStep) {
  EXPECT_EQ(told(kCallback, record("submitted")), "(nothing)");
  EXPECT_EQ(told(kCallback, record("executing", "pre_executing")), "status=started&engine_id=7");
  EXPECT_EQ(told(kCallback, record("executing", "post_processing")),
            "status=post_processing&description=a+%26+b");
  EXPECT_EQ(told(kCallback, record("complete")), "status=complete&description=a+%26+b");
}

TEST(Callback, HearsWhyItFailed) {
  auto of = record("failed", "executing");
  of.traceback = "no = way\nat all";
  EXPECT_EQ(told(kCallback, of), "status=failed&einfo=no+%3D+way%0Aat+all");
  EXPECT_EQ(told(kCallback, record("aborted")), "status=failed&einfo=aborted");
}

TEST(Callback, NamesTheCalculationAsItsClientDoes) {
  EXPECT_EQ(told(kCallback, record("executing", "pre_executing"), "4 2"),
            "status=started&engine_id=7&foreign_calculation_id=4+2");
}

} // namespace
} // namespace oq::actors
