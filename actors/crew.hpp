// The crew: a worker process's side of the bargain: joins a node, fetches inputs, runs tasks,
// returns results, and joins again when the node is lost.
#pragma once

#include "actors/inputs_fetch.hpp"

#include <caf/stateful_actor.hpp>

#include <deque>
#include <functional>
#include <memory>

namespace oq::actors {

// Finds the actor of a node that takes offers; blocks. Errc::conflict: another version.
using Dialer = caf::typed_actor<caf::replies_to<join_atom>::with<caf::actor>>;
using Dial = std::function<Result<caf::actor>(caf::actor_system&)>;
// Detached in the worker.
Dialer::behavior_type dialer(Dialer::pointer self, Dial dial);

// Where one calculation's inputs lie; the folder goes with the last holder.
struct Workshop {
  EngineRoomPtr room;
  std::shared_ptr<void> folder;
};

struct CrewSetup {
  CrewOffer offer;
  Dialer dialer;
  WorkerFactory new_worker; // one a thread
  std::function<InputsFetch(caf::actor_system&, Foreman, EngineRoomPtr)> new_fetch;
  std::function<Result<Workshop>()> new_workshop;
  engine::LogSink log; // of the worker; may be empty
};

using Crew = CrewPort::extend<
  // To itself: look for the node; see whether it lives.
  caf::reacts_to<join_atom>, caf::reacts_to<look_atom>,
  // The process ends: what it runs is handed back. Answers true when the node knows.
  caf::replies_to<leave_atom>::with<bool>>;

struct CrewState {
  static constexpr const char* name = "crew";
  using Self = Crew::stateful_pointer<CrewState>;
  explicit CrewState(Self owner) : self(owner) {}

  void begin(CrewSetup given);
  void join();
  void order(const TaskCall& call);
  void drop(Ticket ticket);
  void cancel(CalculationId id);
  void answer(std::uint64_t ping);
  void look();
  void lose(const caf::actor_addr& who);
  caf::result<bool> leave();
  void dismiss_all();
  bool is_from_node() const;

  Self self;
  CrewSetup setup;

private:
  // What a calculation needs here.
  struct Kit {
    Workshop workshop;
    InputsFetch fetch; // null once the plan is there
    PlanPtr plan;
    RecordPtr record;
    std::uint64_t fingerprint = 0, generation = 0;
    std::vector<TaskCall> waiting; // for the plan
    Instant used;
  };
  struct Running {
    CalculationId calculation = 0;
    caf::actor_addr worker;
    StopToken stop;
    Instant since;
  };

  void offer(const caf::actor& recruiter);
  void joined(const caf::actor& foreman);
  void later(const Error& why);
  void lose_node();
  void forget(std::map<CalculationId, Kit>::iterator kit);
  bool open_kit(const TaskCall& call); // false: there is no room for it
  void fetched(CalculationId id, std::uint64_t generation, const PlanPtr& plan);
  void not_fetched(CalculationId id, std::uint64_t generation, const Error& error);
  void work();
  void run(const TaskCall& call, const Worker& worker);
  void done(Ticket ticket, const TaskOutcome& outcome);
  void fail(Ticket ticket, const Error& error);
  void decline(Ticket ticket, const Error& error);
  void add_worker();
  void say(engine::LogLevel level, const std::string& message) const;

  Foreman foreman_; // null: not joined
  std::chrono::milliseconds backoff_{0};
  Instant heard_;
  std::map<caf::actor_addr, Worker> workers_;
  std::vector<Worker> free_;
  std::map<CalculationId, Kit> kits_;
  std::deque<TaskCall> ready_;
  std::map<Ticket, Running> running_;
  std::uint64_t generations_ = 0;
  bool leaving_ = false;
};

Crew::behavior_type crew(CrewState::Self self, CrewSetup setup);

} // namespace oq::actors
