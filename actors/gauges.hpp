// Gauges: what the actors of one node know of themselves, as plain numbers that any thread may
// read.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace oq::actors {

// Any thread may write and read. Relaxed: numbers for an operator, no decision hangs on them.
class Gauge {
public:
  Gauge(std::int64_t value = 0) noexcept : value_(value) {} // NOLINT: reads as a number
  void set(std::int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
  void add(std::int64_t n = 1) noexcept { value_.fetch_add(n, std::memory_order_relaxed); }
  std::int64_t get() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
  std::atomic<std::int64_t> value_;
};

// How often something took how long, by upper bound.
class Durations {
public:
  // Seconds; what takes longer than the last is counted beyond it.
  static constexpr std::array<double, 15> kBounds{50e-6,  100e-6, 250e-6, 500e-6, 1e-3,
                                                  2.5e-3, 5e-3,   10e-3,  25e-3,  50e-3,
                                                  100e-3, 250e-3, 1.0,    2.5,    10.0};

  void add(std::chrono::nanoseconds time) noexcept {
    const auto seconds = static_cast<double>(time.count()) * 1e-9;
    std::size_t bucket = 0;
    while (bucket < kBounds.size() && seconds > kBounds[bucket])
      ++bucket;
    counts_[bucket].add();
    nanoseconds_.add(time.count());
  }
  // Of the bucket alone, not of all up to it; the last is what exceeded every bound.
  std::int64_t count(std::size_t bucket) const noexcept { return counts_[bucket].get(); }
  double seconds() const noexcept { return static_cast<double>(nanoseconds_.get()) * 1e-9; }

private:
  std::array<Gauge, kBounds.size() + 1> counts_;
  Gauge nanoseconds_;
};

// A few ids, written whole by one and copied by others. Its lock is for operators' questions, not
// for polls.
class IdList {
public:
  void set(std::vector<std::int64_t> ids) {
    const std::lock_guard lock(mutex_);
    ids_ = std::move(ids);
  }
  std::vector<std::int64_t> get() const {
    const std::lock_guard lock(mutex_);
    return ids_;
  }

private:
  mutable std::mutex mutex_;
  std::vector<std::int64_t> ids_;
};

enum class NodePhase : std::uint8_t { starting, serving, draining };

// Where nothing is said, the value now, on this node. What counts up does so from the start of the
// process. kNone: the node has no such thing, and nothing is exposed.
struct Gauges {
  static constexpr std::int64_t kNone = -1;
  static constexpr std::size_t kMostNamed = 100;

  std::atomic<NodePhase> phase{NodePhase::starting};

  Gauge created, submitted, executing; // calculations that live here
  IdList living;                       // of these, ascending, at most kMostNamed
  Gauge completed, failed, aborted;    // counts up: calculations that ended here
  Gauge queue_waiting, queue_limit;

  Gauge tasks_running, tasks_waiting;
  Gauge tasks_done; // counts up
  Gauge workers;    // local and remote
  Gauge remote_workers;

  Gauge cache_hits, cache_misses, cache_failures; // count up
  Gauge cache_up{kNone};                          // 0 or 1

  Gauge store_up{1}; // 0 or 1
  Durations store_writes;

  Gauge disk_free{kNone}, disk_size{kNone}; // bytes, of the data directory's file system

  Gauge cluster_nodes{1};     // whose lease holds, this one included
  Gauge lease_valid{kNone};   // 0 or 1
  Gauge takeovers;            // counts up: calculations claimed from nodes that were lost
  Gauge change_lag_ms{kNone}; // from a change elsewhere to its knowledge here, the last seen
};
using GaugesPtr = std::shared_ptr<Gauges>;

} // namespace oq::actors
