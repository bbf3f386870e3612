// A remote worker: on the node, the one that speaks for a crew on another machine and believes
// nothing of it unchecked.
#pragma once

#include "actors/input_desk.hpp"
#include "actors/task_window.hpp"
#include "actors/task_wire.hpp"
#include "actors/workforce.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <map>

namespace oq::actors {

// What a node tells a crew.
using CrewPort = caf::typed_actor<
  // Run this task, and answer the foreman with its pieces or its failure.
  caf::reacts_to<order_atom, TaskCall>,
  // That one, or all of that calculation, is not wanted any more.
  caf::reacts_to<drop_atom, std::uint64_t>, caf::reacts_to<cancel_atom, CalculationId>,
  // Answer with the same number.
  caf::reacts_to<ping_atom, std::uint64_t>>;

// What a crew tells the node. A message that cannot be right ends the remote worker.
using Foreman = caf::typed_actor<
  caf::reacts_to<piece_atom, ResultPiece>, caf::reacts_to<failed_atom, TaskFailure>,
  // The number of a ping; 0, once, says that the crew is ready for tasks.
  caf::reacts_to<pong_atom, std::uint64_t>,
  // Inputs of a calculation that this crew has tasks of. Errc::forbidden: of another one.
  caf::replies_to<inputs_atom, CalculationId>::with<InputList>,
  caf::replies_to<fetch_atom, CalculationId, std::string, std::uint64_t>::with<FilePiece>,
  // The crew goes: its tasks are handed out again at once. Answers true.
  caf::replies_to<leave_atom>::with<bool>>;

// Both: to the workforce it is a worker.
using RemoteWorker = Worker::extend_with<Foreman>::extend<caf::reacts_to<look_atom>>;

struct RemoteWorkerSetup {
  CrewPort crew;
  CrewOffer offer; // checked
  Workforce workforce;
  InputDesk desk;
  engine::LogSink log; // of the node; may be empty
};

struct RemoteWorkerState {
  static constexpr const char* name = "remote worker";
  using Self = RemoteWorker::stateful_pointer<RemoteWorkerState>;
  explicit RemoteWorkerState(Self owner) : self(owner) {}

  void begin(RemoteWorkerSetup given);
  caf::result<TaskOutcome> run(const TaskOrder& order);
  void drop(Ticket ticket);
  void cancel(CalculationId id);
  void take(const ResultPiece& piece);
  void fail(const TaskFailure& failure);
  void hear(std::uint64_t number);
  void look();
  void leave();
  // The calculation, when the crew has got a task of it.
  RecordPtr known(CalculationId id) const;
  // Ends the crew's membership; it hears that its foreman is down.
  void dismiss(const std::string& why);

  Self self;
  RemoteWorkerSetup setup;

private:
  struct Job {
    caf::typed_response_promise<TaskOutcome> promise;
    CalculationId calculation = 0;
    ResultCollector pieces;
  };
  struct Known {
    RecordPtr record;
    std::uint64_t tasks = 0, fingerprint = 0;
    bool declined = false; // said in the log
  };

  void enlist();
  const Known& know(const TaskOrder& order);
  void ping();
  void resize();
  void finish(Ticket ticket, TaskOutcome outcome);
  void say(engine::LogLevel level, const std::string& message) const;

  std::map<Ticket, Job> jobs_;
  std::map<CalculationId, Known> known_;
  bool enlisted_ = false;
  Ticket last_ticket_ = 0;
  TaskWindow window_{1};
  std::size_t told_window_ = 0;
  std::uint64_t pings_ = 0, answered_ = 0;
  Instant pinged_, heard_;
};

RemoteWorker::behavior_type remote_worker(RemoteWorkerState::Self self, RemoteWorkerSetup setup);

} // namespace oq::actors
