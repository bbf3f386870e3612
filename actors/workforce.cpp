// Assignments out, outcomes back; the TaskBoard decides, this file speaks.
#include "actors/workforce.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"

namespace oq::actors {

void WorkforceState::enqueue(const WorkOrder& order) {
  orders_[order.calculation] = order;
  board_.add(order.calculation, order.plan->task_count());
  hand_out();
}

void WorkforceState::cancel(CalculationId id) {
  orders_.erase(id);
  board_.cancel(id);
}

void WorkforceState::enlist(const Worker& worker) {
  self->monitor(worker);
  workers_[worker.id()] = worker;
  board_.enlist(worker.id());
  hand_out();
}

void WorkforceState::lose(WorkerId worker) {
  if (workers_.erase(worker) == 0)
    return;
  if (const auto given_up = board_.lose(worker))
    tell(*given_up, {nullptr, std::make_shared<const Error>(Error{
                                Errc::unavailable, "the workers that ran this task died", {}})});
  if (replace)
    self->delayed_send(self, kWorkerRespawn, respawn_atom::value);
  hand_out();
}

void WorkforceState::dismiss_all() {
  for (const auto& [id, worker] : workers_)
    self->send_exit(worker, caf::exit_reason::user_shutdown);
}

void WorkforceState::hand_out() {
  while (const auto assignment = board_.assign())
    run(*assignment);
}

void WorkforceState::run(const Assignment& assignment) {
  const auto& order = orders_.at(assignment.calculation);
  self
    ->request(workers_.at(assignment.worker), kTaskTimeout, run_atom::value,
              TaskOrder{order.plan, assignment.task, order.stop})
    .then(
      [this, ticket = assignment.ticket](const TaskOutcome& outcome) {
        finish(ticket, outcome);
      },
      [this, worker = assignment.worker](const caf::error&) {
        lose(worker);
      });
}

void WorkforceState::finish(Ticket ticket, const TaskOutcome& outcome) {
  if (const auto assignment = board_.finish(ticket))
    tell(*assignment, outcome);
  hand_out();
}

void WorkforceState::tell(const Assignment& assignment, const TaskOutcome& outcome) {
  const auto order = orders_.find(assignment.calculation);
  if (order != orders_.end())
    self->send(order->second.sink, result_atom::value, assignment.task, outcome);
}

Workforce::behavior_type workforce(Workforce::stateful_pointer<WorkforceState> self,
                                   WorkerFactory replace) {
  auto& state = self->state;
  state.replace = std::move(replace);
  self->set_down_handler([&state](const caf::down_msg& down) {
    state.lose(down.source.id());
  });
  self->set_exit_handler([self, &state](const caf::exit_msg& message) {
    state.dismiss_all();
    self->quit(message.reason);
  });
  return {
    [&state](enqueue_atom, const WorkOrder& order) {
      state.enqueue(order);
    },
    [&state](cancel_atom, CalculationId id) {
      state.cancel(id);
    },
    [&state](enlist_atom, const Worker& worker) {
      state.enlist(worker);
    },
    [self, &state](respawn_atom) {
      state.enlist(state.replace(self->system()));
    },
  };
}

} // namespace oq::actors
