// Lease: until when this node may speak for what it owns. One writer, read on every question.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <memory>

namespace oq::actors {

// The clock goes on while the machine sleeps: a lease must not outlast a suspended night.
struct BootClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<BootClock>;
  static constexpr bool is_steady = true;
  static time_point now() noexcept {
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return time_point(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
  }
};

class Lease {
public:
  using Instant = BootClock::time_point;

  bool holds() const noexcept { return BootClock::now() < load(until_); }
  void extend(Instant until) noexcept { store(until_, until); }
  void end() noexcept { store(until_, Instant{}); }

  // When the judge, the store, last answered this node.
  Instant heard() const noexcept { return load(heard_); }
  void hear(Instant now) noexcept { store(heard_, now); }

private:
  using Count = std::atomic<BootClock::rep>;
  static Instant load(const Count& count) noexcept {
    return Instant(BootClock::duration(count.load(std::memory_order_acquire)));
  }
  static void store(Count& count, Instant value) noexcept {
    count.store(value.time_since_epoch().count(), std::memory_order_release);
  }
  Count until_{0}, heard_{0};
};
using LeasePtr = std::shared_ptr<Lease>;

} // namespace oq::actors
