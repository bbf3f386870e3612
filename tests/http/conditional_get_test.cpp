// Conditional GETs: who has it already gets a 304, over the wire and by its head.
#include "http/raw_client.hpp"
#include "http/response_head.hpp"
#include "http/temporary_folder.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace oq::http::testing {
namespace {

Response tagged(int status = 200) {
  Response response(status, MediaType::json, "{\"a\": 1}");
  response.add("X-Total-Count", "3");
  return std::move(response.with_validator(std::make_shared<const Validator>(Validator{
    "\"7\"", "ETag: \"7\"\r\nX-Allowed: all\r\n", "ETag: \"7\"\r\nX-Allowed: reading\r\n"})));
}

class ConditionalGet : public ::testing::Test {
protected:
  Answer ask(std::string_view request) {
    const auto answer = client_.exchange(request);
    EXPECT_TRUE(answer) << request;
    return answer.value_or(Answer{});
  }

  std::unique_ptr<Server> server_ = start([](std::shared_ptr<const Request> request, Reply reply) {
    reply.send(tagged(request->path() == "/missing" ? 404 : 200));
  });
  RawClient client_{server_->port()};
};

TEST_F(ConditionalGet, SendsTheTagToWhoHasNothing) {
  const auto answer = ask(get("/"));

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("ETag"), "\"7\"");
  EXPECT_EQ(answer.header("X-Allowed"), "all");
  EXPECT_EQ(answer.body, "{\"a\": 1}");
}

TEST_F(ConditionalGet, SendsNoBodyToWhoHasIt) {
  const auto answer = ask(get("/", "If-None-Match: \"6\", W/\"7\"\r\n"));

  EXPECT_EQ(answer.status, 304);
  EXPECT_EQ(answer.header("ETag"), "\"7\"");
  EXPECT_EQ(answer.header("X-Allowed"), "reading");
  EXPECT_EQ(answer.header("Content-Length"), "");
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(ask(get("/")).status, 200) << "the next request of the connection is its own";
}

TEST_F(ConditionalGet, SendsEverythingToWhoHasAnotherVersion) {
  EXPECT_EQ(ask(get("/", "If-None-Match: \"6\"\r\n")).body, "{\"a\": 1}");
}

TEST_F(ConditionalGet, OnlySuccessfulReadingIsConditional) {
  EXPECT_EQ(ask(get("/missing", "If-None-Match: *\r\n")).status, 404);
  EXPECT_EQ(ask(post("/", "x", "If-None-Match: *\r\n")).status, 200);
}

TEST_F(ConditionalGet, HoldsForHeadToo) {
  ASSERT_TRUE(client_.send("HEAD / HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"7\"\r\n\r\n"));

  EXPECT_EQ(client_.receive(true)->status, 304);
}

TEST(ConditionalDownload, ComesBeforeTheRange) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "curves.csv";
  std::ofstream(path) << "0123456789";
  const auto file = ServedFile::open(path);
  ASSERT_TRUE(file);
  ResponseContext context;
  context.range = "bytes=0-3";
  context.if_none_match = (*file)->etag();
  std::string head;

  const auto part = write_response_head(Response::file(MediaType::csv, *file), context, head);

  EXPECT_TRUE(head.starts_with("HTTP/1.1 304 Not Modified\r\n")) << head;
  EXPECT_NE(head.find("ETag: " + (*file)->etag()), std::string::npos);
  EXPECT_EQ(part.length, 0u);
}

} // namespace
} // namespace oq::http::testing
