// ProgressMeter: which tasks of a plan have been counted, and how far that is by weight.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace oq::actors {

// As long as what is left takes as long as what was done: `begun` and `now` are fractions,
// `elapsed` the seconds between them. Nothing while too little was done to tell.
std::optional<double> seconds_left(double begun, double now, double elapsed) noexcept;

class ProgressMeter {
public:
  ProgressMeter() = default;
  // Weights of the tasks, one that is not above zero counts as 1; and of what comes after them.
  explicit ProgressMeter(std::vector<double> weights, double finish_weight = 0);

  // Counts a task. False: it was counted before, or there is no such task; its result must not be
  // used.
  bool count(std::size_t task);
  // So much of what comes after the tasks is done, 0..1; it never becomes less.
  void finishing(double part);
  std::size_t counted() const noexcept { return counted_; }
  std::size_t total() const noexcept { return weights_.size(); }
  // The tasks, and what comes after them.
  bool complete() const noexcept {
    return counted_ == weights_.size() && (finish_weight_ == 0 || finished_ >= 1);
  }
  double fraction() const noexcept; // 0..1
  // The next full ten per cent passed since this was last asked: 10, 20, … 100.
  std::optional<int> new_decile();

private:
  std::vector<double> weights_;
  std::vector<bool> done_;
  double total_weight_ = 0, done_weight_ = 0; // of tasks
  double finish_weight_ = 0, finished_ = 0;   // and the part of it that is done
  std::size_t counted_ = 0;
  int told_decile_ = 0;
};

} // namespace oq::actors
