// Every request leaves a line that says who asked what, and nothing that is secret.
#include "http/access_log.hpp"

#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gmock/gmock.h>

namespace oq::http {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class LoggedServer : public ::testing::Test {
protected:
  // Answers the request, and returns all lines.
  std::string lines_of(const std::string& request, Response response) {
    std::string lines;
    {
      auto log = std::make_shared<AccessLog>([&](std::string_view more) {
        lines += more;
      });
      ServerOptions options;
      options.access_log = log;
      const auto server = testing::start(
        [&](const std::shared_ptr<const Request>&, const Reply& reply) {
          reply.send(response);
        },
        options);
      testing::RawClient client(server->port());
      client.send(request);
      client.receive_to_end();
    }
    return lines;
  }
};

TEST_F(LoggedServer, ALineSaysWhenFromWhereWhoWhatHowAndHowLong) {
  Response response(200, MediaType::text, std::string("x"));
  response.for_client(std::make_shared<const std::string>("ann"), nullptr);

  const auto lines =
    lines_of("GET /a/b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", response);

  EXPECT_THAT(lines, MatchesRegex("[0-9T:.-]*Z info 127.0.0.1 ann GET /a/b 200 [0-9.]+ ms\n"));
}

TEST_F(LoggedServer, NoQueryHeaderOrBodyIsWritten) {
  const auto lines = lines_of("POST /a?key=secret1 HTTP/1.1\r\nHost: x\r\nCookie: secret2\r\n"
                              "Content-Length: 7\r\nConnection: close\r\n\r\nsecret3",
                              Response(403));

  EXPECT_THAT(lines, HasSubstr(" - POST /a 403 "));
  EXPECT_THAT(lines, Not(HasSubstr("secret")));
}

TEST_F(LoggedServer, TheStatusIsThatOnTheWire) {
  auto validator = std::make_shared<const Validator>(Validator{"\"7\"", "ETag: \"7\"\r\n", ""});
  Response response(200, MediaType::text, std::string("x"));
  response.with_validator(validator);

  const auto lines = lines_of(
    "GET /a HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"7\"\r\nConnection: close\r\n\r\n", response);

  EXPECT_THAT(lines, HasSubstr(" GET /a 304 "));
}

TEST_F(LoggedServer, WhatTheServerItselfRefusesIsWrittenToo) {
  EXPECT_THAT(lines_of("GET  /a\r\n\r\n", Response(200)), HasSubstr(" 127.0.0.1 - - - 400 "));
}

TEST_F(LoggedServer, AProxiedClientIsNamedByItsOwnAddress) {
  Response response(200);
  response.for_client(nullptr, std::make_shared<const std::string>("192.0.2.7"));

  EXPECT_THAT(lines_of("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", response),
              HasSubstr(" 192.0.2.7 - GET /a 200 "));
}

TEST(AccessLog, NoClientWritesALineOfItsOwn) {
  std::string lines;
  {
    AccessLog log([&](std::string_view more) {
      lines += more;
    });
    log.add({"10.0.0.1", "", "GET", "/a\n2026 info forged", 200, {}});
  }

  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1);
}

TEST(AccessLog, LinesComeInOrderAndAllOfThem) {
  std::string lines;
  {
    AccessLog log([&](std::string_view more) {
      lines += more;
    });
    for (int i = 0; i < 5000; ++i)
      log.add({"10.0.0.1", "", "GET", "/" + std::to_string(i), 200, {}});
  }

  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 5000);
  EXPECT_LT(lines.find("/17 200"), lines.find("/4711 200"));
}

} // namespace
} // namespace oq::http
