// Answers that come late, twice, never, or from a handler that throws.
#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace oq::http::testing {
namespace {

using namespace std::chrono_literals;

ServerOptions hasty() {
  ServerOptions options;
  options.limits.handler_time = 100ms;
  return options;
}

TEST(Reply, TheFirstAnswerCounts) {
  auto server = start([](std::shared_ptr<const Request>, Reply reply) {
    const Reply copy = reply;
    copy.send(Response::text(200, "first"));
    reply.send(Response::text(200, "second"));
  });
  RawClient client(server->port());

  EXPECT_EQ(client.exchange(get("/"))->body, "first");
  EXPECT_EQ(client.exchange(get("/"))->body, "first");
}

TEST(Reply, DroppedUnansweredIsA500) {
  auto server = start([](std::shared_ptr<const Request>, Reply) {});
  RawClient client(server->port());

  EXPECT_EQ(client.exchange(get("/"))->status, 500);
  EXPECT_EQ(client.exchange(get("/"))->status, 500);
}

TEST(Reply, DroppedByAnotherThreadIsA500) {
  OtherThread actor;
  auto server = start([&](std::shared_ptr<const Request>, Reply reply) {
    actor.post([reply]() mutable {
      reply = Reply{};
    });
  });
  RawClient client(server->port());

  EXPECT_EQ(client.exchange(get("/"))->status, 500);
}

TEST(Reply, NeverGivenIsA504) {
  std::vector<Reply> kept;
  auto server = start(
    [&](std::shared_ptr<const Request>, Reply reply) {
      kept.push_back(reply);
    },
    [] {
      ServerOptions options = hasty();
      options.threads = 1;
      return options;
    }());
  RawClient client(server->port());

  EXPECT_EQ(client.exchange(get("/"))->status, 504);
  EXPECT_EQ(server->statistics().requests_timed_out, 1u);
}

TEST(Reply, AfterThe504GoesToNobody) {
  std::mutex mutex;
  std::vector<Reply> kept;
  auto server = start(
    [&](std::shared_ptr<const Request> request, Reply reply) {
      const std::lock_guard lock(mutex);
      if (request->path() == "/late") {
        kept.push_back(reply);
        return;
      }
      for (const Reply& late : kept)
        late.send(Response::text(200, "of another request"));
      reply.send(Response::text(200, "mine"));
    },
    hasty());
  RawClient client(server->port());

  EXPECT_EQ(client.exchange(get("/late"))->status, 504);
  EXPECT_EQ(client.exchange(get("/now"))->body, "mine");
  EXPECT_EQ(client.exchange(get("/now"))->body, "mine");
}

TEST(Reply, OutlivesItsServer) {
  std::vector<Reply> kept;
  {
    std::mutex mutex;
    auto server = start([&](std::shared_ptr<const Request>, Reply reply) {
      const std::lock_guard lock(mutex);
      kept.push_back(reply);
    });
    RawClient client(server->port());
    ASSERT_TRUE(client.send(get("/")));
    while (server->statistics().requests == 0)
      std::this_thread::yield();
    server.reset();
  }

  ASSERT_EQ(kept.size(), 1u);
  kept.front().send(Response{200});
}

TEST(Reply, WhatAHandlerThrowsIsA500WithoutDetails) {
  struct Thrower : Handler {
    bool on_get(const RequestHead& head, Reply&) override {
      if (head.raw_path == "/int")
        throw 1;
      return false;
    }
    void on_request(std::shared_ptr<const Request>, Reply) override {
      throw std::runtime_error("secret");
    }
  };
  auto server = start(std::make_shared<Thrower>());
  RawClient client(server->port());

  const auto first = client.exchange(get("/int"));
  const auto second = client.exchange(get("/"));

  EXPECT_EQ(first->status, 500);
  EXPECT_EQ(second->status, 500);
  EXPECT_EQ(second->body.find("secret"), std::string::npos);
}

TEST(Reply, DefaultMadeAnswersNobody) {
  const Reply reply;

  EXPECT_FALSE(reply);
  reply.send(Response{200});
}

} // namespace
} // namespace oq::http::testing
