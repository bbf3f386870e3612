// The thread that looks, and the list of what it looks at.
#include "store/connection_watch.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace oq::store {
namespace {

constexpr std::chrono::milliseconds kLookEvery{250};

class Watchers {
public:
  static Watchers& all() {
    static Watchers watchers;
    return watchers;
  }
  void add(ConnectionWatch* watch) {
    const std::lock_guard lock(mutex);
    watches_.push_back(watch);
    added_.notify_one();
  }
  void remove(ConnectionWatch* watch) {
    const std::lock_guard lock(mutex);
    std::erase(watches_, watch);
  }

  std::mutex mutex;

private:
  Watchers()
    : thread_([this](const std::stop_token& stop) {
        run(stop);
      }) {}

  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      added_.wait(lock, stop, [this] {
        return !watches_.empty();
      });
      for (auto* watch : watches_)
        watch->look(ConnectionWatch::Clock::now());
      added_.wait_for(lock, stop, kLookEvery, [] {
        return false;
      });
    }
  }

  std::condition_variable_any added_;
  std::vector<ConnectionWatch*> watches_;
  std::jthread thread_; // last: it uses the others
};

} // namespace

ConnectionWatch::ConnectionWatch() {
  Watchers::all().add(this);
}

ConnectionWatch::~ConnectionWatch() {
  Watchers::all().remove(this);
}

void ConnectionWatch::set_socket(int socket) {
  const std::lock_guard lock(Watchers::all().mutex);
  socket_ = socket;
}

void ConnectionWatch::look(Clock::time_point now) noexcept {
  auto deadline = deadline_.load();
  if (deadline > now || socket_ < 0 || !deadline_.compare_exchange_strong(deadline, kNever))
    return;
  ::shutdown(socket_, SHUT_RDWR);
}

} // namespace oq::store
