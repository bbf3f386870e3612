// Blocks depend on the number of units only, so that every node plans the same tasks.
#include "engine/risk/unit_calculator.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kMostTasks = 256;

} // namespace

std::size_t UnitCalculator::block() const {
  return std::max<std::size_t>(1, (unit_count() + kMostTasks - 1) / kMostTasks);
}

std::size_t UnitCalculator::first(std::size_t task) const {
  return std::min(task * block(), unit_count());
}

std::size_t UnitCalculator::task_count() const {
  return (unit_count() + block() - 1) / block();
}

double UnitCalculator::task_weight(std::size_t task) const {
  double sum = 0;
  for (std::size_t unit = first(task); unit < first(task + 1); ++unit)
    sum += weight(unit);
  return std::max(sum, 1e-6);
}

Result<TaskResult> UnitCalculator::run_task(std::size_t task, const StopToken& stop) const {
  TaskResult result;
  for (std::size_t unit = first(task); unit < first(task + 1); ++unit) {
    if (stop.stop_requested())
      return Error{Errc::aborted, "stopped on request", ""};
    OQ_CHECK(compute(unit, result.values));
  }
  return result;
}

Result<void> UnitCalculator::reduce(std::size_t task, TaskResult result) {
  results_.resize(unit_count());
  std::size_t start = 0;
  for (std::size_t unit = first(task); unit < first(task + 1); ++unit) {
    const auto count = value_count(unit);
    if (start + count > result.values.size())
      return Error{Errc::internal, "a task returned too few values",
                   "task " + std::to_string(task)};
    const auto from = result.values.begin() + static_cast<std::ptrdiff_t>(start);
    results_[unit].assign(from, from + static_cast<std::ptrdiff_t>(count));
    start += count;
  }
  return {};
}

Result<void> UnitCalculator::finish(Datastore& datastore) {
  results_.resize(unit_count());
  return write(results_, datastore);
}

} // namespace oq::engine
