// A calculation: one actor for each live one; owns its lifecycle, progress, log tail and ready
// answers.
#pragma once

#include "actors/assembler.hpp"
#include "actors/cache_link.hpp"
#include "actors/cluster_links.hpp"
#include "actors/handles.hpp"
#include "actors/history.hpp"
#include "actors/log_tail.hpp"
#include "actors/progress_meter.hpp"
#include "actors/recorder.hpp"
#include "actors/workforce.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <deque>
#include <functional>

namespace oq::actors {

using Calculation = caf::typed_actor<
  // Answers status, detail, seed_hazard, seed_risk, traceback, progress, events, log, log_size and
  // log_events from memory. Log rows that are no longer here, and every other question, go on to
  // the archive.
  caf::reacts_to<ask_atom, Question, SinkPtr>,
  // Command::abort only. Answers when the abort is durable: {"success": …}, or {"error": …} when it
  // had ended.
  caf::reacts_to<command_atom, Command, SinkPtr>,
  // What it tells now; before it tells of an end its observer has heard of it.
  caf::replies_to<find_atom>::with<RecordPtr>,
  // Its turn has come: run.
  caf::reacts_to<start_atom>,
  // A task's outcome. A second one for the same task is dropped.
  caf::reacts_to<result_atom, std::size_t, TaskOutcome>,
  // So much of the work after the tasks is done, 0..1.
  caf::reacts_to<finish_atom, double>,
  // A log row of the engine.
  caf::reacts_to<log_atom, store::LogRow>,
  // It has ended and others answer for it: quit.
  caf::reacts_to<retire_atom>,
  // The service stops: stop computing and change nothing, so that the next start resumes it.
  // Answers true.
  caf::replies_to<drain_atom>::with<bool>,
  // Another node has taken it over: stop, change nothing, tell the directory.
  caf::reacts_to<yield_atom>,
  // To itself: offer a change again that the store refused; put the summary into the cache again.
  caf::reacts_to<retry_atom>, caf::reacts_to<refresh_atom>>;

// Who schedules calculations: hears when one waits for its turn, when one ended, and when another
// node has taken over one of this epoch.
using CalculationObserver =
  caf::typed_actor<caf::reacts_to<ready_atom, CalculationId>, caf::reacts_to<ended_atom, RecordPtr>,
                   caf::reacts_to<yield_atom, CalculationId, std::int64_t>>;
// Who keeps the lists.
using RecordObserver = caf::typed_actor<caf::reacts_to<changed_atom, RecordPtr>>;
// Who answers for what is not live.
using QuestionPort = caf::typed_actor<caf::reacts_to<ask_atom, Question, SinkPtr>>;

using AssemblerFactory = std::function<Assembler(caf::actor_system&, engine::LogSink)>;

// Whom a calculation speaks to.
struct CalculationPeers {
  CalculationObserver directory;
  RecordObserver catalog;
  QuestionPort archive;
  Recorder recorder;
  Workforce workforce;
  CacheLink cache;
  AssemblerFactory spawn_assembler;
  ClusterLinksPtr links = nullptr;
  RecordObserver notifier = {}; // null: nobody is told
  Vocabulary seed_words = Vocabulary::seed;
};

// How it begins. A record that was `created` is submitted; one that was running before a restart,
// or on a node that was lost, waits for its turn again; with `failure` it is marked failed.
struct CalculationStart {
  RecordPtr record;
  std::int64_t log_rows = 0; // in the store already
  bool resumed = false;
  std::optional<Error> failure;
  bool taken_over = false; // from a node that was lost
};

class CalculationState {
public:
  static constexpr const char* name = "calculation";
  using Self = Calculation::stateful_pointer<CalculationState>;
  explicit CalculationState(Self self) : self_(self) {}

  void begin(CalculationStart start, CalculationPeers peers);
  void ask(const Question& question, const SinkPtr& sink);
  void abort(const SinkPtr& sink);
  RecordPtr told() const { return summary_->shared_record(); }
  void start();
  void take(std::size_t task, const TaskOutcome& outcome);
  void finishing(double part);
  void log(const store::LogRow& row);
  void drain();
  void lose_assembler();
  void yield();
  void refresh();
  // Hands the next wanted change to the recorder, when none is on its way.
  void pump();

private:
  struct Change {
    State state;
    Phase phase = Phase::none;
    std::optional<Error> error = {}; // of a failure
    ProductsPtr products = {};       // of a completion
  };
  static bool is_end(const Change& change) { return !is_live(change.state); }
  Summary& told_after(std::int64_t revision);
  Progress progress() const;
  void show_progress();
  void tell_decile(const std::string& of_what);

  // Durable changes: calculation_record.cpp.
  void want(Change change);
  void end_with(Change change);
  TransitionPtr transition_of(store::Transition transition, const Change& change) const;
  void confirmed(const Change& change, const RecordPtr& record);
  void refused(const Change& change, const Error& error);
  bool is_worth_waiting(const Change& change, const Error& error) const;
  void offer_again(const Change& change);
  void catch_up(const Change& change);
  void tell_undurable(const Change& change);
  void publish(const RecordPtr& record);
  void put_into_cache();
  void after(const Change& change);
  void end();
  void answer_aborts(bool aborted);

  // Running: calculation_run.cpp.
  void prepare();
  void hand_out(const Prepared& prepared);
  std::vector<std::size_t> count_done(const std::vector<std::size_t>& done);
  void reduced(std::size_t count);
  void finish();
  void fail(const Error& error);
  void stop_work();
  void drop_results(); // kept for a restart that will not be
  void say(engine::LogLevel level, const std::string& message);

  Self self_;
  CalculationPeers peers_;
  Lifecycle lifecycle_;
  std::optional<Summary> summary_; // what pollers are told; set from begin() on
  History history_;                // what they were told before, in order
  LogTail log_;
  ProgressMeter progress_;
  std::chrono::steady_clock::time_point tasks_begun_{}, progress_shown_{};
  double fraction_begun_ = 0; // done before this run
  std::deque<Change> wanted_; // changes that were not given to the recorder yet, in order
  int refusals_ = 0;          // of the end that comes next, in a row
  std::vector<SinkPtr> abort_waiters_;
  StopToken stop_;
  Assembler assembler_;
  PlanPtr plan_;
  bool draining_ = false;
  bool refreshing_ = false;
};

Calculation::behavior_type calculation(Calculation::stateful_pointer<CalculationState> self,
                                       CalculationStart start, CalculationPeers peers);

} // namespace oq::actors
