// A calculation that is aborted, or fails, in every state.
#include "actors/calculation_fixture.hpp"

namespace oq::actors {
namespace {

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

} // namespace
} // namespace oq::actors
