// Draining: everybody is still answered, and nobody comes back on the same connection.
#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace oq::http::testing {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<Server> start_server(std::chrono::milliseconds leave_time) {
  ServerOptions options;
  options.limits.leave_time = leave_time;
  return start(
    [](std::shared_ptr<const Request>, Reply reply) {
      reply.send(Response::text(200, "here"));
    },
    options);
}

// Until it has been noticed by whoever serves a client of its own.
void wait_for_drain(const Server& server) {
  while (RawClient(server.port()).exchange(get("/"))->header("Connection") != "close")
    std::this_thread::yield();
}

TEST(Drain, TheNextAnswerOfAnIdleConnectionIsItsLast) {
  const auto server = start_server(20s);
  RawClient client(server->port());
  ASSERT_EQ(client.exchange(get("/"))->header("Connection"), "");

  server->drain();

  std::optional<Answer> answer;
  do // the worker may not have noticed yet
    answer = client.exchange(get("/"));
  while (answer && answer->header("Connection").empty());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "here");
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST(Drain, NewClientsAreServedOnce) {
  const auto server = start_server(20s);
  server->drain();
  wait_for_drain(*server);

  RawClient client(server->port());

  EXPECT_EQ(client.exchange(get("/"))->body, "here");
}

TEST(Drain, ConnectionsWithoutRequestsEnd) {
  const auto server = start_server(10ms);
  RawClient silent(server->port());
  RawClient used(server->port());
  ASSERT_EQ(used.exchange(get("/"))->status, 200);
  while (server->statistics().connections_open < 2)
    std::this_thread::yield();

  server->drain();

  EXPECT_TRUE(silent.closed_by_server());
  EXPECT_TRUE(used.closed_by_server());
}

// The clients of a rolling restart: each connects anew when it is told to, and goes on.
TEST(Drain, LosesNoRequestOfBusyClients) {
  const auto server = start_server(2s);
  std::atomic<bool> ended{false};
  std::atomic<int> answered{0}, lost{0};
  const auto poll = [&] {
    RawClient client(server->port());
    while (!ended) {
      const auto answer = client.exchange(get("/"));
      ++(answer && answer->status == 200 ? answered : lost);
      if (!answer || answer->header("Connection") == "close")
        client = RawClient(server->port());
    }
  };
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i)
    clients.emplace_back(poll);
  while (answered < 1000)
    std::this_thread::yield();

  server->drain();

  const int before = answered;
  while (answered < before + 1000 && lost == 0)
    std::this_thread::yield();
  ended = true;
  for (auto& client : clients)
    client.join();
  EXPECT_EQ(lost, 0);
}

TEST(Drain, MayBeFollowedByShutdownOrByNothing) {
  const auto server = start_server(20s);
  server->drain();
  server->drain();

  EXPECT_TRUE(server->shutdown(1s));
  server->drain();
}

} // namespace
} // namespace oq::http::testing
