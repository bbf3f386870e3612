// ConnectionWatch: cuts a connection whose server does not answer in time; a frozen one never
// would.
#pragma once

#include <atomic>
#include <chrono>

namespace oq::store {

// libpq waits for an answer without end as long as the other machine's kernel is alive. One thread
// of the process looks at all watches, a few times a second.
class ConnectionWatch {
public:
  using Clock = std::chrono::steady_clock;

  ConnectionWatch();
  ~ConnectionWatch();
  ConnectionWatch(const ConnectionWatch&) = delete;
  ConnectionWatch& operator=(const ConnectionWatch&) = delete;

  // To be called before the socket is closed (with -1) and after another one was opened.
  void set_socket(int socket);

  // From begin() to end() the server may take that long; then the socket is shut down, and whoever
  // waits on it hears that the connection is lost.
  void begin(std::chrono::milliseconds limit) noexcept { deadline_ = Clock::now() + limit; }
  void end() noexcept { deadline_ = kNever; }

  // By the watching thread.
  void look(Clock::time_point now) noexcept;

private:
  static constexpr Clock::time_point kNever = Clock::time_point::max();
  std::atomic<Clock::time_point> deadline_ = kNever;
  int socket_ = -1; // guarded by the watching thread's mutex
};

} // namespace oq::store
