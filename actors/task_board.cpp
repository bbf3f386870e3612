// Handing out tasks in turn and taking them back from the dead.
#include "actors/task_board.hpp"

#include <algorithm>
#include <numeric>

namespace oq::actors {

void TaskBoard::enlist(WorkerId worker) {
  if (workers_.try_emplace(worker).second)
    idle_.push_back(worker);
}

void TaskBoard::add(store::CalculationId calculation, std::size_t task_count) {
  if (task_count == 0)
    return;
  auto& work = works_[calculation];
  work.waiting.resize(task_count);
  std::iota(work.waiting.begin(), work.waiting.end(), std::size_t{0});
  turns_.push_back(calculation);
}

void TaskBoard::cancel(store::CalculationId calculation) {
  works_.erase(calculation);
  std::erase(turns_, calculation);
}

std::optional<Assignment> TaskBoard::assign() {
  if (idle_.empty() || turns_.empty())
    return std::nullopt;
  const auto calculation = turns_.front();
  turns_.pop_front();
  auto& waiting = works_[calculation].waiting;
  const Assignment assignment{++last_ticket_, idle_.front(), calculation, waiting.front()};
  waiting.pop_front();
  if (!waiting.empty())
    turns_.push_back(calculation);
  idle_.pop_front();
  workers_[assignment.worker] = assignment.ticket;
  assigned_[assignment.ticket] = assignment;
  return assignment;
}

std::optional<Assignment> TaskBoard::finish(Ticket ticket) {
  const auto found = assigned_.find(ticket);
  if (found == assigned_.end())
    return std::nullopt;
  const Assignment assignment = found->second;
  assigned_.erase(found);
  workers_[assignment.worker].reset();
  idle_.push_back(assignment.worker);
  if (!works_.contains(assignment.calculation))
    return std::nullopt;
  drop_when_empty(assignment.calculation);
  return assignment;
}

std::optional<Assignment> TaskBoard::lose(WorkerId worker) {
  const auto found = workers_.find(worker);
  if (found == workers_.end())
    return std::nullopt;
  const auto ticket = found->second;
  workers_.erase(found);
  std::erase(idle_, worker);
  if (!ticket)
    return std::nullopt;
  const Assignment assignment = assigned_[*ticket];
  assigned_.erase(*ticket);
  const auto work = works_.find(assignment.calculation);
  if (work == works_.end())
    return std::nullopt;
  const int used = ++work->second.attempts[assignment.task];
  if (used >= kMostAttempts)
    return assignment;
  if (work->second.waiting.empty())
    turns_.push_front(assignment.calculation);
  work->second.waiting.push_front(assignment.task);
  return std::nullopt;
}

void TaskBoard::drop_when_empty(store::CalculationId calculation) {
  const bool at_work = std::ranges::any_of(assigned_, [&](const auto& entry) {
    return entry.second.calculation == calculation;
  });
  if (!at_work && works_[calculation].waiting.empty())
    works_.erase(calculation);
}

} // namespace oq::actors
