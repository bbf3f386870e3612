// The login page leads nowhere else and shows nothing as markup that came with a request.
#include "http/routes/log_in_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oq::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(LogInPage, IsAFormThatKeepsWhereOneCameFrom) {
  const auto response = log_in_page(200, "/engine/3/outputs", "");

  EXPECT_EQ(response.status(), 200);
  EXPECT_THAT(*response.body(), HasSubstr(R"(<form method="post" action="/accounts/login/">)"));
  EXPECT_THAT(*response.body(), HasSubstr(R"(name="next" value="/engine/3/outputs")"));
  EXPECT_THAT(*response.body(), Not(HasSubstr("class=\"error\"")));
}

TEST(LogInPage, EscapesWhatItIsGiven) {
  const auto response = log_in_page(403, "/\"><script>", "<b>no</b>");

  EXPECT_THAT(*response.body(), Not(HasSubstr("<script>")));
  EXPECT_THAT(*response.body(), HasSubstr("&lt;b&gt;no&lt;/b&gt;"));
}

TEST(LogInPage, NobodyWrapsItAndNothingIsLoaded) {
  const auto response = log_in_page(200, "/", "");

  EXPECT_THAT(std::string(response.header("Content-Security-Policy")),
              HasSubstr("default-src 'none'"));
  EXPECT_EQ(response.header("X-Frame-Options"), "DENY");
}

TEST(LogInPage, LeadsToAPathOfThisSiteOnly) {
  EXPECT_EQ(own_path("/engine/"), "/engine/");
  for (const auto* elsewhere : {"", "https://evil.example", "//evil.example", "/\\evil.example",
                                "/\t/evil.example", "javascript:alert(1)", "/a b", "/a\r\nX: y"})
    EXPECT_EQ(own_path(elsewhere), "/") << elsewhere;
}

} // namespace
} // namespace oq::http
