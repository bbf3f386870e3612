// The end of a server: what has begun is finished, within a grace period.
#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <future>

namespace oq::http::testing {
namespace {

using namespace std::chrono_literals;

class ShutdownTest : public ::testing::Test {
protected:
  // Answers /now at once; keeps the replies of others.
  void start_server() {
    server_ = start([this](std::shared_ptr<const Request> request, Reply reply) {
      if (request->path() == "/now")
        return reply.send(Response{200});
      const std::lock_guard lock(mutex_);
      kept_.push_back(std::move(reply));
    });
  }
  void wait_for_requests(std::uint64_t count) {
    while (server_->statistics().requests < count)
      std::this_thread::yield();
  }
  Reply kept() {
    const std::lock_guard lock(mutex_);
    return kept_.empty() ? Reply{} : kept_.front();
  }

  std::mutex mutex_;
  std::vector<Reply> kept_;
  std::unique_ptr<Server> server_;
};

TEST_F(ShutdownTest, FinishesWhatHasBegunAndAcceptsNoMore) {
  start_server();
  RawClient waiting(server_->port());
  RawClient idle(server_->port());
  ASSERT_TRUE(waiting.send(get("/later")));
  ASSERT_EQ(idle.exchange(get("/now"))->status, 200);
  wait_for_requests(2);

  auto ended = std::async(std::launch::async, [this] {
    return server_->shutdown(20s);
  });
  EXPECT_TRUE(idle.closed_by_server());
  while (RawClient(server_->port()).connected()) // the listening socket closes soon after
    std::this_thread::yield();
  kept().send(Response::text(200, "done"));

  const auto answer = waiting.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "done");
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_TRUE(waiting.closed_by_server());
  waiting = RawClient{0};
  EXPECT_TRUE(ended.get());
}

TEST_F(ShutdownTest, FinishesAnUploadThatHasBegun) {
  start_server();
  RawClient client(server_->port());
  ASSERT_TRUE(client.send("POST /now HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc"));
  while (server_->statistics().connections_accepted == 0)
    std::this_thread::yield();
  RawClient other(server_->port()); // answered: the worker has read what came before, or will
  auto ended = std::async(std::launch::async, [this] {
    return server_->shutdown(20s);
  });

  ASSERT_TRUE(client.send("def"));

  const auto answer = client.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  client = RawClient{0};
  EXPECT_TRUE(ended.get());
}

TEST_F(ShutdownTest, CutsOffWhatTakesLongerThanTheGrace) {
  start_server();
  RawClient client(server_->port());
  ASSERT_TRUE(client.send(get("/later")));
  wait_for_requests(1);

  EXPECT_FALSE(server_->shutdown(50ms));

  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(ShutdownTest, MayBeAskedForTwice) {
  start_server();

  EXPECT_TRUE(server_->shutdown(1s));
  EXPECT_TRUE(server_->shutdown(1s));
}

TEST_F(ShutdownTest, StartsAndEndsManyTimes) {
  for (int i = 0; i < 50; ++i) {
    start_server();
    RawClient client(server_->port());
    ASSERT_EQ(client.exchange(get("/now"))->status, 200);
    server_.reset();
  }
}

} // namespace
} // namespace oq::http::testing
