// Clients that are slow, silent, too many or gone: cut off in time, at nobody else's expense.
#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace oq::http::testing {
namespace {

using namespace std::chrono_literals;

// One worker, so that whoever blocks it blocks all; deadlines as short as the tests can be quick.
ServerOptions strict() {
  ServerOptions options;
  options.threads = 1;
  options.limits.head_time = 150ms;
  options.limits.idle_time = 150ms;
  options.limits.progress_window = 150ms;
  options.limits.linger_time = 150ms;
  options.limits.min_rate = 100'000;
  return options;
}

void ok(const std::shared_ptr<const Request>&, const Reply& reply) {
  reply.send(Response{200});
}

// Sends byte after byte until the server has had enough; what it said, then.
std::optional<Answer> drip(RawClient& client, const std::string& bytes) {
  for (const char byte : bytes) {
    char peeked = 0;
    if (::recv(client.fd(), &peeked, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || !client.send({&byte, 1}))
      break;
    std::this_thread::sleep_for(5ms);
  }
  return client.receive();
}

TEST(Abuse, AHeadThatDripsIsCutOff) {
  auto server = start(ok, strict());
  RawClient client(server->port());

  const auto answer = drip(client, get("/", "X: " + std::string(2000, 'x')));

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_TRUE(client.closed_by_server());
}

TEST(Abuse, ABodyThatDripsIsCutOff) {
  auto server = start(ok, strict());
  RawClient client(server->port());
  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n"));

  const auto answer = drip(client, std::string(5000, 'x'));

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_TRUE(client.closed_by_server());
}

TEST(Abuse, SilentAndIdleClientsAreClosedWithoutAWord) {
  auto server = start(ok, strict());
  RawClient silent(server->port());
  RawClient idle(server->port());
  ASSERT_TRUE(idle.exchange(get("/")));

  EXPECT_TRUE(silent.closed_by_server());
  EXPECT_TRUE(idle.closed_by_server());
}

TEST(Abuse, AClientThatDoesNotReadIsCutOffAndHarmsNobody) {
  const auto large = std::make_shared<const std::string>(100'000'000, 'x');
  auto server = start(
    [&](std::shared_ptr<const Request> request, Reply reply) {
      reply.send(request->path() == "/large" ? Response::json(large) : Response{200});
    },
    strict());
  RawClient greedy(server->port());
  ASSERT_TRUE(greedy.send(get("/large")));

  // Others are served all the while, on the same worker, until the greedy one is gone.
  int served = 0;
  while (server->statistics().connections_accepted < 1 || server->statistics().requests < 1)
    std::this_thread::yield();
  while (server->statistics().connections_open > 0) {
    RawClient other(server->port());
    const auto answer = other.exchange(get("/"));
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 200);
    ++served;
    other.reset();
    std::this_thread::sleep_for(1ms);
    if (served > 20'000)
      FAIL() << "never cut off";
  }

  EXPECT_GT(served, 0);
  const auto rest = greedy.receive_to_end();
  EXPECT_LT(rest.value_or("").size(), large->size());
}

TEST(Abuse, AClientThatNeverFinishesAnUploadHarmsNobody) {
  auto server = start(ok, strict());
  RawClient stuck(server->port());
  ASSERT_TRUE(stuck.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\nabc"));

  RawClient other(server->port());
  EXPECT_EQ(other.exchange(get("/"))->status, 200);
  EXPECT_EQ(stuck.receive()->status, 408);
}

TEST(Abuse, PipeliningWithoutReadingIsBounded) {
  std::vector<Reply> kept;
  ServerOptions options = strict();
  options.limits.handler_time = 30s;
  auto server = start(
    [&](std::shared_ptr<const Request>, Reply reply) {
      kept.push_back(std::move(reply));
    },
    options);
  RawClient client(server->port(), 300ms);
  const std::string requests = [] {
    std::string text;
    for (int i = 0; i < 1000; ++i)
      text += get("/");
    return text;
  }();

  // The server stops reading; the socket buffers fill; the client's send gets stuck.
  int sent = 0;
  while (sent < 10'000 && client.send(requests))
    ++sent;

  EXPECT_LT(sent, 10'000);
  EXPECT_EQ(server->statistics().requests, 1u);
}

TEST(Abuse, MoreClientsThanAllowedWaitTheirTurn) {
  ServerOptions options;
  options.threads = 1;
  options.limits.max_connections = 2;
  auto server = start(ok, options);
  RawClient first(server->port());
  auto second = std::make_unique<RawClient>(server->port());
  ASSERT_EQ(first.exchange(get("/"))->status, 200);
  ASSERT_EQ(second->exchange(get("/"))->status, 200);

  RawClient third(server->port());
  ASSERT_TRUE(third.send(get("/")));
  ASSERT_EQ(first.exchange(get("/"))->status, 200);
  EXPECT_EQ(server->statistics().connections_open, 2u);
  second.reset();

  EXPECT_EQ(third.receive()->status, 200);
}

// Takes all descriptors but those closed again, for its life.
class NoDescriptorsLeft {
public:
  NoDescriptorsLeft() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit few = before_;
    few.rlim_cur = 256;
    ::setrlimit(RLIMIT_NOFILE, &few);
    for (int fd = 0; (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;)
      taken_.push_back(fd);
  }
  ~NoDescriptorsLeft() {
    release(taken_.size());
    ::setrlimit(RLIMIT_NOFILE, &before_);
  }
  void release(std::size_t count) {
    for (; count > 0 && !taken_.empty(); --count, taken_.pop_back())
      ::close(taken_.back());
  }

private:
  rlimit before_{};
  std::vector<int> taken_;
};

TEST(Abuse, WithoutDescriptorsTheServerWaitsAndServesWhomItHas) {
  ServerOptions options;
  options.threads = 1;
  auto server = start(ok, options);
  RawClient old(server->port());
  ASSERT_EQ(old.exchange(get("/"))->status, 200);
  NoDescriptorsLeft exhaustion;

  exhaustion.release(1); // for the client's end
  RawClient late(server->port());
  ASSERT_TRUE(late.send(get("/")));
  while (server->statistics().accept_pauses == 0)
    ASSERT_EQ(old.exchange(get("/"))->status, 200);
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(old.exchange(get("/"))->status, 200);
  // It would be thousands if the failing accept were repeated as long as it fails.
  EXPECT_LT(server->statistics().accept_pauses, 50u);
  exhaustion.release(10);

  EXPECT_EQ(late.receive()->status, 200);
}

} // namespace
} // namespace oq::http::testing
