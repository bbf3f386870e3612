// Logging in and out, keys, the doorway of `serve`, read-only service, other origins, the log.
#include "e2e/users.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oq::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kForm = "application/x-www-form-urlencoded";

ServiceOptions options_for(const std::filesystem::path& data_dir,
                           std::vector<std::string> more = {}) {
  ServiceOptions options;
  options.redis = false;
  options.data_dir = data_dir;
  options.more = std::move(more);
  return options;
}

class LogIn : public ::testing::Test {
protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    users_ = std::make_unique<Users>(*folder_ / "data");
    users_->call({"add", "ann"}, "correct horse&+");
    service_ = std::make_unique<Service>(options_for(*folder_ / "data"));
  }
  static void TearDownTestSuite() {
    service_.reset();
    users_.reset();
    folder_.reset();
  }

  static HttpReply log_in(const std::string& form, const std::string& path = "ajax_login/") {
    return service_->client().post("/accounts/" + path, form, kForm);
  }
  static std::string session_of(const HttpReply& reply) {
    const auto cookie = reply.header("set-cookie");
    return cookie.substr(0, cookie.find(';'));
  }
  static HttpClient with_cookie(const std::string& cookie) {
    auto client = service_->client();
    client.with("Cookie", cookie);
    return client;
  }
  static int version_with(const std::string& cookie) {
    return with_cookie(cookie).get("/v1/engine_version").status;
  }

  static std::unique_ptr<TemporaryFolder> folder_;
  static std::unique_ptr<Users> users_;
  static std::unique_ptr<Service> service_;
};

std::unique_ptr<TemporaryFolder> LogIn::folder_;
std::unique_ptr<Users> LogIn::users_;
std::unique_ptr<Service> LogIn::service_;

constexpr const char* kAnn = "username=ann&password=correct+horse%26%2B";

TEST_F(LogIn, IsAskedForByTheVersionProbe) {
  const auto reply = service_->get("/v1/engine_version");

  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.body, "");
}

TEST_F(LogIn, GivesACookieThatOpensTheApiUntilLogout) {
  const auto reply = log_in(kAnn);

  ASSERT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "Successful login");
  const auto cookie = reply.header("set-cookie");
  EXPECT_THAT(cookie, StartsWith("sessionid="));
  EXPECT_THAT(cookie, HasSubstr("; HttpOnly"));
  EXPECT_THAT(cookie, HasSubstr("; SameSite=Lax"));
  EXPECT_THAT(cookie, HasSubstr("; Max-Age=43200"));
  EXPECT_THAT(cookie, Not(HasSubstr("Secure")));
  const auto session = session_of(reply);
  EXPECT_EQ(version_with(session), 200);

  const auto out = with_cookie(session).post("/accounts/ajax_logout/");

  EXPECT_EQ(out.status, 200);
  EXPECT_EQ(out.body, "Successful logout");
  EXPECT_THAT(out.header("set-cookie"), HasSubstr("sessionid=; Path=/; Max-Age=0"));
  EXPECT_EQ(version_with(session), 403) << "the server has forgotten it too";
}

TEST_F(LogIn, TakesMultipartFormsToo) {
  const auto reply = service_->client().post(
    "/accounts/ajax_login/", {{"username", "ann", ""}, {"password", "correct horse&+", ""}});

  EXPECT_EQ(reply.status, 200);
}

TEST_F(LogIn, RefusesWithoutSayingWhatWasWrong) {
  for (const auto* form : {"username=ann&password=guess", "username=nobody&password=guess"}) {
    const auto reply = log_in(form);
    EXPECT_EQ(reply.status, 403) << form;
    EXPECT_EQ(reply.body, "Invalid login") << form;
    EXPECT_EQ(reply.header("set-cookie"), "") << form;
  }
  EXPECT_EQ(log_in("username=ann").status, 400);
}

TEST_F(LogIn, IsNotGuessedForLong) {
  users_->call({"add", "guessed"}, "secret");
  int status = 0;
  for (int i = 0; i < 11 && status != 429; ++i)
    status = log_in("username=guessed&password=guess").status;
  EXPECT_EQ(status, 429);

  const auto reply = log_in("username=guessed&password=secret");

  EXPECT_EQ(reply.status, 429);
  EXPECT_THAT(reply.body, StartsWith("Too many tries: wait "));
  EXPECT_NE(reply.header("retry-after"), "");
  EXPECT_EQ(log_in(kAnn).status, 200) << "nobody else has to wait";
}

TEST_F(LogIn, IsNotForDisabledAccounts) {
  users_->call({"add", "dan"}, "secret");
  const auto session = session_of(log_in("username=dan&password=secret"));
  users_->call({"change", "dan", "--disabled"});

  const auto reply = log_in("username=dan&password=secret");

  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.body, "Disabled account");
  EXPECT_EQ(version_with(session), 403) << "the session was not used: nobody remembers it";
}

TEST_F(LogIn, OfAPageOfAnotherSiteIsForged) {
  const auto post = [](const std::string& origin, const std::string& target,
                       const std::string& cookie) {
    auto client = service_->client();
    client.with("Origin", origin).with("Cookie", cookie);
    return client.post(target, kAnn, kForm).status;
  };
  const auto session = session_of(log_in(kAnn));

  EXPECT_EQ(post("https://evil.example", "/accounts/ajax_login/", ""), 403);
  EXPECT_EQ(post("https://evil.example", "/accounts/ajax_logout/", session), 403);
  EXPECT_EQ(post("null", "/v1/calc/1/abort", session), 403);
  EXPECT_EQ(post(service_->base(), "/v1/calc/1/abort", session), 200);
  EXPECT_EQ(version_with(session), 200) << "still logged in";
}

TEST_F(LogIn, ByTheFormLeadsWhereOneCameFrom) {
  const auto page = service_->get("/accounts/login/?next=/engine/3");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("value=\"/engine/3\""));

  const auto reply = log_in(std::string(kAnn) + "&next=/engine/3", "login/");
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(reply.header("location"), "/engine/3");
  EXPECT_EQ(version_with(session_of(reply)), 200);
  EXPECT_EQ(log_in(std::string(kAnn) + "&next=//evil.example", "login/").header("location"), "/");
  EXPECT_THAT(log_in("username=ann&password=x", "login/").body, HasSubstr("Invalid login"));
}

TEST_F(LogIn, IsKnownToWhoAsksForIt) {
  EXPECT_THAT(service_->get("/v1/authentication/status").body,
              HasSubstr(R"("required": true, "authenticated": false)"));
  EXPECT_THAT(with_cookie(session_of(log_in(kAnn))).get("/v1/authentication/status").body,
              HasSubstr(R"("authenticated": true, "user": "ann")"));
}

TEST_F(LogIn, AKeyLetsProgramsInUntilItIsTakenAway) {
  const auto key = users_->add_with_key("robot");
  const auto version = [&](const std::string& scheme) {
    auto client = service_->client();
    return client.with("Authorization", scheme + " " + key).get("/v1/engine_version").status;
  };
  EXPECT_EQ(version("Bearer"), 200);
  EXPECT_EQ(version("Basic"), 403);
  EXPECT_THAT(users_->call({"key", "list"}), Not(HasSubstr(key)));

  users_->call({"key", "remove", "1"});

  EXPECT_TRUE(eventually(
    [&] {
      return version("Bearer") == 403;
    },
    std::chrono::seconds(15)));
}

TEST_F(LogIn, LeavesNoSecretInLogOrDatabase) {
  const auto session = session_of(log_in(kAnn));
  version_with(session);
  const auto token = session.substr(session.find('=') + 1);
  const auto named = [&] {
    return file_text(service_->server().log()).find(" ann GET /v1/engine_version 200 ")
           != std::string::npos;
  };

  EXPECT_TRUE(eventually(named, std::chrono::seconds(5)));
  const auto log = file_text(service_->server().log());
  EXPECT_THAT(log, HasSubstr(" POST /accounts/ajax_login/ 200 "));
  EXPECT_THAT(log, Not(HasSubstr("horse")));
  EXPECT_THAT(log, Not(HasSubstr(token)));
  for (const auto* file : {"data/oq.sqlite", "data/oq.sqlite-wal"}) {
    EXPECT_THAT(file_text(*folder_ / file), Not(HasSubstr(token)));
    EXPECT_THAT(file_text(*folder_ / file), Not(HasSubstr("correct horse")));
  }
}

TEST_F(LogIn, ATypedNameHasNoBlanksAndAPasswordIsNotOnTheCommandLine) {
  EXPECT_EQ(users_->code_of({"add", "a b"}, "x"), 2);
  EXPECT_EQ(users_->code_of({"add", "a@b"}, "x"), 2);
  EXPECT_EQ(users_->code_of({"add", "ann"}, "x"), 2) << "taken";
  EXPECT_EQ(users_->code_of({"add", "pat"}), 2) << "standard input is empty";
  EXPECT_EQ(users_->code_of({"passwd", "nobody"}, "x"), 2);
}

class Doorway : public ::testing::Test {
protected:
  // Exit code and output of a `serve` that should not come up.
  std::pair<int, std::string> refused(std::vector<std::string> more) {
    std::vector<std::string> command{program(), "serve", "--data-dir", (folder_ / "data").string()};
    command.insert(command.end(), more.begin(), more.end());
    ChildProcess process(command, folder_ / "log");
    return {process.wait(), file_text(folder_ / "log")};
  }
  TemporaryFolder folder_;
};

TEST_F(Doorway, OffLoopbackNobodyListensWithoutUsersOrAWordAboutIt) {
  const auto [code, text] = refused({"--listen", "0.0.0.0:0"});

  EXPECT_EQ(code, 2);
  EXPECT_THAT(text, HasSubstr("there are no users"));
  EXPECT_THAT(text, HasSubstr("--open"));
}

TEST_F(Doorway, OpenAndAuthExcludeEachOther) {
  EXPECT_EQ(refused({"--open", "--auth"}).first, 2);
}

TEST_F(Doorway, AnOriginIsAnOrigin) {
  EXPECT_EQ(refused({"--cors-origin", "maps.example.org"}).first, 2);
  EXPECT_EQ(refused({"--cors-origin", "https://maps.example.org/path"}).first, 2);
}

TEST_F(Doorway, OnLoopbackWithoutUsersNobodyLogsIn) {
  Service service(options_for(folder_ / "data"));

  EXPECT_EQ(service.get("/v1/engine_version").status, 200);
  EXPECT_EQ(service.client().post("/accounts/ajax_login/", "username=a&password=b", kForm).status,
            404);
  EXPECT_THAT(service.get("/v1/authentication/status").body, HasSubstr(R"("required": false)"));
}

TEST_F(Doorway, AuthIsOnAtOnceWhenItIsAskedFor) {
  Service service(options_for(folder_ / "data", {"--auth"}));

  EXPECT_EQ(service.get("/v1/engine_version").status, 403);
}

TEST_F(Doorway, OpenIsOpenEvenWithUsers) {
  Users(folder_ / "data").add_with_key("ann");
  Service service(options_for(folder_ / "data", {"--open"}));

  EXPECT_EQ(service.get("/v1/engine_version").status, 200);
}

TEST_F(Doorway, ReadOnlyMeansThatNothingIsRunAbortedOrRemoved) {
  Service service(options_for(folder_ / "data", {"--read-only"}));

  for (const auto* target : {"/v1/calc/run", "/v1/calc/hazard/run", "/v1/calc/risk/run",
                             "/v1/calc/1/abort", "/v1/calc/1/remove", "/v1/calc/validate_zip"})
    EXPECT_EQ(service.post(target).status, 404) << target;
  EXPECT_EQ(service.get("/v1/calc/list").status, 200);
}

TEST_F(Doorway, OnlyNamedOriginsMayReadWhenSomeAreNamed) {
  Service service(options_for(folder_ / "data", {"--cors-origin", "https://maps.example.org"}));
  const auto allowed = [&](const std::string& origin, const std::string& target) {
    auto client = service.client();
    return client.with("Origin", origin).get(target).header("access-control-allow-origin");
  };

  for (const auto* target : {"/v1/calc/list", "/v1/engine_version", "/v1/calc/7"}) {
    EXPECT_EQ(allowed("https://maps.example.org", target), "https://maps.example.org") << target;
    EXPECT_EQ(allowed("https://evil.example", target), "") << target;
    EXPECT_EQ(service.get(target).header("access-control-allow-origin"), "") << target;
  }
}

TEST_F(Doorway, BehindTlsTheCookieIsSecure) {
  Users(folder_ / "data").call({"add", "ann"}, "secret");
  Service service(options_for(folder_ / "data"));
  auto client = service.client();
  client.with("X-Forwarded-Proto", "https").with("X-Forwarded-For", "192.0.2.7");

  const auto reply = client.post("/accounts/ajax_login/", "username=ann&password=secret", kForm);

  EXPECT_THAT(reply.header("set-cookie"), EndsWith("; Secure"));
  EXPECT_TRUE(eventually(
    [&] {
      return file_text(service.server().log()).find(" info 192.0.2.7 - POST /accounts/ajax_login/ ")
             != std::string::npos;
    },
    std::chrono::seconds(5)));
}

TEST_F(Doorway, TheAccessLogMayBeAFileOfItsOwn) {
  const auto file = folder_ / "access.log";
  Service service(options_for(folder_ / "data", {"--access-log", file.string()}));
  service.get("/v1/calc/list?start_time=2026");

  EXPECT_TRUE(eventually(
    [&] {
      return std::filesystem::exists(file)
             && file_text(file).find(" 127.0.0.1 - GET /v1/calc/list 200 ") != std::string::npos;
    },
    std::chrono::seconds(5)));
  EXPECT_THAT(file_text(service.server().log()), Not(HasSubstr("/v1/calc/list")));
}

} // namespace
} // namespace oq::testing
