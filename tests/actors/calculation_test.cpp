// One calculation through its whole life, to its end or into other hands.
#include "actors/calculation_fixture.hpp"

namespace oq::actors {
namespace {

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

TEST_F(CalculationTest, LogsProgressOfWhatComesAfterTheTasks) {
  script->tasks = 4;
  script->finish_weight = 4;
  script->finish_parts = {0.5, 1.0};
  submit();
  add_worker();
  start();
  EXPECT_NE(logged().find("INFO classical 50% [4 of 4 tasks]"), std::string::npos);
  EXPECT_NE(logged().find("INFO classical 70% [post-processing]"), std::string::npos);
  EXPECT_NE(logged().find("INFO classical 100% [post-processing]"), std::string::npos);
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
  EXPECT_EQ(
    asked(QuestionKind::progress)->body(),
    R"({"status": "submitted", "phase": "", "progress": 0.0, "seconds_left": null, "error": ""})");
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
