// Back-pressure: a bounded number of requests waits for the handler, the others are told at once.
#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

namespace oq::http::testing {
namespace {

using namespace std::chrono_literals;

class OverloadTest : public ::testing::Test {
protected:
  // Takes at most two requests at a time and keeps the replies of all but /now.
  void start_server(std::chrono::milliseconds handler_time = 20s) {
    ServerOptions options;
    options.threads = 1; // exact: several count each other once a batch
    options.limits.max_in_flight = 2;
    options.limits.handler_time = handler_time;
    server_ = start(
      [this](std::shared_ptr<const Request> request, Reply reply) {
        if (request->path() == "/now")
          return reply.send(Response{200});
        const std::lock_guard lock(mutex_);
        kept_.push_back(std::move(reply));
      },
      options);
  }
  RawClient occupied() {
    RawClient client(server_->port());
    EXPECT_TRUE(client.send(get("/later")));
    const auto wanted = ++occupied_;
    while (server_->statistics().requests < wanted)
      std::this_thread::yield();
    return client;
  }
  void answer_all() {
    {
      const std::lock_guard lock(mutex_);
      for (const Reply& reply : kept_)
        reply.send(Response::text(200, "done"));
      kept_.clear();
    }
    while (server_->statistics().requests_in_flight > 0)
      std::this_thread::yield();
  }

  std::mutex mutex_;
  std::vector<Reply> kept_;
  std::uint64_t occupied_ = 0;
  std::unique_ptr<Server> server_;
};

TEST_F(OverloadTest, OneTooManyIsToldToComeBackAndKeepsItsConnection) {
  start_server();
  RawClient first = occupied();
  RawClient second = occupied();
  RawClient third(server_->port());

  const auto refused = third.exchange(get("/now"));

  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(refused->header("Retry-After"), "1");
  EXPECT_EQ(refused->header("Connection"), "");
  answer_all();
  EXPECT_EQ(first.receive()->body, "done");
  EXPECT_EQ(second.receive()->body, "done");
  EXPECT_EQ(third.exchange(get("/now"))->status, 200);
  EXPECT_EQ(server_->statistics().requests_turned_away, 1u);
  EXPECT_EQ(server_->statistics().requests, 3u);
}

TEST_F(OverloadTest, PipelinedRequestsAreToldInTheirOrder) {
  start_server();
  RawClient first = occupied();
  RawClient second = occupied();
  RawClient third(server_->port());

  ASSERT_TRUE(third.send(get("/a") + get("/b") + get("/c")));

  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(third.receive()->status, 503);
  answer_all();
  EXPECT_EQ(third.exchange(get("/now"))->status, 200);
}

TEST_F(OverloadTest, AnUploadIsToldBeforeItsBody) {
  start_server();
  RawClient first = occupied();
  RawClient second = occupied();
  RawClient third(server_->port());

  ASSERT_TRUE(third.send("POST /now HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n"));

  const auto refused = third.receive();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(refused->header("Connection"), "close");
  EXPECT_EQ(refused->header("Retry-After"), "1");
}

TEST_F(OverloadTest, WhatTheHandlerStillOwesCountsEvenWhenItsClientHasGone) {
  start_server(20ms);
  RawClient first = occupied();
  RawClient second = occupied();
  ASSERT_EQ(first.receive()->status, 504);
  second.reset();
  RawClient third(server_->port());

  EXPECT_EQ(third.exchange(get("/now"))->status, 503);
  answer_all();
  EXPECT_EQ(third.exchange(get("/now"))->status, 200);
}

TEST_F(OverloadTest, AnsweredRequestsLeaveNothingBehind) {
  start_server();
  RawClient client(server_->port());
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(client.exchange(get("/now"))->status, 200);

  EXPECT_EQ(server_->statistics().requests_in_flight, 0u);
}

} // namespace
} // namespace oq::http::testing
