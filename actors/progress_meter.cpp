// Counting tasks once and telling every tenth.
#include "actors/progress_meter.hpp"

#include <algorithm>

namespace oq::actors {

namespace {
constexpr double kLeastToTell = 0.005; // of the whole work
} // namespace

std::optional<double> seconds_left(double begun, double now, double elapsed) noexcept {
  if (now - begun < kLeastToTell)
    return std::nullopt;
  return elapsed * (1.0 - now) / (now - begun);
}

ProgressMeter::ProgressMeter(std::vector<double> weights, double finish_weight)
  : weights_(std::move(weights)), done_(weights_.size(), false),
    finish_weight_(finish_weight > 0 ? finish_weight : 0) {
  for (double& weight : weights_) {
    if (!(weight > 0))
      weight = 1;
    total_weight_ += weight;
  }
}

bool ProgressMeter::count(std::size_t task) {
  if (task >= done_.size() || done_[task])
    return false;
  done_[task] = true;
  done_weight_ += weights_[task];
  ++counted_;
  return true;
}

void ProgressMeter::finishing(double part) {
  if (part > finished_)
    finished_ = std::min(part, 1.0);
}

double ProgressMeter::fraction() const noexcept {
  if (complete())
    return 1.0;
  return (done_weight_ + finish_weight_ * finished_) / (total_weight_ + finish_weight_);
}

std::optional<int> ProgressMeter::new_decile() {
  const int decile = complete() ? 10 : static_cast<int>(fraction() * 10.0);
  if (decile <= told_decile_)
    return std::nullopt;
  told_decile_ = decile;
  return decile * 10;
}

} // namespace oq::actors
