// ProgressWindow: tells a slow transfer from a stalled one.
#pragma once

#include <chrono>
#include <cstdint>

namespace oq::http {

// Bytes must move at `rate` or faster, measured over consecutive windows.
class ProgressWindow {
public:
  using TimePoint = std::chrono::steady_clock::time_point;

  void begin(TimePoint now, std::chrono::milliseconds length) {
    end_ = now + length;
    length_ = length;
    bytes = 0;
  }
  // Whether a window has passed with too few bytes; one with enough is followed by the next.
  bool stalled(TimePoint now, std::uint64_t bytes_a_second) {
    if (now < end_)
      return false;
    const double wanted =
      static_cast<double>(bytes_a_second) * std::chrono::duration<double>(length_).count();
    const bool too_few = static_cast<double>(bytes) < wanted;
    begin(now, length_);
    return too_few;
  }

  std::uint64_t bytes = 0; // moved in this window; the user adds to it

private:
  TimePoint end_{};
  std::chrono::milliseconds length_{};
};

} // namespace oq::http
