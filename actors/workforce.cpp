// Assignments out, outcomes back; the TaskBoard decides, this file speaks.
#include "actors/workforce.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"

#include <algorithm>

namespace oq::actors {

namespace {

// The first task that would be too far ahead of those reduced.
std::size_t first_held(const WorkOrder& order, std::size_t reduced) {
  constexpr auto kAll = std::numeric_limits<std::size_t>::max();
  const std::size_t ahead = order.plan ? order.plan->tasks_ahead() : kAll;
  return ahead < kAll - reduced ? reduced + ahead : kAll;
}

} // namespace

Instant WorkforceState::now() const {
  return self->clock().now();
}

void WorkforceState::enqueue(const WorkOrder& order) {
  cancel(order.calculation);
  orders_[order.calculation] = order;
  if (order.tasks.empty())
    return;
  board_.add(order.calculation, order.tasks, first_held(order, order.tasks.front()));
  hand_out();
}

void WorkforceState::reduced(CalculationId id, std::size_t count) {
  const auto order = orders_.find(id);
  if (order == orders_.end())
    return;
  board_.release(id, first_held(order->second, count));
  hand_out();
}

void WorkforceState::cancel(CalculationId id) {
  board_.cancel(id);
  for (const auto& [ticket, given] : given_)
    if (given.calculation == id)
      given.stop.request_stop();
  close(id);
}

void WorkforceState::enlist(const Worker& worker, const Capacity& capacity) {
  self->monitor(worker);
  workers_[worker.id()] = {worker, capacity.elsewhere};
  board_.enlist(worker.id(), capacity);
  hand_out();
}

void WorkforceState::resize(WorkerId worker, std::size_t window) {
  board_.resize(worker, window);
  hand_out();
}

void WorkforceState::lose(WorkerId worker, Departure departure) {
  const auto found = workers_.find(worker);
  if (found == workers_.end())
    return;
  const bool elsewhere = found->second.elsewhere;
  workers_.erase(found);
  std::erase_if(given_, [&](const auto& entry) {
    return entry.second.worker == worker;
  });
  for (const auto& given_up : board_.lose(worker, departure))
    tell(given_up, {nullptr, std::make_shared<const Error>(Error{
                               Errc::unavailable, "the workers that ran this task died", {}})});
  if (replace && !elsewhere)
    self->delayed_send(self, kWorkerRespawn, respawn_atom::value);
  hand_out();
}

void WorkforceState::look() {
  looking_ = false;
  hand_out();
}

void WorkforceState::dismiss_all() {
  for (const auto& [ticket, given] : given_)
    given.stop.request_stop();
  for (const auto& [id, member] : workers_)
    self->send_exit(member.handle, caf::exit_reason::user_shutdown);
}

void WorkforceState::hand_out() {
  while (const auto assignment = board_.assign(now()))
    run(*assignment);
  if (!looking_ && board_.may_copy_later()) {
    looking_ = true;
    self->delayed_send(self, kSlowTaskCheck, look_atom::value);
  }
  count();
}

void WorkforceState::run(const Assignment& assignment) {
  const auto& order = orders_.at(assignment.calculation);
  const Given given{assignment.worker, assignment.calculation, StopToken()};
  given_[assignment.ticket] = given;
  self
    ->request(workers_.at(assignment.worker).handle, kUntilDown, run_atom::value,
              TaskOrder{order.plan, assignment.task, given.stop, order.record, assignment.ticket})
    .then(
      [this, ticket = assignment.ticket](const TaskOutcome& outcome) {
        finish(ticket, outcome);
      },
      [this, worker = workers_.at(assignment.worker).handle](const caf::error&) {
        self->send_exit(worker, caf::exit_reason::user_shutdown); // one that hangs gets no more
        lose(worker.id(), Departure::died);
      });
}

void WorkforceState::finish(Ticket ticket, const TaskOutcome& outcome) {
  given_.erase(ticket);
  if (outcome.declined) {
    board_.decline(ticket);
  } else if (const auto done = board_.finish(ticket, now())) {
    for (const auto copy : done->copies)
      withdraw(copy);
    tell(done->assignment, outcome);
    if (gauges)
      gauges->tasks_done.add();
    if (done->was_last)
      close(done->assignment.calculation);
  }
  hand_out();
}

// Another worker was faster.
void WorkforceState::withdraw(Ticket ticket) {
  const auto& given = given_.at(ticket);
  given.stop.request_stop();
  if (const auto& member = workers_.at(given.worker); member.elsewhere)
    self->send(member.handle, drop_atom::value, ticket);
}

void WorkforceState::close(CalculationId id) {
  if (orders_.erase(id) == 0)
    return;
  for (const auto& [worker, member] : workers_)
    if (member.elsewhere)
      self->send(member.handle, cancel_atom::value, id);
}

void WorkforceState::tell(const Assignment& assignment, const TaskOutcome& outcome) {
  const auto order = orders_.find(assignment.calculation);
  if (order != orders_.end())
    self->send(order->second.sink, result_atom::value, assignment.task, outcome);
}

void WorkforceState::count() {
  if (!gauges)
    return;
  const auto elsewhere = std::ranges::count_if(workers_, [](const auto& entry) {
    return entry.second.elsewhere;
  });
  gauges->workers.set(static_cast<std::int64_t>(workers_.size()));
  gauges->remote_workers.set(elsewhere);
  gauges->tasks_running.set(static_cast<std::int64_t>(board_.busy()));
  gauges->tasks_waiting.set(static_cast<std::int64_t>(board_.waiting()));
}

Workforce::behavior_type workforce(Workforce::stateful_pointer<WorkforceState> self,
                                   WorkerFactory replace, GaugesPtr gauges) {
  auto& state = self->state;
  state.replace = std::move(replace);
  state.gauges = std::move(gauges);
  self->set_down_handler([&state](const caf::down_msg& down) {
    state.lose(down.source.id(), Departure::died);
  });
  self->set_exit_handler([self, &state](const caf::exit_msg& message) {
    state.dismiss_all();
    self->quit(message.reason);
  });
  return {
    [&state](enqueue_atom, const WorkOrder& order) {
      state.enqueue(order);
    },
    [&state](reduce_atom, CalculationId id, std::size_t count) {
      state.reduced(id, count);
    },
    [&state](cancel_atom, CalculationId id) {
      state.cancel(id);
    },
    [&state](enlist_atom, const Worker& worker) {
      state.enlist(worker, Capacity{});
    },
    [&state](enlist_atom, const Worker& worker, const Capacity& capacity) {
      state.enlist(worker, capacity);
    },
    [&state](resize_atom, WorkerId worker, std::size_t window) {
      state.resize(worker, window);
    },
    [&state](leave_atom, WorkerId worker) {
      state.lose(worker, Departure::left);
    },
    [self, &state](respawn_atom) {
      state.enlist(state.replace(self->system()), Capacity{});
    },
    [&state](look_atom) {
      state.look();
    },
  };
}

} // namespace oq::actors
