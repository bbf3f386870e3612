// The head parser on well-formed, odd, split and hostile heads.
#include "http/head_parser.hpp"

#include <gtest/gtest.h>

#include <string>

namespace oq::http {
namespace {

using Kind = HeadOutcome::Kind;

struct Parsed {
  HeadOutcome outcome;
  RequestHead head;
};

Parsed parse(std::string_view bytes, const Limits& limits = {}) {
  Parsed parsed;
  parsed.outcome = parse_head(bytes, 0, limits, parsed.head);
  return parsed;
}

// The status with which a head of these header lines is refused, 0 when it is taken.
int status_of_lines(const std::string& lines) {
  const std::string text = "POST / HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n";
  return parse(text).outcome.refusal.status;
}

TEST(HeadParser, ReadsMethodTargetVersionAndFields) {
  const std::string text = "GET /v1/calc/7?x=1&y HTTP/1.1\r\nHost: h\r\nAccept:  */* \r\n\r\nrest";

  const Parsed parsed = parse(text);

  EXPECT_EQ(parsed.outcome.kind, Kind::complete);
  EXPECT_EQ(parsed.outcome.length, text.size() - 4);
  EXPECT_EQ(parsed.head.method, Method::get);
  EXPECT_EQ(parsed.head.target, "/v1/calc/7?x=1&y");
  EXPECT_EQ(parsed.head.raw_path, "/v1/calc/7");
  EXPECT_EQ(parsed.head.raw_query, "x=1&y");
  EXPECT_EQ(parsed.head.header("ACCEPT"), "*/*");
  EXPECT_TRUE(parsed.head.keep_alive);
  EXPECT_FALSE(parsed.head.has_body());
}

TEST(HeadParser, WaitsForTheWholeHead) {
  const std::string text = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  RequestHead head;

  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_EQ(parse_head(text.substr(0, size), size > 0 ? size - 1 : 0, {}, head).kind,
              Kind::incomplete)
      << size;
  EXPECT_EQ(parse_head(text, text.size() - 1, {}, head).kind, Kind::complete);
}

TEST(HeadParser, TakesOddButHarmlessHeaders) {
  EXPECT_EQ(status_of_lines("Cookie: a\r\n"), 0);
  EXPECT_EQ(status_of_lines("Date: yesterday\r\nCache-Control: ???\r\n"), 0);
  EXPECT_EQ(status_of_lines("Accept: ,;,\r\nContent-Type: what\r\n"), 0);
  EXPECT_EQ(status_of_lines("X-Empty:\r\nX-Latin: caf\xe9\r\n"), 0);
}

TEST(HeadParser, RefusesWhatTwoServersMayReadInTwoWays) {
  EXPECT_EQ(status_of_lines("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(status_of_lines("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400);
  EXPECT_EQ(status_of_lines("Content-Length: 5\r\nContent-Length: 6\r\n"), 400);
  EXPECT_EQ(status_of_lines("Content-Length: 5, 5\r\n"), 400);
  EXPECT_EQ(status_of_lines("Content-Length: +5\r\n"), 400);
  EXPECT_EQ(status_of_lines("Content-Length: -5\r\n"), 400);
  EXPECT_EQ(status_of_lines("Content-Length: abc\r\n"), 400);
  EXPECT_EQ(status_of_lines("Content-Length: 0x5\r\n"), 400);
  EXPECT_EQ(status_of_lines("Content-Length:\r\n"), 400);
  EXPECT_EQ(status_of_lines("Content-Length : 5\r\n"), 400);
  EXPECT_EQ(status_of_lines("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(status_of_lines("Transfer-Encoding: gzip, chunked\r\n"), 501);
  EXPECT_EQ(status_of_lines("Transfer-Encoding: xchunked\r\n"), 501);
  EXPECT_EQ(status_of_lines("Host: other\r\n"), 400);
  EXPECT_EQ(status_of_lines(" folded: x\r\n"), 400);
  EXPECT_EQ(status_of_lines("A: b\r\n c\r\n"), 400);
  EXPECT_EQ(status_of_lines("A: b\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(status_of_lines("A: b\rC: d\r\n"), 400);
  EXPECT_EQ(status_of_lines(std::string{"A: b\0c\r\n", 8}), 400);
  EXPECT_EQ(status_of_lines("no colon\r\n"), 400);
  EXPECT_EQ(status_of_lines(": no name\r\n"), 400);
}

TEST(HeadParser, TakesEqualLengthsGivenTwice) {
  EXPECT_EQ(status_of_lines("Content-Length: 5\r\ncontent-length: 5\r\n"), 0);
}

TEST(HeadParser, AnAbsurdLengthIsTooLargeRatherThanWrappedAround) {
  EXPECT_EQ(status_of_lines("Content-Length: 18446744073709551617\r\n"), 413);
}

TEST(HeadParser, RefusesChunksInHttp10) {
  const auto parsed = parse("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");

  EXPECT_EQ(parsed.outcome.refusal.status, 400);
}

TEST(HeadParser, RefusesMalformedRequestLines) {
  for (const char* line : {"GET", "GET /", "GET  HTTP/1.1", "G@T / HTTP/1.1", "GET / http/1.1",
                           "GET nowhere HTTP/1.1", "GET / FTP/1.0", "GET /a b HTTP/1.1"})
    EXPECT_EQ(parse(std::string{line} + "\r\nHost: h\r\n\r\n").outcome.refusal.status, 400) << line;
  EXPECT_EQ(parse("GET / HTTP/2.0\r\nHost: h\r\n\r\n").outcome.refusal.status, 505);
}

TEST(HeadParser, RefusesGarbageWithoutWaitingForItsEnd) {
  EXPECT_EQ(parse("\x16\x03\x01\x02").outcome.refusal.status, 400);
  EXPECT_EQ(parse("GET / HTTP/1.1\nHost: h\n").outcome.refusal.status, 400);
  EXPECT_EQ(parse(" GET / HTTP/1.1\r\n").outcome.refusal.status, 400);
}

TEST(HeadParser, RequiresAHostInHttp11Only) {
  EXPECT_EQ(parse("GET / HTTP/1.1\r\n\r\n").outcome.refusal.status, 400);
  EXPECT_EQ(parse("GET / HTTP/1.0\r\n\r\n").outcome.kind, Kind::complete);
}

TEST(HeadParser, TellsWhichLimitWasExceeded) {
  Limits limits;
  limits.max_target = 100;
  limits.max_head = 400;
  limits.max_header_count = 3;
  const std::string long_target = "GET /" + std::string(200, 'a');
  const std::string long_header = "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(500, 'b');
  const std::string many = "GET / HTTP/1.1\r\nHost: h\r\na: 1\r\nb: 2\r\nc: 3\r\n\r\n";

  EXPECT_EQ(parse(long_target, limits).outcome.refusal.status, 414);
  EXPECT_EQ(parse(long_target + " HTTP/1.1\r\nHost: h\r\n\r\n", limits).outcome.refusal.status,
            414);
  EXPECT_EQ(parse(long_header, limits).outcome.refusal.status, 431);
  EXPECT_EQ(parse(long_header + "\r\n\r\n", limits).outcome.refusal.status, 431);
  EXPECT_EQ(parse(many, limits).outcome.refusal.status, 431);
}

TEST(HeadParser, ConnectionOptionsDecideKeepAlive) {
  const auto keeps = [](std::string_view version, std::string_view option) {
    return parse("GET / " + std::string{version}
                 + "\r\nHost: h\r\nConnection: " + std::string{option} + "\r\n\r\n")
      .head.keep_alive;
  };

  EXPECT_FALSE(keeps("HTTP/1.1", "Upgrade, Close"));
  EXPECT_TRUE(keeps("HTTP/1.1", "keep-alive"));
  EXPECT_TRUE(keeps("HTTP/1.0", "Keep-Alive"));
  EXPECT_FALSE(keeps("HTTP/1.0", "x"));
}

TEST(HeadParser, SplitsAbsoluteTargets) {
  const auto parsed = parse("GET http://host:80/a/b?c HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto bare = parse("GET http://host HTTP/1.1\r\nHost: h\r\n\r\n");

  EXPECT_EQ(parsed.head.raw_path, "/a/b");
  EXPECT_EQ(parsed.head.raw_query, "c");
  EXPECT_EQ(bare.head.raw_path, "/");
}

TEST(HeadParser, SurvivesEveryByteAtEveryPlace) {
  const std::string text = "POST /a?b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nA: b\r\n\r\n";
  RequestHead head;

  for (std::size_t place = 0; place < text.size(); ++place)
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = text;
      changed[place] = static_cast<char>(byte);
      const HeadOutcome outcome = parse_head(changed, 0, {}, head);
      ASSERT_LE(outcome.length, changed.size());
      ASSERT_EQ(outcome.kind == Kind::refused, bool(outcome.refusal));
    }
}

} // namespace
} // namespace oq::http
