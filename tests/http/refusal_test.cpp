// What the connection itself refuses, and that nothing of a refused request is taken for another.
#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace oq::http::testing {
namespace {

// Counts the requests that reach the handler.
class RefusalTest : public ::testing::Test {
protected:
  RefusalTest() {
    ServerOptions options;
    options.limits.max_body = 1000;
    options.limits.max_head = 4096;
    options.limits.max_target = 1024;
    server_ = start(
      [this](std::shared_ptr<const Request>, Reply reply) {
        ++handled_;
        reply.send(Response{200});
      },
      options);
  }

  // The answer to bytes after which the server must close, having answered once.
  int refused_with(const std::string& bytes) {
    RawClient client(server_->port());
    client.send(bytes);
    const auto answer = client.receive();
    if (!answer || answer->header("Connection") != "close" || !client.closed_by_server())
      return 0;
    EXPECT_EQ(answer->header("Content-Type"), "application/json");
    return answer->status;
  }

  std::atomic<int> handled_{0};
  std::unique_ptr<Server> server_;
};

TEST_F(RefusalTest, NothingAfterA413IsParsed) {
  std::string inner;
  for (int i = 0; i < 500; ++i)
    inner += get("/smuggled");

  EXPECT_EQ(refused_with(post("/", inner)), 413);
  EXPECT_EQ(refused_with("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                         "fffff\r\n"
                         + inner),
            413);
  EXPECT_EQ(handled_, 0);
}

TEST_F(RefusalTest, ALongUploadIsRefusedAtItsHead) {
  EXPECT_EQ(refused_with("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000000\r\n\r\n"), 413);
}

TEST_F(RefusalTest, AnOversizedUploadStillReadsItsAnswer) {
  RawClient client(server_->port());

  client.send(post("/", std::string(20'000'000, 'x'))); // may be cut off: that is the point
  const auto answer = client.receive();

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
}

TEST_F(RefusalTest, LengthAndChunksTogetherAreRefused) {
  EXPECT_EQ(refused_with("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nG"),
            400);
  EXPECT_EQ(refused_with("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
                         "Content-Length: 4\r\n\r\n1\r\nZ\r\n0\r\n\r\n"
                         + get("/")),
            400);
  EXPECT_EQ(handled_, 0);
}

TEST_F(RefusalTest, ObscuredTransferEncodingsAreRefused) {
  for (const char* line : {"Transfer-Encoding: xchunked", "Transfer-Encoding : chunked",
                           "Transfer-Encoding: chunked, identity",
                           "Transfer-Encoding:\x0b"
                           "chunked",
                           "X: y\nTransfer-Encoding: chunked", " Transfer-Encoding: chunked",
                           "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked"})
    EXPECT_NE(refused_with("POST / HTTP/1.1\r\nHost: h\r\n" + std::string{line}
                           + "\r\n\r\n0\r\n\r\n" + get("/")),
              0)
      << line;
  EXPECT_EQ(handled_, 0);
}

TEST_F(RefusalTest, ConflictingLengthsAreRefused) {
  EXPECT_EQ(refused_with("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"
                         "Content-Length: 4\r\n\r\nabcd"),
            400);
  EXPECT_EQ(handled_, 0);
}

TEST_F(RefusalTest, BadChunksAreRefused) {
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

  EXPECT_EQ(refused_with(head + "zz\r\n" + get("/")), 400);
  EXPECT_EQ(refused_with(head + "1\r\nABC\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(refused_with(head + "1\nA\n0\n\n"), 400);
  EXPECT_EQ(refused_with(head + "fffffffffffffffff\r\n"), 400);
  EXPECT_EQ(handled_, 0);
}

TEST_F(RefusalTest, GarbageAndBareLineFeedsAreRefusedAtOnce) {
  EXPECT_EQ(refused_with("GET / HTTP/1.1\nHost: h\n\n"), 400);
  EXPECT_EQ(refused_with(std::string("\x16\x03\x01\x00\xa5", 5)), 400);
  EXPECT_EQ(refused_with("hello there\r\n\r\n"), 400);
  EXPECT_EQ(refused_with("GET / HTTP/3.0\r\nHost: h\r\n\r\n"), 505);
  EXPECT_EQ(handled_, 0);
}

TEST_F(RefusalTest, LimitsHaveTheirOwnStatuses) {
  EXPECT_EQ(refused_with(get("/" + std::string(2000, 'a'))), 414);
  EXPECT_EQ(refused_with("GET /" + std::string(2000, 'a')), 414);
  EXPECT_EQ(refused_with(get("/", "X: " + std::string(5000, 'a') + "\r\n")), 431);
  EXPECT_EQ(refused_with(post("/", std::string(1001, 'a'))), 413);
  EXPECT_EQ(handled_, 0);
}

TEST_F(RefusalTest, AnUnknownExpectationIsRefused) {
  EXPECT_EQ(refused_with(post("/", "x", "Expect: miracles\r\n")), 417);
}

TEST_F(RefusalTest, RequestsBeforeTheBadOneAreAnswered) {
  RawClient client(server_->port());

  ASSERT_TRUE(client.send(get("/1") + get("/2") + "nonsense\r\n\r\n" + get("/3")));

  EXPECT_EQ(client.receive()->status, 200);
  EXPECT_EQ(client.receive()->status, 200);
  EXPECT_EQ(client.receive()->status, 400);
  EXPECT_TRUE(client.closed_by_server());
  EXPECT_EQ(handled_, 2);
}

} // namespace
} // namespace oq::http::testing
