// TerminationSignals: SIGINT and SIGTERM as something to wait for.
#pragma once

#include <chrono>
#include <csignal>
#include <optional>

namespace oq::app {

// Blocks the signals in this thread and in those it starts later; made before the first of them.
class TerminationSignals {
public:
  TerminationSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }

  int wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal;
  }
  // Nothing when none came in time.
  std::optional<int> wait_for(std::chrono::milliseconds time) const {
    const timespec limit{time.count() / 1000, time.count() % 1000 * 1'000'000};
    const int signal = sigtimedwait(&set_, nullptr, &limit);
    return signal > 0 ? std::optional<int>(signal) : std::nullopt;
  }

private:
  sigset_t set_{};
};

} // namespace oq::app
