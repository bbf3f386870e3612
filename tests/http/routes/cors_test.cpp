// Any origin may read, unless some are named.
#include "http/routes/cors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oq::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(CorsPolicy, NamesNobodyToLetEverybodyRead) {
  EXPECT_EQ(CorsPolicy({}).lines_for("https://a.example"), nullptr);
  EXPECT_EQ(*any_origin().answer, "Access-Control-Allow-Origin: *\r\n"
                                  "Access-Control-Expose-Headers: ETag, Link, Location, "
                                  "Content-Disposition, X-Revision, X-Total-Count\r\n"
                                  "Access-Control-Allow-Methods: GET, POST, OPTIONS\r\n"
                                  "Access-Control-Max-Age: 1000\r\n"
                                  "Access-Control-Allow-Headers: *\r\n");
}

TEST(CorsPolicy, ANamedOriginIsToldThatItMayRead) {
  const CorsPolicy policy({"https://a.example", "https://b.example"});

  const auto* lines = policy.lines_for("https://b.example");

  ASSERT_NE(lines, nullptr);
  EXPECT_THAT(*lines->answer, HasSubstr("Access-Control-Allow-Origin: https://b.example\r\n"));
  EXPECT_THAT(*lines->answer, HasSubstr("Vary: Origin\r\n"));
  EXPECT_THAT(*lines->answer, HasSubstr("Authorization"));
  EXPECT_THAT(*lines->not_modified,
              HasSubstr("Access-Control-Allow-Origin: https://b.example\r\n"));
  EXPECT_THAT(*lines->not_modified, HasSubstr("Vary: Origin\r\n"));
  EXPECT_THAT(*lines->not_modified, Not(HasSubstr("Allow-Methods")));
}

TEST(CorsPolicy, AnyOtherOriginIsToldNothing) {
  const CorsPolicy policy({"https://a.example"});

  for (const auto* origin : {"", "null", "https://a.example.evil.org", "http://a.example"}) {
    ASSERT_NE(policy.lines_for(origin), nullptr) << origin;
    EXPECT_THAT(*policy.lines_for(origin)->answer, Not(HasSubstr("Access-Control"))) << origin;
  }
}

} // namespace
} // namespace oq::http
