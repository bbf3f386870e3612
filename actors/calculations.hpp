// The directory of calculations: who answers for which id, who may come in, and whose turn it is to
// run.
#pragma once

#include "actors/admission_queue.hpp"
#include "actors/archive.hpp"
#include "actors/calculation.hpp"
#include "actors/exporter.hpp"
#include "actors/gauges.hpp"
#include "actors/handles.hpp"
#include "actors/intake.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

namespace oq::actors {

// What the edge asks goes to the one who owns the answer; the rest is between the actors.
using Calculations = CalculationsPort::extend<
  // A calculation is submitted, durably: it waits for its turn.
  caf::reacts_to<ready_atom, CalculationId>,
  // A calculation reached its end, durably.
  caf::reacts_to<ended_atom, RecordPtr>,
  // Found unfinished at the start, with so many log rows: runs again from its inputs.
  caf::reacts_to<resume_atom, RecordPtr, std::int64_t>,
  // Found unfinished, with so many log rows, and it cannot run again for this reason: marked
  // failed.
  caf::reacts_to<abandon_atom, RecordPtr, std::int64_t, std::string>,
  // Taken over from a node that was lost, with so many log rows: goes on here.
  caf::reacts_to<takeover_atom, RecordPtr, std::int64_t>,
  // Rows as others may have written them; answers true when nothing older is told here any more.
  caf::replies_to<known_atom, RecordsPtr>::with<bool>,
  // A calculation of this epoch is another node's now: forgotten.
  caf::reacts_to<yield_atom, CalculationId, std::int64_t>,
  // A command that came to another node: not passed on again.
  caf::reacts_to<peer_atom, CalculationId, Command, SinkPtr>,
  // The nodes of the cluster, as the store knows them now.
  caf::reacts_to<nodes_atom, ReportsPtr>,
  // The service stops: nothing new comes in, what runs is stopped where it is. Answers true when
  // all are.
  caf::replies_to<drain_atom>::with<bool>>;

// Spawns a calculation that reports to the directory.
using CalculationFactory =
  std::function<Calculation(caf::actor_system&, CalculationObserver directory, CalculationStart)>;

struct CalculationsPeers {
  CalculationFactory spawn_calculation;
  Intake intake;
  Exporter exporter;
  Recorder recorder;
  std::vector<Archive> archives; // one or more; each answers for its share of the ids
  std::size_t most_running = kMostRunning, most_waiting = kMostWaiting, ended_kept = kEndedKept;
  std::string node; // this node's name
  GaugesPtr gauges = std::make_shared<Gauges>();
  ClusterLinksPtr links = nullptr;
  Vocabulary seed_words = Vocabulary::seed;
  RecordObserver catalog = {}; // null: nobody lists them
};

class CalculationsState {
public:
  static constexpr const char* name = "calculations";
  using Self = Calculations::stateful_pointer<CalculationsState>;
  explicit CalculationsState(Self self) : self_(self) {}

  void begin(CalculationsPeers peers);
  void ask(const Question& question, const SinkPtr& sink);
  void download(const Download& request, const SinkPtr& sink);
  void extract(const Extract& request, const SinkPtr& sink);
  void submit(const SubmissionPtr& submission, const SinkPtr& sink);
  void command(CalculationId id, Command command, const SinkPtr& sink, bool from_peer = false);
  void ready(CalculationId id);
  void ended(const RecordPtr& record);
  void resume(const RecordPtr& record, std::int64_t log_rows);
  void abandon(const RecordPtr& record, std::int64_t log_rows, const std::string& why);
  void take_over(const RecordPtr& record, std::int64_t log_rows);
  void know(const std::vector<store::CalculationRecord>& records);
  void yielded(CalculationId id, std::int64_t epoch);
  void know_nodes(const ReportsPtr& reports) { nodes_ = reports; }
  void drain(caf::typed_response_promise<bool> promise);
  void lose(const caf::down_msg& down);

private:
  struct Failing {
    SinkPtr sink;
    Error error;
  };
  struct Here {
    Calculation handle;
    std::int64_t epoch = 1;
    std::optional<std::int64_t> last_revision = {}; // of one that ended
  };
  const Here* speaker_of(CalculationId id) const;
  void forget(CalculationId id);
  const Archive& archive_of(CalculationId id) const;
  void ask_node(const Question& question, const SinkPtr& sink);
  void ask_ready(const SinkPtr& sink);
  void count();
  void count_end(const store::CalculationRecord& record);
  void spawn(CalculationStart start);
  void admit(const Admitted& admitted, const Submission& submission, const SinkPtr& sink);
  void leave_intake(CalculationId id);
  void command_archive(CalculationId id, Command command, const SinkPtr& sink, bool from_peer);
  void start_next();
  void retire(CalculationId id);

  Self self_;
  CalculationsPeers peers_;
  AdmissionQueue queue_{kMostRunning, kMostWaiting};
  std::unordered_map<CalculationId, Here> here_; // live ones and those that ended lately
  std::deque<CalculationId> ended_;              // of those, the ones that ended; oldest first
  std::set<CalculationId> admitted_;             // hold a reservation until they are ready
  std::map<CalculationId, Failing> failing_;     // answered when their failure is durable
  ReportsPtr nodes_;                             // null: this one alone
  bool draining_ = false;
};

Calculations::behavior_type calculations(Calculations::stateful_pointer<CalculationsState> self,
                                         CalculationsPeers peers);

} // namespace oq::actors
