// Handing out tasks in turn, taking them back from the lost, and copying the slow.
#include "actors/task_board.hpp"

#include <algorithm>

namespace oq::actors {

void TaskBoard::enlist(WorkerId worker, Capacity capacity) {
  capacity.slots = std::max<std::size_t>(capacity.slots, 1);
  capacity.window = std::max(capacity.window, capacity.slots);
  workers_.try_emplace(worker, Staff{capacity, {}});
}

void TaskBoard::resize(WorkerId worker, std::size_t window) {
  if (const auto found = workers_.find(worker); found != workers_.end())
    found->second.capacity.window = std::max(window, found->second.capacity.slots);
}

void TaskBoard::add(store::CalculationId calculation, const std::vector<std::size_t>& tasks,
                    std::size_t first_held) {
  cancel(calculation);
  if (tasks.empty())
    return;
  works_[calculation].waiting.assign(tasks.begin(), tasks.end());
  works_[calculation].first_held = first_held;
  turns_.push_back(calculation);
}

void TaskBoard::release(store::CalculationId calculation, std::size_t first_held) {
  if (const auto work = works_.find(calculation); work != works_.end())
    work->second.first_held = std::max(work->second.first_held, first_held);
}

void TaskBoard::cancel(store::CalculationId calculation) {
  works_.erase(calculation);
  std::erase(turns_, calculation);
  for (auto& [ticket, handed] : handed_)
    if (handed.assignment.calculation == calculation)
      handed.stale = true;
}

std::optional<WorkerId> TaskBoard::least_loaded(const Work& work,
                                                std::size_t Capacity::*limit) const {
  const Staff* best = nullptr;
  WorkerId chosen = 0;
  for (const auto& [id, staff] : workers_) {
    if (staff.at_hand.size() >= staff.capacity.*limit || work.declined.contains(id))
      continue;
    // a/b < c/d without dividing
    if (!best
        || staff.at_hand.size() * best->capacity.slots
             < best->at_hand.size() * staff.capacity.slots) {
      best = &staff;
      chosen = id;
    }
  }
  return best ? std::optional(chosen) : std::nullopt;
}

Assignment TaskBoard::hand(store::CalculationId calculation, std::size_t task, WorkerId worker,
                           Instant now) {
  const Assignment assignment{++last_ticket_, worker, calculation, task};
  workers_[worker].at_hand.insert(assignment.ticket);
  works_[calculation].running[task].push_back(assignment.ticket);
  handed_[assignment.ticket] = {assignment, now, false};
  return assignment;
}

std::optional<Assignment> TaskBoard::assign(Instant now) {
  for (auto turn = turns_.begin(); turn != turns_.end(); ++turn) {
    const auto calculation = *turn;
    auto& work = works_[calculation];
    if (work.waiting.front() >= work.first_held)
      continue;
    const auto worker = least_loaded(work, &Capacity::window);
    if (!worker)
      continue;
    const auto task = work.waiting.front();
    work.waiting.pop_front();
    turns_.erase(turn);
    if (!work.waiting.empty())
      turns_.push_back(calculation);
    return hand(calculation, task, *worker, now);
  }
  return assign_copy(now);
}

std::optional<Assignment> TaskBoard::assign_copy(Instant now) {
  std::optional<WorkerId> chosen;
  const Handed* slowest = nullptr;
  for (const auto& [ticket, handed] : handed_) {
    if (handed.stale || (slowest && handed.since >= slowest->since))
      continue;
    const auto& work = works_.at(handed.assignment.calculation);
    if (work.finished == 0 || work.running.at(handed.assignment.task).size() > 1)
      continue;
    const auto slow =
      std::max<std::chrono::nanoseconds>(kSlowest, work.spent / work.finished * kSlowFactor);
    if (now - handed.since <= slow)
      continue;
    // Only in a free slot: one that waits there would be no faster.
    const auto worker = least_loaded(work, &Capacity::slots);
    if (!worker || *worker == handed.assignment.worker)
      continue;
    slowest = &handed;
    chosen = worker;
  }
  if (!slowest)
    return std::nullopt;
  return hand(slowest->assignment.calculation, slowest->assignment.task, *chosen, now);
}

// Frees the worker; nullopt for a stale ticket.
std::optional<TaskBoard::Handed> TaskBoard::take_back(Ticket ticket) {
  const auto found = handed_.find(ticket);
  if (found == handed_.end())
    return std::nullopt;
  const Handed handed = found->second;
  handed_.erase(found);
  if (const auto staff = workers_.find(handed.assignment.worker); staff != workers_.end())
    staff->second.at_hand.erase(ticket);
  if (handed.stale)
    return std::nullopt;
  auto& running = works_.at(handed.assignment.calculation).running;
  auto& tickets = running.at(handed.assignment.task);
  std::erase(tickets, ticket);
  if (tickets.empty())
    running.erase(handed.assignment.task);
  return handed;
}

std::optional<FinishedTask> TaskBoard::finish(Ticket ticket, Instant now) {
  const auto handed = take_back(ticket);
  if (!handed)
    return std::nullopt;
  FinishedTask done{handed->assignment, {}, false};
  auto& work = works_.at(done.assignment.calculation);
  work.spent += now - handed->since;
  ++work.finished;
  if (const auto copies = work.running.find(done.assignment.task); copies != work.running.end()) {
    done.copies = copies->second;
    work.running.erase(copies);
  }
  for (const auto copy : done.copies)
    handed_.at(copy).stale = true;
  done.was_last = work.waiting.empty() && work.running.empty();
  if (done.was_last)
    works_.erase(done.assignment.calculation);
  return done;
}

void TaskBoard::wait_in_front(const Assignment& assignment) {
  auto& waiting = works_.at(assignment.calculation).waiting;
  if (waiting.empty())
    turns_.push_front(assignment.calculation);
  waiting.insert(std::ranges::lower_bound(waiting, assignment.task), assignment.task);
}

bool TaskBoard::put_back(const Assignment& assignment, Departure departure, bool elsewhere) {
  auto& work = works_.at(assignment.calculation);
  if (departure == Departure::died) {
    auto& attempts = work.attempts[assignment.task];
    const bool used_up = elsewhere ? ++attempts.died_elsewhere >= kMostLossesElsewhere
                                   : ++attempts.died >= kMostAttempts;
    if (used_up)
      return false;
  }
  wait_in_front(assignment);
  return true;
}

bool TaskBoard::decline(Ticket ticket) {
  const auto handed = take_back(ticket);
  if (!handed)
    return false;
  auto& work = works_.at(handed->assignment.calculation);
  work.declined.insert(handed->assignment.worker);
  if (!work.running.contains(handed->assignment.task))
    wait_in_front(handed->assignment);
  return true;
}

std::vector<Assignment> TaskBoard::lose(WorkerId worker, Departure departure) {
  const auto found = workers_.find(worker);
  if (found == workers_.end())
    return {};
  const Staff staff = found->second;
  workers_.erase(found);
  std::vector<Assignment> tasks;
  for (const auto ticket : staff.at_hand)
    if (const auto handed = take_back(ticket))
      if (!works_.at(handed->assignment.calculation).running.contains(handed->assignment.task))
        tasks.push_back(handed->assignment);
  std::erase_if(tasks, [&](const Assignment& task) {
    return put_back(task, departure, staff.capacity.elsewhere);
  });
  return tasks;
}

bool TaskBoard::may_copy_later() const {
  const bool runs = std::ranges::any_of(handed_, [](const auto& entry) {
    return !entry.second.stale;
  });
  return runs && std::ranges::any_of(workers_, [](const auto& entry) {
           return entry.second.at_hand.size() < entry.second.capacity.slots;
         });
}

std::size_t TaskBoard::waiting() const {
  std::size_t total = 0;
  for (const auto& [id, work] : works_)
    total += work.waiting.size();
  return total;
}

std::size_t TaskBoard::at_hand(WorkerId worker) const {
  const auto found = workers_.find(worker);
  return found == workers_.end() ? 0 : found->second.at_hand.size();
}

} // namespace oq::actors
