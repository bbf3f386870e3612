// The directory with real neighbours: submissions, turns, routing, recovery, and the death of its
// charges.
#include "actors/calculations.hpp"

#include "support/directory_fixture.hpp"

namespace oq::actors {
namespace {

using CalculationsTest = DirectoryFixture;

// Submissions.

TEST_F(CalculationsTest, ASubmissionIsAnsweredRunsAndCompletes) {
  begin();
  add_worker();
  const auto sink = submit();
  EXPECT_EQ(sink->body(), R"({"status": "created", "job_id": 1})");
  EXPECT_EQ(sink->answer().calculation_id, 1);
  EXPECT_EQ(status(1), "complete");
  EXPECT_NE(asked(1)->body().find(R"("status": "complete")"), std::string::npos);
  EXPECT_NE(listed().find(R"("status": "complete")"), std::string::npos);
}

TEST_F(CalculationsTest, AFoundingSubmissionIsAnsweredWithItsParameters) {
  begin();
  const auto sink = submit(SubmissionKind::seed_hazard);
  EXPECT_EQ(
    sink->body(),
    R"({"calculation_mode": "classical", "description": "a fake", "id": 1, "status": "pre_executing"})");
  EXPECT_EQ(sink->answer().calculation_id, 1);
}

TEST_F(CalculationsTest, TwoSubmittedAtOnceGetDifferentIds) {
  begin();
  const auto first = new_sink(), second = new_sink();
  const SubmissionPtr submission = std::make_shared<const Submission>();
  caf::anon_send(calculations_, submit_atom::value, submission, SinkPtr(first));
  caf::anon_send(calculations_, submit_atom::value, submission, SinkPtr(second));
  run();
  EXPECT_EQ(first->answer().calculation_id + second->answer().calculation_id, 3);
}

TEST_F(CalculationsTest, AFailedSubmissionIsAnsweredWhenItsFailureIsDurable) {
  begin();
  script->stage_error = Error{Errc::invalid_input, "no such option\nfoo", "job.ini:3"};
  const auto sink = submit();
  EXPECT_EQ(sink->code(), Errc::invalid_input);
  EXPECT_EQ(sink->body(), R"({"traceback": ["job.ini:3: no such option", "foo"], "job_id": 1})");
  EXPECT_EQ(status(1), "failed");
  EXPECT_NE(asked(1)->body().find(R"("status": "failed")"), std::string::npos);
  EXPECT_NE(asked(1, QuestionKind::log)->body().find("CRITICAL"), std::string::npos);
}

TEST_F(CalculationsTest, AFullQueueIsOverloadedAndCreatesNothing) {
  begin(1, 2);
  for (int i = 0; i < 3; ++i) // one runs, for want of a worker for ever; two wait
    EXPECT_EQ(submit()->code(), Errc::none);
  const auto refused = submit();
  EXPECT_EQ(refused->code(), Errc::overloaded);
  EXPECT_EQ(refused->answer().message, "the queue is full: 2 calculations wait");
  EXPECT_EQ(store.tables()->calculations.size(), 3u);
}

TEST_F(CalculationsTest, AFailedSubmissionTakesNoPlaceInTheQueue) {
  begin(1, 1);
  script->stage_error = invalid_input("not a zip archive");
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(submit()->code(), Errc::invalid_input);
}

TEST_F(CalculationsTest, ARefusingStoreIsUnavailableAndFreesThePlace) {
  begin(1, 1);
  store.refuse_writes();
  EXPECT_EQ(submit()->code(), Errc::unavailable);
  store.refuse_writes(false);
  EXPECT_EQ(submit()->code(), Errc::none);
}

// Turns.

TEST_F(CalculationsTest, TheNextOneStartsWhenOneEnds) {
  begin(1);
  submit();
  submit();
  EXPECT_EQ(status(1), "executing");
  EXPECT_EQ(status(2), "submitted");
  commanded(1, Command::abort);
  EXPECT_EQ(status(2), "executing");
}

TEST_F(CalculationsTest, OneAbortedInTheQueueGivesUpItsPlace) {
  begin(1, 1);
  submit();
  submit();
  EXPECT_EQ(submit()->code(), Errc::overloaded);
  EXPECT_EQ(commanded(2, Command::abort)->body(), R"({"success": "Killing job 2"})");
  EXPECT_EQ(submit()->code(), Errc::none);
}

// Routing.

TEST_F(CalculationsTest, UnknownIdsAreTheArchivesAnswer) {
  begin();
  EXPECT_EQ(asked(999999)->code(), Errc::not_found);
  EXPECT_EQ(asked(-1)->code(), Errc::not_found);
  EXPECT_EQ(commanded(999999, Command::abort)->body(), R"({"error": "Unknown job 999999"})");
  EXPECT_EQ(commanded(999999, Command::remove)->code(), Errc::forbidden);
}

TEST_F(CalculationsTest, ARunningOneCannotBeRemoved) {
  begin();
  submit();
  EXPECT_EQ(commanded(1, Command::remove)->code(), Errc::forbidden);
  EXPECT_NE(asked(1)->body().find("executing"), std::string::npos);
}

TEST_F(CalculationsTest, RemovedOrSharedItIsSeenAtOnce) {
  begin();
  add_worker();
  submit();
  EXPECT_EQ(commanded(1, Command::share)->code(), Errc::none);
  EXPECT_NE(asked(1)->body().find(R"("status": "shared")"), std::string::npos);
  EXPECT_EQ(commanded(1, Command::remove)->code(), Errc::none);
  EXPECT_EQ(asked(1)->code(), Errc::not_found);
  EXPECT_EQ(listed(), "[]");
}

// An end is durable a moment before the calculation and the directory hear of it.
TEST_F(CalculationsTest, ARemovalAtAnyMomentIsRefusedOrFinal) {
  begin(1, 3, 100);
  add_worker();
  bool refused = false, worked = false;
  for (CalculationId id = 1; id <= 80; ++id) {
    caf::anon_send(calculations_, submit_atom::value, std::make_shared<const Submission>(),
                   SinkPtr(new_sink()));
    for (CalculationId messages = 0; messages < id && step(); ++messages) {
    }
    const auto removal = commanded(id, Command::remove);
    (removal->code() == Errc::none ? worked : refused) = true;
    EXPECT_EQ(asked(id)->code(), removal->code() == Errc::none ? Errc::not_found : Errc::none)
      << "removed after " << id << " messages: " << removal->body();
    EXPECT_EQ(asked(id, QuestionKind::detail)->code(), Errc::none);
  }
  EXPECT_TRUE(refused && worked);
}

TEST_F(CalculationsTest, AnEndedCalculationLeavesNoTimerThatOutlivesItByMinutes) {
  begin();
  add_worker();
  submit();
  ASSERT_EQ(status(1), "complete");
  EXPECT_FALSE(waits_longer_than(kIntakeTimeout));
}

TEST_F(CalculationsTest, DownloadsGoToTheExporter) {
  begin();
  add_worker();
  submit();
  const auto sink = new_sink();
  tell(calculations_, download_atom::value, Download{.output_id = 1, .type = {}, .format = "csv"},
       SinkPtr(sink));
  EXPECT_EQ(sink->answer().file->download_name, "output-1-hcurves_1.csv");
}

TEST_F(CalculationsTest, OnlyTheLastThatEndedStayWithTheirActor) {
  begin(1, 3, 1);
  add_worker();
  submit();
  submit();
  cache->kept.clear();
  store.refuse_reads();
  EXPECT_EQ(asked(2)->code(), Errc::none);
  EXPECT_EQ(asked(1)->code(), Errc::unavailable); // the archive's now, and it can ask nobody
}

// Recovery and death.

TEST_F(CalculationsTest, WhatWasUnfinishedRunsAgain) {
  store::CalculationRecord record;
  record.calculation_mode = "classical";
  std::ignore = store.create(record);
  store.tables()->calculations[0].status = "executing";
  store.tables()->calculations[0].phase = "post_processing";
  begin();
  add_worker();
  tell(calculations_, resume_atom::value,
       RecordPtr(std::make_shared<const store::CalculationRecord>(*store.find(1))),
       std::int64_t{0});
  EXPECT_EQ(status(1), "complete");
}

TEST_F(CalculationsTest, WhatADeadProcessLeftIsMarkedFailed) {
  std::ignore = store.create({});
  store.tables()->calculations[0].status = "executing";
  begin();
  tell(calculations_, abandon_atom::value,
       RecordPtr(std::make_shared<const store::CalculationRecord>(*store.find(1))), std::int64_t{0},
       std::string("its process is gone"));
  EXPECT_EQ(status(1), "failed");
  EXPECT_EQ(store.tables()->calculations[0].error, "its process is gone");
}

TEST_F(CalculationsTest, AnActorThatDiesLeavesAFailedCalculationNotALostOne) {
  begin();
  submit();
  ASSERT_EQ(status(1), "executing");
  kill(last_);
  EXPECT_EQ(status(1), "failed");
  EXPECT_NE(asked(1)->body().find(R"("status": "failed")"), std::string::npos);
  submit();
  EXPECT_EQ(status(2), "executing"); // and its place is free
}

TEST_F(CalculationsTest, DrainedItRefusesSubmissionsAndLeavesTheRestAsItIs) {
  begin();
  submit();
  EXPECT_TRUE(*ask<bool>(calculations_, drain_atom::value));
  EXPECT_EQ(submit()->code(), Errc::unavailable);
  EXPECT_EQ(status(1), "executing");
}

TEST_F(CalculationsTest, DrainingNothingAnswersAtOnce) {
  begin();
  EXPECT_TRUE(*ask<bool>(calculations_, drain_atom::value));
}

// The node itself.

TEST_F(CalculationsTest, IsReadyWhileTheStoreAnswers) {
  begin();
  EXPECT_EQ(asked(0, QuestionKind::ready)->code(), Errc::none);
}

TEST_F(CalculationsTest, IsNotReadyWhenTheStoreDoesNotAnswerAndSaysSo) {
  begin();
  store.refuse_reads();
  const auto sink = asked(0, QuestionKind::ready);
  EXPECT_EQ(sink->code(), Errc::unavailable);
  EXPECT_EQ(sink->answer().message, "store: the store does not answer");
}

TEST_F(CalculationsTest, ANodeAloneTellsOfItself) {
  begin();
  submit();
  const auto body = asked(0, QuestionKind::cluster)->body();
  EXPECT_NE(body.find(R"("self": true)"), std::string::npos) << body;
  EXPECT_NE(body.find(R"("running": 1)"), std::string::npos) << body;
}

} // namespace
} // namespace oq::actors
