// RedisCache against a server that speaks nonsense: answers of "nothing", no crash, no unbounded
// memory.
#include "cache/cache_calls.hpp"
#include "cache/open_cache.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <map>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace oq::cache {
namespace {

// Greets as Redis does, then answers every request with the same bytes.
class StrangeServer {
public:
  explicit StrangeServer(std::string nonsense) : nonsense_(std::move(nonsense)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket().c_str(), sizeof address.sun_path - 1);
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener_, 100), 0);
    thread_ = std::thread([this] {
      serve();
    });
  }
  ~StrangeServer() {
    stopping_ = true;
    thread_.join();
    for (const auto& [client, greeted] : clients_)
      ::close(client);
    ::close(listener_);
  }
  std::string socket() const { return (folder_ / "s").string(); }
  int nonsense_sent() const { return sent_; }

private:
  void serve() {
    while (!stopping_) {
      std::vector<pollfd> polled{{listener_, POLLIN, 0}};
      for (const auto& [client, greeted] : clients_)
        polled.push_back({client, POLLIN, 0});
      ::poll(polled.data(), polled.size(), 10);
      for (std::size_t i = 1; i < polled.size(); ++i)
        if (polled[i].revents)
          answer(polled[i].fd);
      if (polled[0].revents)
        clients_[::accept(listener_, nullptr, nullptr)] = false;
    }
  }
  void answer(int client) {
    char request[4096];
    const auto size = ::recv(client, request, sizeof request, 0);
    if (size <= 0) {
      clients_.erase(client);
      ::close(client);
      return;
    }
    const bool is_greeting =
      std::string_view(request, static_cast<std::size_t>(size)).starts_with("*1\r\n$4\r\nPING");
    const std::string& reply = is_greeting && !clients_[client] ? kPong : nonsense_;
    clients_[client] = true;
    sent_ += &reply == &nonsense_ ? 1 : 0;
    ::send(client, reply.data(), reply.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  }

  const std::string kPong = "+PONG\r\n";
  oq::testing::TemporaryFolder folder_;
  std::string nonsense_;
  int listener_ = -1;
  std::map<int, bool> clients_; // greeted already?
  std::atomic<bool> stopping_ = false;
  std::atomic<int> sent_ = 0;
  std::thread thread_;
};

class StrangeReplies : public ::testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(
  All, StrangeReplies,
  ::testing::Values("nonsense\r\n", "+OK\r\n", "-ERR no\r\n", ":42\r\n", "$-1\r\n", "$-7\r\n",
                    "*-1\r\n", "*0\r\n", "*2\r\n:1\r\n:2\r\n", "*2\r\n$-1\r\n$-1\r\n",
                    "*2147483647\r\n", "*99999999999999999999\r\n", "$99999999999\r\nabc",
                    "*2\r\n*1\r\n:1\r\n$1\r\nx\r\n",
                    "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
                    "*3\r\n$7\r\nmessage\r\n$1\r\nx\r\n:5\r\n", "+OK\r\n+OK\r\n+OK\r\n", "\r\n\r\n",
                    std::string("\0\0\0\0", 4), "*2\r\n$1\r\n7\r\n$2\r\n"));

TEST_P(StrangeReplies, CountAsNothing) {
  const StrangeServer server(GetParam());
  const auto cache = open_cache("unix://" + server.socket());
  ASSERT_TRUE(cache);

  // Until a question has met the nonsense: the connection may be between two attempts.
  ASSERT_TRUE(eventually([&] {
    EXPECT_FALSE(get(**cache, 42));
    return (*cache)->healthy() || server.nonsense_sent() > 3;
  }));
  EXPECT_FALSE(get(**cache, 42));
  EXPECT_FALSE(put(**cache, {42, 1, "x"}));
}

} // namespace
} // namespace oq::cache
