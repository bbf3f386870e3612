// Clients come and go in crowds while answers come from other threads: everybody gets his own
// answer, and nobody is forgotten.
#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <memory>

namespace oq::http::testing {
namespace {

// Requests of the victims; OQ_CHURN_REQUESTS asks for another number.
int request_count() {
  const char* wanted = std::getenv("OQ_CHURN_REQUESTS");
  return wanted != nullptr ? std::atoi(wanted) : 50'000;
}

// Four threads that answer with what was asked.
class EchoingActors : public Handler {
public:
  void on_request(std::shared_ptr<const Request> request, Reply reply) override {
    const unsigned next = turn_.fetch_add(1, std::memory_order_relaxed);
    actors_[next % std::size(actors_)].post([request, reply] {
      reply.send(Response::text(200, request->path()));
    });
  }

private:
  std::atomic<unsigned> turn_{0};
  OtherThread actors_[4];
};

struct Tally {
  std::atomic<int> answered{0};
  std::atomic<int> wrong{0};
  std::atomic<int> missing{0};
};

// Asks `count` times, with a new connection after every tenth answer.
void be_a_victim(std::uint16_t port, int who, int count, Tally& tally) {
  auto client = std::make_unique<RawClient>(port);
  for (int i = 0; i < count; ++i) {
    const std::string path = "/" + std::to_string(who) + "/" + std::to_string(i);
    const auto answer = client->exchange(get(path));
    if (!answer)
      ++tally.missing;
    else if (answer->body != path)
      ++tally.wrong;
    else
      ++tally.answered;
    if (i % 10 == 9 || !answer) {
      client->reset();
      client = std::make_unique<RawClient>(port);
    }
  }
}

// Asks and resets the connection before the answer can come, so that its descriptor goes to others.
void be_an_abuser(std::uint16_t port, const std::atomic<bool>& ended) {
  for (int i = 0; !ended; ++i) {
    RawClient client(port);
    if (client.connected() && client.send(get("/abuser/" + std::to_string(i))))
      client.reset();
  }
}

TEST(Churn, AnswersReachOnlyWhoAsked) {
  constexpr int kVictims = 4;
  auto server = start(std::make_shared<EchoingActors>());
  const int count = request_count() / kVictims;
  Tally tally;
  std::atomic<bool> ended{false};

  std::vector<std::thread> abusers;
  for (int i = 0; i < 3; ++i)
    abusers.emplace_back([&] {
      be_an_abuser(server->port(), ended);
    });
  std::vector<std::thread> victims;
  for (int who = 0; who < kVictims; ++who)
    victims.emplace_back([&, who] {
      be_a_victim(server->port(), who, count, tally);
    });
  for (std::thread& victim : victims)
    victim.join();
  ended = true;
  for (std::thread& abuser : abusers)
    abuser.join();

  EXPECT_EQ(tally.wrong, 0);
  EXPECT_EQ(tally.missing, 0);
  EXPECT_EQ(tally.answered, count * kVictims);
  EXPECT_GT(server->statistics().connections_accepted, std::uint64_t(count) * kVictims / 10);
}

// A hand-over of new connections that loses a wake-up shows here as a client without an answer:
// with one connection at a time there is no later one to wake the worker by chance.
TEST(Churn, NoNewConnectionIsForgotten) {
  auto server = start(std::make_shared<EchoingActors>());
  const int count = request_count() / 5;

  for (int i = 0; i < count; ++i) {
    RawClient client(server->port(), std::chrono::seconds{10});
    ASSERT_TRUE(client.exchange(get("/x"))) << "connection " << i;
    client.reset();
  }
}

} // namespace
} // namespace oq::http::testing
