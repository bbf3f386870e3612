// Responses and their heads on the wire.
#include "http/response.hpp"

#include "http/response_head.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

ResponseContext context() {
  ResponseContext context;
  context.date = "now";
  context.server = "s";
  return context;
}

std::string head_of(const Response& response, const ResponseContext& with = context()) {
  std::string head;
  write_response_head(response, with, head);
  return head;
}

TEST(ResponseHead, HasStatusTypeLengthAndDate) {
  EXPECT_EQ(head_of(Response::json("{}")),
            "HTTP/1.1 200 OK\r\nServer: s\r\nDate: now\r\nContent-Type: application/json\r\n"
            "Content-Length: 2\r\n\r\n");
}

TEST(ResponseHead, SaysWhatBecomesOfTheConnection) {
  ResponseContext closing = context();
  closing.keep_alive = false;
  ResponseContext old = context();
  old.version = Version::http10;

  EXPECT_NE(head_of(Response{200}, closing).find("Connection: close\r\n"), std::string::npos);
  EXPECT_NE(head_of(Response{200}, old).find("Connection: keep-alive\r\n"), std::string::npos);
}

TEST(ResponseHead, OfHeadNamesTheLengthButSendsNothing) {
  ResponseContext asked = context();
  asked.method = Method::head;
  std::string head;

  const ByteRange sent = write_response_head(Response::json("12345"), asked, head);

  EXPECT_NE(head.find("Content-Length: 5\r\n"), std::string::npos);
  EXPECT_EQ(sent.length, 0u);
}

TEST(ResponseHead, OfNotModifiedHasNoLength) {
  EXPECT_EQ(head_of(Response{304}).find("Content-Length"), std::string::npos);
  EXPECT_EQ(head_of(Response{204}).find("Content-Length"), std::string::npos);
  EXPECT_NE(head_of(Response{404}).find("Content-Length: 0\r\n"), std::string::npos);
}

TEST(ResponseHead, CarriesAddedAndPreparedLines) {
  Response response{200};
  response.add("X-A", "1")
    .with_prepared_lines(std::make_shared<const std::string>("ETag: \"7\"\r\n"));

  EXPECT_NE(head_of(response).find("X-A: 1\r\nETag: \"7\"\r\n"), std::string::npos);
  EXPECT_EQ(response.header("x-a"), "1");
}

TEST(Response, AValueCannotStartAnotherHeader) {
  Response response{302};
  response.add("Location", "/a\r\nSet-Cookie: b");

  EXPECT_EQ(response.header_lines(), "Location: /a  Set-Cookie: b\r\n");
}

TEST(Response, ErrorsAreJson) {
  EXPECT_EQ(*Response::error(404, "no \"x\"").body(), R"({"error": "no \"x\""})");
  EXPECT_EQ(*Response::problem(422, "Invalid", "why", "/p").body(),
            R"({"type": "about:blank", "title": "Invalid", "status": 422, "detail": "why", )"
            R"("instance": "/p"})");
}

TEST(ServedFile, IsOnlyARegularFile) {
  EXPECT_EQ(ServedFile::open("/tmp").error().code, Errc::not_found);
  EXPECT_EQ(ServedFile::open("/dev/null").error().code, Errc::not_found);
  EXPECT_EQ(ServedFile::open("/no/such/file").error().code, Errc::not_found);
}

} // namespace
} // namespace oq::http
