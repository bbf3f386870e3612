// One calculation through its whole life, and out of it by every door.
#include "actors/calculation.hpp"

#include "actors/defaults.hpp"
#include "support/actor_probes.hpp"
#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"
#include "support/fake_summary_cache.hpp"
#include "support/memory_store.hpp"

namespace oq::actors {
namespace {

class CalculationTest : public oq::testing::DeterministicActors {
protected:
  CalculationPeers peers() {
    CalculationPeers out;
    out.directory = owned(oq::testing::spawn_directory(system(), directory));
    out.catalog = owned(oq::testing::spawn_record_observer(system(), told));
    out.archive = owned(oq::testing::spawn_question_port(system(), passed_on));
    recorder_ =
      owned(system().spawn(recorder, [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
        return std::unique_ptr<store::CalculationStore>(
          std::make_unique<oq::testing::MemoryStore>(store.tables()));
      }));
    out.recorder = recorder_;
    workforce_ = owned(system().spawn(workforce, WorkerFactory{}, GaugesPtr{}));
    out.workforce = workforce_;
    out.cache = owned(system().spawn(cache_link, cache));
    out.spawn_assembler = [this](caf::actor_system& where, engine::LogSink log) {
      assembler_ =
        owned(where.spawn(assembler, oq::testing::fake_engine_room(script), std::move(log)));
      return assembler_;
    };
    return out;
  }
  void add_worker() {
    tell(workforce_, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  }
  // A calculation that waits for its turn.
  void submit(bool resumed = false, std::optional<Error> failure = std::nullopt) {
    store::CalculationRecord record;
    record.calculation_mode = "classical";
    record.description = "test";
    const auto id = *store.create(record);
    calculation_ = owned(system().spawn(
      calculation,
      CalculationStart{std::make_shared<const store::CalculationRecord>(*store.find(id)), 0,
                       resumed, failure},
      peers()));
    run();
  }
  void start() { tell(calculation_, start_atom::value); }
  oq::testing::RecordingSinkPtr abort() {
    const auto sink = new_sink();
    tell(calculation_, command_atom::value, Command::abort, SinkPtr(sink));
    return sink;
  }
  oq::testing::RecordingSinkPtr asked(QuestionKind kind, std::int64_t first = 0,
                                      std::int64_t last = 0) {
    const auto sink = new_sink();
    tell(calculation_, ask_atom::value, Question{kind, 1, base(), first, last}, SinkPtr(sink));
    return sink;
  }
  bool shows(const std::string& status) {
    return asked(QuestionKind::status)->body().find("\"status\": \"" + status + "\"")
           != std::string::npos;
  }
  std::vector<std::string> states_told() const {
    std::vector<std::string> states;
    for (const auto& record : *told)
      if (states.empty() || states.back() != record->status)
        states.push_back(record->status);
    return states;
  }
  const store::CalculationRecord& row() { return store.tables()->calculations.at(0); }
  std::string logged() {
    std::string text;
    for (const auto& line : store.tables()->logs[1])
      text += line.level + " " + line.message + "\n";
    return text;
  }

  oq::testing::MemoryStore store;
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  std::shared_ptr<oq::testing::FakeSummaryCache> cache =
    std::make_shared<oq::testing::FakeSummaryCache>();
  std::shared_ptr<oq::testing::DirectoryNotes> directory =
    std::make_shared<oq::testing::DirectoryNotes>();
  std::shared_ptr<oq::testing::RecordNotes> told = std::make_shared<oq::testing::RecordNotes>();
  std::shared_ptr<oq::testing::QuestionNotes> passed_on =
    std::make_shared<oq::testing::QuestionNotes>();
  Recorder recorder_;
  Workforce workforce_;
  Assembler assembler_;
  Calculation calculation_;
};

using Texts = std::vector<std::string>;

// The way to the end.

TEST_F(CalculationTest, IsSubmittedDurablyBeforeItAsksForItsTurn) {
  submit();
  EXPECT_EQ(row().status, "submitted");
  EXPECT_EQ(directory->ready, std::vector<CalculationId>{1});
  EXPECT_TRUE(shows("submitted"));
}

TEST_F(CalculationTest, RunsToCompletionAndTellsEveryStateInOrder) {
  submit();
  add_worker();

  start();

  EXPECT_EQ(row().status, "complete");
  EXPECT_EQ(row().size_bytes, 1048576);
  EXPECT_EQ(states_told(), (Texts{"created", "submitted", "executing", "complete"}));
  EXPECT_EQ(script->reduced, (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(store.outputs(1)->size(), 1u);
  ASSERT_EQ(directory->ended.size(), 1u);
  EXPECT_EQ(directory->ended[0]->status, "complete");
}

TEST_F(CalculationTest, APlanWithoutTasksStillFinishes) {
  script->tasks = 0;
  submit();
  start();
  EXPECT_EQ(row().status, "complete");
}

TEST_F(CalculationTest, NothingIsToldThatIsNotStored) {
  submit();
  add_worker();
  start();
  for (const auto& record : *told)
    EXPECT_LE(record->revision, row().revision);
  EXPECT_EQ(cache->kept.at(1).revision, row().revision);
}

TEST_F(CalculationTest, LogsProgressAtEveryTenth) {
  script->tasks = 20;
  submit();
  add_worker();
  start();
  EXPECT_NE(logged().find("INFO classical 10% [2 of 20 tasks]"), std::string::npos);
  EXPECT_NE(logged().find("INFO classical 100% [20 of 20 tasks]"), std::string::npos);
  EXPECT_EQ(logged().find("classical 15%"), std::string::npos);
  EXPECT_NE(logged().find("WARNING the fake engine speaks"), std::string::npos);
}

TEST_F(CalculationTest, AResultIsCountedOnce) {
  submit();
  start(); // no worker: the tasks wait
  auto result = std::make_shared<engine::TaskResult>();
  result->values = {0.0};
  for (int again = 0; again < 2; ++again)
    tell(calculation_, result_atom::value, std::size_t{0}, TaskOutcome{result, nullptr});
  EXPECT_EQ(script->reduced, std::vector<std::size_t>{0});
}

TEST_F(CalculationTest, AResumedOneIsSubmittedAgainAndSaysWhy) {
  submit(true);
  EXPECT_EQ(row().status, "submitted");
  EXPECT_NE(logged().find("WARNING The service was restarted"), std::string::npos);
}

// Questions.

TEST_F(CalculationTest, AnswersPollsWithTheSameBytesUntilSomethingChanges) {
  submit();
  const auto first = asked(QuestionKind::status)->answer();
  const auto again = asked(QuestionKind::status)->answer();
  EXPECT_EQ(first.body.get(), again.body.get());
  EXPECT_EQ(first.revision, 2u);
}

TEST_F(CalculationTest, AnswersItsLogFromMemory) {
  submit();
  add_worker();
  start();
  const auto size = std::stoll(asked(QuestionKind::log_size)->body());
  EXPECT_EQ(size, static_cast<long long>(store.tables()->logs[1].size()));
  EXPECT_EQ(asked(QuestionKind::log, size, 0)->body(), "[]");
  EXPECT_NE(asked(QuestionKind::log, 0, 1)->body().find("Running classical"), std::string::npos);
}

TEST_F(CalculationTest, PassesOnWhatItDoesNotOwn) {
  submit();
  for (const auto kind :
       {QuestionKind::results, QuestionKind::seed_hazard_results, QuestionKind::seed_risk_results,
        QuestionKind::datastore, QuestionKind::oqparam})
    EXPECT_FALSE(asked(kind)->answered());
  EXPECT_EQ(passed_on->size(), 5u);
}

TEST_F(CalculationTest, AnswersDetailsTracebackAndProgress) {
  submit();
  EXPECT_EQ(asked(QuestionKind::detail)->code(), Errc::none);
  EXPECT_EQ(asked(QuestionKind::seed_hazard)->code(), Errc::none);
  EXPECT_EQ(asked(QuestionKind::seed_risk)->code(), Errc::not_found);
  EXPECT_EQ(asked(QuestionKind::traceback)->body(), "[]");
  EXPECT_EQ(asked(QuestionKind::progress)->body(),
            R"({"status": "submitted", "phase": "", "progress": 0.0, "seconds_left": null, "error": ""})");
}

// Abort, in every state.

TEST_F(CalculationTest, AbortedInTheQueueItNeverRuns) {
  submit();
  EXPECT_EQ(abort()->body(), R"({"success": "Killing job 1"})");
  EXPECT_EQ(row().status, "aborted");
  start();
  EXPECT_EQ(row().status, "aborted");
  EXPECT_EQ(directory->ended.size(), 1u);
}

TEST_F(CalculationTest, AbortedBeforeItIsSubmittedItNeverRuns) {
  store::CalculationRecord record;
  std::ignore = store.create(record);
  calculation_ = owned(system().spawn(
    calculation,
    CalculationStart{
      std::make_shared<const store::CalculationRecord>(*store.find(1)), 0, false, {}},
    peers()));
  const auto sink = new_sink();
  caf::anon_send(calculation_, command_atom::value, Command::abort, SinkPtr(sink));
  run();
  EXPECT_EQ(sink->body(), R"({"success": "Killing job 1"})");
  EXPECT_EQ(row().status, "aborted");
}

TEST_F(CalculationTest, AbortedWhileExecutingItsResultsAreDropped) {
  submit();
  start();
  ASSERT_EQ(row().status, "executing");
  EXPECT_EQ(abort()->body(), R"({"success": "Killing job 1"})");
  EXPECT_EQ(row().status, "aborted");
  add_worker();
  EXPECT_EQ(script->tasks_run, 0);
  EXPECT_TRUE(shows("aborted"));
}

TEST_F(CalculationTest, AbortAnswersWhenTheAbortIsDurable) {
  submit();
  start();
  store.refuse_writes();
  const auto sink = abort();
  EXPECT_FALSE(sink->answered());
  EXPECT_TRUE(shows("executing"));
  store.refuse_writes(false);
  advance(kFirstStoreRetry);
  EXPECT_EQ(sink->body(), R"({"success": "Killing job 1"})");
}

TEST_F(CalculationTest, ACompleteOneCannotBeAborted) {
  submit();
  add_worker();
  start();
  EXPECT_EQ(abort()->body(), R"({"error": "Job 1 is not running"})");
  EXPECT_EQ(row().status, "complete");
}

TEST_F(CalculationTest, AbortingTwiceAnswersBoth) {
  submit();
  start();
  const auto first = new_sink(), second = new_sink();
  caf::anon_send(calculation_, command_atom::value, Command::abort, SinkPtr(first));
  caf::anon_send(calculation_, command_atom::value, Command::abort, SinkPtr(second));
  run();
  EXPECT_EQ(first->body(), R"({"success": "Killing job 1"})");
  EXPECT_TRUE(second->answered());
}

// Failures.

TEST_F(CalculationTest, BadInputsFailItWithFileAndLine) {
  script->prepare_error = Error{Errc::invalid_input, "unknown element", "model.xml:4"};
  submit();
  start();
  EXPECT_EQ(row().status, "failed");
  EXPECT_EQ(row().error, "model.xml:4: unknown element");
  EXPECT_EQ(asked(QuestionKind::traceback)->body(), R"(["model.xml:4: unknown element"])");
  EXPECT_NE(logged().find("CRITICAL model.xml:4: unknown element"), std::string::npos);
}

TEST_F(CalculationTest, ATaskThatFailsFailsIt) {
  script->task_error = Error{Errc::numeric_failure, "NaN", "source 1"};
  submit();
  add_worker();
  start();
  EXPECT_EQ(row().status, "failed");
  EXPECT_EQ(row().error, "source 1: NaN");
  EXPECT_EQ(directory->ended.size(), 1u);
}

TEST_F(CalculationTest, AReductionThatFailsFailsIt) {
  script->reduce_error = Error{Errc::numeric_failure, "NaN", "site 3"};
  submit();
  add_worker();
  start();
  EXPECT_EQ(row().error, "site 3: NaN");
}

TEST_F(CalculationTest, AFullDiskAtTheEndFailsItAndLeavesNoOutputs) {
  script->commit_error = Error{Errc::unavailable, "No space left on device", {}};
  submit();
  add_worker();
  start();
  EXPECT_EQ(row().status, "failed");
  EXPECT_EQ(row().error, "No space left on device");
  EXPECT_TRUE(store.outputs(1)->empty());
}

TEST_F(CalculationTest, AnAssemblerThatDiesFailsIt) {
  submit();
  start();
  kill(assembler_);
  EXPECT_EQ(row().status, "failed");
  EXPECT_EQ(row().error, "the thread of the calculation stopped");
}

TEST_F(CalculationTest, AStoreThatRefusesFailsItOnceItWorksAgain) {
  submit();
  store.refuse_writes();
  start();
  EXPECT_TRUE(shows("submitted")); // what is durable
  store.refuse_writes(false);
  advance(kFirstStoreRetry);
  EXPECT_EQ(row().status, "failed");
  EXPECT_EQ(row().error, "the store refused a change of state: the store does not answer");
}

TEST_F(CalculationTest, AStoreThatNeverWorksAgainDoesNotHideTheFailure) {
  submit();
  store.refuse_writes();
  start();
  for (int i = 0; i < kRefusalsBeforeTold; ++i)
    advance(kLastStoreRetry);
  EXPECT_TRUE(shows("failed"));
  EXPECT_EQ(row().status, "submitted");
  EXPECT_TRUE(directory->ended.empty());
  store.refuse_writes(false);
  advance(kLastStoreRetry);
  EXPECT_EQ(row().status, "failed");
  EXPECT_EQ(directory->ended.size(), 1u);
}

TEST_F(CalculationTest, ALostAnswerOfTheStoreIsCaughtUpWith) {
  submit();
  store::Transition elsewhere; // as if our own had been committed and its answer lost
  elsewhere.id = 1;
  elsewhere.expected_revision = 2;
  elsewhere.status = "executing";
  elsewhere.phase = "pre_executing";
  ASSERT_TRUE(store.apply({elsewhere}));
  add_worker();
  start();
  EXPECT_EQ(row().status, "complete");
}

TEST_F(CalculationTest, ASilentCacheChangesNothing) {
  cache->silent = true;
  submit();
  add_worker();
  start();
  EXPECT_EQ(row().status, "complete");
}

TEST_F(CalculationTest, OneThatCannotRunIsMarkedFailedAtOnce) {
  submit(false, Error{Errc::invalid_input, "not a zip archive", {}});
  EXPECT_EQ(row().status, "failed");
  EXPECT_EQ(directory->ready, std::vector<CalculationId>{});
  EXPECT_EQ(directory->ended.size(), 1u);
}

// The end of the actor.

TEST_F(CalculationTest, DrainedItStopsAndChangesNothing) {
  submit();
  start();
  EXPECT_TRUE(*ask<bool>(calculation_, drain_atom::value));
  add_worker();
  EXPECT_EQ(row().status, "executing");
  EXPECT_EQ(script->tasks_run, 0);
}

TEST_F(CalculationTest, RetiredItAnswersWhatCameBefore) {
  submit();
  add_worker();
  start();
  const auto sink = new_sink();
  caf::anon_send(calculation_, ask_atom::value, Question{QuestionKind::status, 1, base()},
                 SinkPtr(sink));
  caf::anon_send(calculation_, retire_atom::value);
  run();
  EXPECT_TRUE(sink->answered());
}

// Another owner.

TEST_F(CalculationTest, WritesNothingOverItsSuccessorAndYields) {
  submit();
  store.tables()->calculations[0].epoch = 2; // taken over
  start();
  EXPECT_EQ(row().status, "submitted");
  EXPECT_EQ(directory->yielded, std::vector<CalculationId>{1});
  EXPECT_TRUE(directory->ended.empty());
}

TEST_F(CalculationTest, YieldsWhenItIsTold) {
  submit();
  const auto revision = row().revision;
  tell(calculation_, yield_atom::value);
  start();
  EXPECT_EQ(directory->yielded, std::vector<CalculationId>{1});
  EXPECT_EQ(row().revision, revision);
}

TEST_F(CalculationTest, AnAbortThatCameTooLateIsToldToAskAgain) {
  submit();
  store.tables()->calculations[0].epoch = 2;
  EXPECT_EQ(abort()->code(), Errc::unavailable);
}

TEST_F(CalculationTest, LogRowsOfAPastEpochAreDropped) {
  submit();
  store.tables()->calculations[0].epoch = 2;
  const auto before = logged();
  tell(calculation_, log_atom::value, store::LogRow{0, "INFO", "p", "from the past"});
  EXPECT_EQ(logged(), before);
}

} // namespace
} // namespace oq::actors
