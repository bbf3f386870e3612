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
  // Weights of the tasks; one that is not above zero counts as 1.
  explicit ProgressMeter(std::vector<double> weights);

  // Counts a task. False: it was counted before, or there is no such task; its result must not be
  // used.
  bool count(std::size_t task);
  std::size_t counted() const noexcept { return counted_; }
  std::size_t total() const noexcept { return weights_.size(); }
  bool complete() const noexcept { return counted_ == weights_.size(); }
  double fraction() const noexcept; // 0..1
  // The next full ten per cent passed since this was last asked: 10, 20, … 100.
  std::optional<int> new_decile();

private:
  std::vector<double> weights_;
  std::vector<bool> done_;
  double total_weight_ = 0, done_weight_ = 0;
  std::size_t counted_ = 0;
  int told_decile_ = 0;
};

} // namespace oq::actors
