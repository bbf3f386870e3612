// The workforce: hands the tasks of running calculations to workers, in turn, and replaces the
// dead.
#pragma once

#include "actors/messages.hpp"
#include "actors/task_board.hpp"
#include "actors/worker.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <functional>

namespace oq::actors {

// Who wants the outcomes of a plan's tasks. Each task's outcome comes once, Errc::unavailable for a
// task that outlived TaskBoard::kMostAttempts workers.
using OutcomeSink = caf::typed_actor<caf::reacts_to<result_atom, std::size_t, TaskOutcome>>;

struct WorkOrder {
  CalculationId calculation = 0;
  PlanPtr plan;
  StopToken stop;
  OutcomeSink sink;
};

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::WorkOrder)

namespace oq::actors {

using Workforce = caf::typed_actor<
  // Hands out every task of the plan, once into the result.
  caf::reacts_to<enqueue_atom, WorkOrder>,
  // No more tasks of this calculation; outcomes on their way are dropped.
  caf::reacts_to<cancel_atom, CalculationId>,
  // One more worker. It is monitored: when it dies its task is handed out again.
  caf::reacts_to<enlist_atom, Worker>,
  // To itself: replace a worker that died.
  caf::reacts_to<respawn_atom>>;

using WorkerFactory = std::function<Worker(caf::actor_system&)>;

struct WorkforceState {
  static constexpr const char* name = "workforce";
  explicit WorkforceState(Workforce::stateful_pointer<WorkforceState> owner) : self(owner) {}

  void enqueue(const WorkOrder& order);
  void cancel(CalculationId id);
  void enlist(const Worker& worker);
  void lose(WorkerId worker);
  void hand_out();
  void dismiss_all();

  Workforce::stateful_pointer<WorkforceState> self;
  WorkerFactory replace; // empty: the dead are not replaced

private:
  void run(const Assignment& assignment);
  void finish(Ticket ticket, const TaskOutcome& outcome);
  void tell(const Assignment& assignment, const TaskOutcome& outcome);

  TaskBoard board_;
  std::map<WorkerId, Worker> workers_;
  std::map<CalculationId, WorkOrder> orders_;
};

Workforce::behavior_type workforce(Workforce::stateful_pointer<WorkforceState> self,
                                   WorkerFactory replace);

} // namespace oq::actors
