// AdmissionQueue: how many calculations may be here at once, and whose turn it is to run.
#pragma once

#include "store/calculation_store.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <optional>
#include <set>

namespace oq::actors {

class AdmissionQueue {
public:
  AdmissionQueue(std::size_t most_running, std::size_t most_waiting)
    : most_running_(most_running), most_waiting_(most_waiting) {}

  // Takes a place for a submission that has no id yet. False: the queue is full.
  bool reserve() {
    if (reserved_ + waiting_.size() >= most_waiting_)
      return false;
    ++reserved_;
    return true;
  }
  void release() { --reserved_; }

  // First come, first served. A calculation found at a restart comes without a reservation.
  void enqueue(store::CalculationId id) { waiting_.push_back(id); }
  // The next that may run now; it counts as running until left.
  std::optional<store::CalculationId> next() {
    if (waiting_.empty() || running_.size() >= most_running_)
      return std::nullopt;
    const auto id = waiting_.front();
    waiting_.pop_front();
    running_.insert(id);
    return id;
  }
  // It ended, in the queue or running.
  void leave(store::CalculationId id) {
    running_.erase(id);
    std::erase(waiting_, id);
  }
  std::size_t waiting() const { return waiting_.size(); }
  std::size_t running() const { return running_.size(); }

private:
  std::size_t most_running_, most_waiting_;
  std::size_t reserved_ = 0;
  std::deque<store::CalculationId> waiting_;
  std::set<store::CalculationId> running_;
};

} // namespace oq::actors
