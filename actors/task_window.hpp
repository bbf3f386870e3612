// TaskWindow: how many tasks a worker on another machine needs at hand so that it never waits for
// the way to it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>

namespace oq::actors {

class TaskWindow {
public:
  static constexpr std::size_t kMostPerSlot = 4;

  explicit TaskWindow(std::size_t slots) : slots_(slots) {}

  void add_round_trip(std::chrono::nanoseconds time) { follow(round_trip_, time); }
  void add_task(std::chrono::nanoseconds time) { follow(task_, time); }

  // While one round trip goes by, each slot finishes round_trip / task tasks. A hundredth of a slot
  // may stand idle: a task that waits there is one that nobody else runs.
  std::size_t size() const {
    if (task_ <= 0)
      return slots_ + 1;
    const double most = static_cast<double>(slots_ * (kMostPerSlot - 1));
    const double away = static_cast<double>(slots_) * (round_trip_ / task_ - kIdle);
    return slots_ + static_cast<std::size_t>(std::ceil(std::clamp(away, 0.0, most)));
  }

private:
  static constexpr double kIdle = 0.01;

  // A running mean over the last ten or so; the first counts whole.
  static void follow(double& mean, std::chrono::nanoseconds time) {
    const double seconds = std::max(1e-9, static_cast<double>(time.count()) * 1e-9);
    mean += (mean > 0 ? 0.1 : 1.0) * (seconds - mean);
  }

  std::size_t slots_;
  double round_trip_ = 0, task_ = 0; // seconds
};

} // namespace oq::actors
