// ReplyQueue: answers on their way from any thread to the worker that owns their connections.
#pragma once

#include "http/response.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace oq::http {

// Names a request for ever: a descriptor is reused by the next client, a connection number is not.
struct ReplyAddress {
  int fd = -1;
  std::uint64_t connection = 0;
  std::uint64_t request = 0;
};

struct Delivery {
  ReplyAddress to;
  Response response;
  bool continues = false; // no answer: there is more of the stream that was one
};

class ReplyQueue {
public:
  ReplyQueue(); // throws std::system_error when there is no descriptor left
  ~ReplyQueue();
  ReplyQueue(const ReplyQueue&) = delete;
  ReplyQueue& operator=(const ReplyQueue&) = delete;

  // Any thread. Wakes the worker once for all that is posted until it takes them.
  void post(Delivery delivery);
  // Any thread. Wakes the worker without an answer for anybody.
  void wake();

  // Worker only. Swaps what is queued into `deliveries` (given empty).
  void take(std::vector<Delivery>& deliveries);
  // Worker only. Names the calling thread the owner: it takes before it sleeps, so its own posts
  // need no wake-up.
  void own();
  // What is posted from now on is dropped.
  void close();

  int event_fd() const noexcept { return event_fd_; }
  void clear_event();

private:
  int event_fd_ = -1;
  std::atomic<std::thread::id> owner_{};
  std::mutex mutex_;
  std::vector<Delivery> queued_;
  bool closed_ = false;
};

} // namespace oq::http
