// Keys and cookies as clients send them, and what is neither.
#include "http/routes/credentials.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

using actors::Credential;

TEST(Credentials, ACookieIsFoundAmongOthers) {
  EXPECT_EQ(cookie_value("csrftoken=a; sessionid=b; theme=c", "sessionid"), "b");
  EXPECT_EQ(cookie_value("sessionid=b", "sessionid"), "b");
  EXPECT_EQ(cookie_value("csrftoken=a;sessionid=b", "sessionid"), "b");
}

TEST(Credentials, AnotherCookieIsNotTakenForIt) {
  EXPECT_EQ(cookie_value("mysessionid=b; xsessionid=c", "sessionid"), "");
  EXPECT_EQ(cookie_value("theme=sessionid=b", "sessionid"), "");
  EXPECT_EQ(cookie_value("", "sessionid"), "");
  EXPECT_EQ(cookie_value(";;; =; sessionid", "sessionid"), "");
}

TEST(Credentials, AKeyIsABearerToken) {
  const auto found = read_credential("Bearer abc", "sessionid=b");

  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Credential::Kind::key);
  EXPECT_EQ(found->digest, actors::token_digest("abc"));
  EXPECT_EQ(read_credential("bearer abc", ""), found) << "schemes have no case";
}

TEST(Credentials, TheCookieIsASession) {
  const auto found = read_credential("", "sessionid=b");

  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Credential::Kind::session);
  EXPECT_EQ(found->digest, actors::token_digest("b"));
}

TEST(Credentials, OtherSchemesAreNotLookedAt) {
  EXPECT_FALSE(read_credential("Basic YTpi", ""));
  EXPECT_TRUE(read_credential("Basic YTpi", "sessionid=b"));
}

TEST(Credentials, NothingAndTooMuchAreNoCredentials) {
  EXPECT_FALSE(read_credential("", ""));
  EXPECT_FALSE(read_credential("Bearer ", "sessionid=b")) << "an empty key is not a cookie";
  EXPECT_FALSE(read_credential("", "sessionid="));
  EXPECT_FALSE(read_credential("", "sessionid=" + std::string(10'000, 'x')));
}

} // namespace
} // namespace oq::http
