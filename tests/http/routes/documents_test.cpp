// The pages: whole in themselves, so that they work without internet.
#include "http/routes/documents.hpp"

#include "http/routes/embedded.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace oq::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Action kPages[] = {Action::engine_page, Action::outputs_page,     Action::license_page,
                             Action::docs,        Action::seed_hazard_form, Action::seed_risk_form};

std::string body_of(Action action) {
  const auto response = document_response(action);
  return response && response->body() ? *response->body() : "(no body)";
}

TEST(Documents, PagesAreHtml) {
  for (const auto page : kPages) {
    const auto response = document_response(page);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status(), 200);
    EXPECT_THAT(response->validator()->lines,
                HasSubstr("Content-Type: text/html; charset=utf-8\r\n"));
    EXPECT_EQ(body_of(page).find("<!DOCTYPE html>"), 0u);
  }
}

TEST(Documents, PagesLoadNothingFromElsewhere) {
  const std::regex from_elsewhere(R"((src|href|url\(|fetch\()\s*=?\s*["'`(]*(https?:)?//)");
  for (const auto page : kPages)
    EXPECT_FALSE(std::regex_search(body_of(page), from_elsewhere));
  EXPECT_FALSE(std::regex_search(body_of(Action::style), from_elsewhere));
}

TEST(Documents, TheRootLeadsToTheCalculations) {
  const auto response = document_response(Action::root);

  ASSERT_TRUE(response);
  EXPECT_EQ(response->status(), 301);
  EXPECT_EQ(response->header("Location"), "/engine/");
}

TEST(Documents, OnlyTheRiskFormAsksForTheHazard) {
  EXPECT_THAT(body_of(Action::seed_risk_form), HasSubstr("name=\"hazard_calc\""));
  EXPECT_THAT(body_of(Action::seed_hazard_form), HasSubstr("<!--risk"));
  EXPECT_THAT(body_of(Action::seed_risk_form), Not(HasSubstr("<!--risk")));
}

TEST(Documents, TheContractIsJson) {
  boost::json::error_code bad;
  const auto parsed = boost::json::parse(body_of(Action::openapi), bad);

  ASSERT_FALSE(bad) << bad.message();
  EXPECT_TRUE(parsed.at("openapi").as_string().starts_with("3."));
}

TEST(Documents, OtherRoutesHaveNone) {
  EXPECT_FALSE(document_response(Action::status));
}

} // namespace
} // namespace oq::http
