// Answers without an end: pieces as they come, and every way in which they stop.
#include "http/stream.hpp"

#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <future>

namespace oq::http::testing {
namespace {

using namespace std::chrono_literals;

SharedBytes bytes(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

// A server that streams whatever the test writes to the last request.
class StreamTest : public ::testing::Test {
protected:
  void start_server(const ServerOptions& options = {}) {
    server_ = start(
      [this](std::shared_ptr<const Request>, Reply reply) {
        writer_.set_value(reply.stream(Response(200)));
      },
      options);
  }
  StreamWriter open(RawClient& client, const std::string& request = get("/")) {
    writer_ = {};
    auto opened = writer_.get_future();
    EXPECT_TRUE(client.send(request));
    return opened.get();
  }
  RawClient client() const { return RawClient(server_->port()); }
  static bool closes(const StreamWriter& writer) {
    for (int i = 0; i < 2000 && writer.is_open(); ++i)
      std::this_thread::sleep_for(5ms);
    return !writer.is_open();
  }
  Server& server() { return *server_; }

private:
  std::promise<StreamWriter> writer_;
  std::unique_ptr<Server> server_;
};

TEST_F(StreamTest, SendsEachPieceAsAChunkAndEndsTheConnection) {
  start_server();
  auto listener = client();
  const auto writer = open(listener);

  EXPECT_TRUE(writer.push(bytes("hello ")));
  EXPECT_TRUE(writer.push(bytes("there, who ever you are")));
  writer.end(bytes("!"));

  const auto head = listener.receive(true);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(head->header("Content-Length"), "");
  EXPECT_EQ(head->header("Connection"), "close");
  EXPECT_EQ(listener.receive_to_end(),
            "6\r\nhello \r\n17\r\nthere, who ever you are\r\n1\r\n!\r\n0\r\n\r\n");
}

TEST_F(StreamTest, APieceArrivesBeforeTheNextIsWritten) {
  start_server();
  auto listener = client();
  const auto writer = open(listener);
  ASSERT_TRUE(listener.receive(true));

  writer.push(bytes("HTTP/1.1 200 first\r\n\r\n")); // so that the client finds its end

  EXPECT_TRUE(listener.receive(true));
  EXPECT_TRUE(writer.is_open());
}

TEST_F(StreamTest, AClientOfHttp10GetsTheBareBytes) {
  start_server();
  auto listener = client();
  const auto writer = open(listener, "GET / HTTP/1.0\r\n\r\n");

  writer.push(bytes("plain"));
  writer.end();

  const auto head = listener.receive(true);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->header("Transfer-Encoding"), "");
  EXPECT_EQ(listener.receive_to_end(), "plain");
}

TEST_F(StreamTest, WithItsLastWriterTheStreamEnds) {
  start_server();
  auto listener = client();
  auto writer = open(listener);
  auto copy = writer;
  writer = {};
  EXPECT_TRUE(copy.is_open());

  copy = {};

  ASSERT_TRUE(listener.receive(true));
  EXPECT_EQ(listener.receive_to_end(), "0\r\n\r\n");
}

TEST_F(StreamTest, HeadHasNoBodyAndItsStreamIsClosed) {
  start_server();
  auto listener = client();
  const auto writer = open(listener, "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");

  ASSERT_TRUE(listener.receive(true));
  EXPECT_EQ(listener.receive_to_end(), "");
  EXPECT_TRUE(closes(writer));
}

TEST_F(StreamTest, TheWriterLearnsThatItsClientHasGone) {
  start_server();
  StreamWriter orderly, reset;
  {
    auto first = client();
    orderly = open(first);
    ASSERT_TRUE(first.receive(true));
    auto second = client();
    reset = open(second);
    ASSERT_TRUE(second.receive(true));
    second.reset();
  }
  EXPECT_TRUE(closes(orderly));
  EXPECT_TRUE(closes(reset));
  EXPECT_FALSE(orderly.push(bytes("for nobody")));
}

TEST_F(StreamTest, AStreamForWhoHasGoneBeforeItBeganIsClosed) {
  OtherThread later;
  std::promise<StreamWriter> begun;
  std::promise<void> gone;
  const auto late = start([&](std::shared_ptr<const Request>, const Reply& reply) {
    later.post([&, reply] {
      gone.get_future().wait();
      begun.set_value(reply.stream(Response(200)));
    });
  });
  {
    RawClient listener(late->port());
    ASSERT_TRUE(listener.send(get("/")));
    while (late->statistics().requests_in_flight == 0)
      std::this_thread::yield();
    listener.reset();
  }
  while (late->statistics().connections_open > 0)
    std::this_thread::yield();
  gone.set_value();
  EXPECT_TRUE(closes(begun.get_future().get()));
}

TEST_F(StreamTest, WhoDoesNotReadIsGivenUpAndToldSo) {
  start_server();
  auto listener = client();
  const auto writer = open(listener);
  writer.say_when_slow(bytes("too slow"));

  const auto piece = bytes(std::string(64 * 1024, 'x'));
  int pushed = 0;
  while (writer.push(piece) && pushed < 10'000)
    ++pushed;

  EXPECT_LT(pushed, 1000);
  EXPECT_FALSE(writer.is_open());
  ASSERT_TRUE(listener.receive(true));
  const auto rest = listener.receive_to_end();
  ASSERT_TRUE(rest);
  EXPECT_TRUE(rest->ends_with("8\r\ntoo slow\r\n0\r\n\r\n"));
}

TEST_F(StreamTest, WhoNeverReadsIsCutOff) {
  ServerOptions options;
  options.limits.progress_window = 100ms;
  start_server(options);
  auto listener = client();
  const auto writer = open(listener);
  const auto piece = bytes(std::string(64 * 1024, 'x'));
  while (writer.push(piece)) {
  }
  while (server().statistics().connections_open > 0)
    std::this_thread::sleep_for(10ms);
  SUCCEED();
}

TEST_F(StreamTest, WhoWaitsInSilenceIsLeftAlone) {
  ServerOptions options;
  options.limits.progress_window = options.limits.idle_time = options.limits.handler_time =
    options.limits.head_time = 50ms;
  start_server(options);
  auto listener = client();
  const auto writer = open(listener);
  ASSERT_TRUE(listener.receive(true));
  std::this_thread::sleep_for(300ms);
  EXPECT_TRUE(writer.is_open());
}

TEST_F(StreamTest, OnceItHasBegunTheRequestIsNotInFlight) {
  start_server();
  auto listener = client();
  const auto writer = open(listener);
  ASSERT_TRUE(listener.receive(true));
  for (int i = 0; i < 10; ++i)
    writer.push(bytes("piece"));
  EXPECT_EQ(client().exchange("nonsense\r\n\r\n")->status, 400); // the worker has gone round
  EXPECT_EQ(server().statistics().requests_in_flight, 0u);
}

TEST_F(StreamTest, ShuttingDownEndsItInOrder) {
  start_server();
  auto listener = client();
  const auto writer = open(listener);
  writer.push(bytes("one"));
  ASSERT_TRUE(listener.receive(true));

  EXPECT_TRUE(server().shutdown(5s));

  EXPECT_EQ(listener.receive_to_end(), "3\r\none\r\n0\r\n\r\n");
  EXPECT_FALSE(writer.push(bytes("two")));
}

TEST_F(StreamTest, WhatTheClientSendsMeanwhileIsNotARequest) {
  start_server();
  auto listener = client();
  const auto writer = open(listener);
  ASSERT_TRUE(listener.receive(true));
  ASSERT_TRUE(listener.send(get("/again")));
  writer.end(bytes("x"));
  EXPECT_EQ(listener.receive_to_end(), "1\r\nx\r\n0\r\n\r\n");
  EXPECT_EQ(server().statistics().requests, 1u);
}

} // namespace
} // namespace oq::http::testing
