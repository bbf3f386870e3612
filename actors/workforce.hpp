// The workforce: hands the tasks of running calculations to workers, in turn, and replaces the
// dead.
#pragma once

#include "actors/gauges.hpp"
#include "actors/messages.hpp"
#include "actors/task_board.hpp"
#include "actors/worker.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <functional>

namespace oq::actors {

// Who wants the outcomes of a plan's tasks. Each task's outcome comes once, Errc::unavailable for a
// task that used up its attempts (see TaskBoard).
using OutcomeSink = caf::typed_actor<caf::reacts_to<result_atom, std::size_t, TaskOutcome>>;

struct WorkOrder {
  CalculationId calculation = 0;
  PlanPtr plan;
  std::vector<std::size_t> tasks; // of the plan, those that are to be done
  OutcomeSink sink;
  RecordPtr record; // where the inputs are, for workers elsewhere
};

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::WorkOrder)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Capacity)

namespace oq::actors {

using Workforce = caf::typed_actor<
  // Hands out the tasks, each once into the result.
  caf::reacts_to<enqueue_atom, WorkOrder>,
  // So many of its tasks were reduced: as many further ones as its plan has room for may be handed
  // out.
  caf::reacts_to<reduce_atom, CalculationId, std::size_t>,
  // No more tasks of this calculation; those that run are stopped, outcomes on their way dropped.
  caf::reacts_to<cancel_atom, CalculationId>,
  // One more worker of this node. It is monitored: when it dies it is replaced and its task handed
  // out again.
  caf::reacts_to<enlist_atom, Worker>,
  // One that speaks for another machine: monitored too, but nobody takes its place.
  caf::reacts_to<enlist_atom, Worker, Capacity>,
  // How many tasks that worker may have at hand from now on.
  caf::reacts_to<resize_atom, WorkerId, std::size_t>,
  // That worker goes; its tasks are handed out again.
  caf::reacts_to<leave_atom, WorkerId>,
  // To itself: replace a worker that died; look for slow tasks.
  caf::reacts_to<respawn_atom>, caf::reacts_to<look_atom>>;

using WorkerFactory = std::function<Worker(caf::actor_system&)>;

struct WorkforceState {
  static constexpr const char* name = "workforce";
  explicit WorkforceState(Workforce::stateful_pointer<WorkforceState> owner) : self(owner) {}

  void enqueue(const WorkOrder& order);
  void reduced(CalculationId id, std::size_t count);
  void cancel(CalculationId id);
  void enlist(const Worker& worker, const Capacity& capacity);
  void resize(WorkerId worker, std::size_t window);
  void lose(WorkerId worker, Departure departure);
  void look();
  void dismiss_all();

  Workforce::stateful_pointer<WorkforceState> self;
  WorkerFactory replace; // empty: the dead are not replaced
  GaugesPtr gauges;

private:
  struct Member {
    Worker handle;
    bool elsewhere = false;
  };
  // What is in a worker's hands.
  struct Given {
    WorkerId worker = 0;
    CalculationId calculation = 0;
    StopToken stop;
  };

  Instant now() const;
  void hand_out();
  void run(const Assignment& assignment);
  void finish(Ticket ticket, const TaskOutcome& outcome);
  void withdraw(Ticket ticket);
  void close(CalculationId id);
  void tell(const Assignment& assignment, const TaskOutcome& outcome);
  void count();

  TaskBoard board_;
  std::map<WorkerId, Member> workers_;
  std::map<CalculationId, WorkOrder> orders_;
  std::map<Ticket, Given> given_;
  bool looking_ = false;
};

// `gauges` are told how many tasks and workers there are.
Workforce::behavior_type workforce(Workforce::stateful_pointer<WorkforceState> self,
                                   WorkerFactory replace, GaugesPtr gauges);

} // namespace oq::actors
