// The directory with real neighbours: submissions, turns, routing, recovery, and the death of its
// charges.
#include "actors/calculations.hpp"

#include "actors/catalog.hpp"
#include "support/cluster_probes.hpp"
#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"
#include "support/fake_summary_cache.hpp"
#include "support/memory_store.hpp"

namespace oq::actors {
namespace {

class CalculationsTest : public oq::testing::DeterministicActors {
protected:
  StoreFactory opener() {
    return [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
      return std::unique_ptr<store::CalculationStore>(
        std::make_unique<oq::testing::MemoryStore>(store.tables()));
    };
  }
  CalculationPeers calculation_peers() {
    CalculationPeers peers;
    peers.catalog = catalog_;
    peers.links = links;
    peers.archive = archive_;
    peers.recorder = recorder_;
    peers.workforce = workforce_;
    peers.cache = cache_link_;
    peers.spawn_assembler = [this](caf::actor_system& where, engine::LogSink log) {
      return owned(where.spawn(assembler, room, std::move(log)));
    };
    return peers;
  }
  void begin(std::size_t most_running = 1, std::size_t most_waiting = 3,
             std::size_t ended_kept = 8) {
    recorder_ = owned(system().spawn(recorder, opener()));
    cache_link_ = owned(system().spawn(cache_link, cache));
    catalog_ = owned(system().spawn(catalog, Vocabulary::seed, LeasePtr()));
    archive_ = owned(system().spawn(
      archive, ArchivePeers{opener(), room, recorder_, cache_link_, catalog_, links}));
    workforce_ = owned(system().spawn(workforce, WorkerFactory{}, GaugesPtr{}));
    CalculationsPeers peers;
    peers.spawn_calculation = [this](caf::actor_system& where, CalculationObserver directory,
                                     CalculationStart start) {
      auto own = calculation_peers();
      own.directory = directory;
      last_ = owned(where.spawn(calculation, std::move(start), std::move(own)));
      return last_;
    };
    peers.intake = owned(system().spawn(intake, room, recorder_, "node-1"));
    peers.exporter = owned(system().spawn(exporter, opener(), room, ClusterLinksPtr()));
    peers.recorder = recorder_;
    peers.archives = {archive_};
    peers.links = links;
    peers.most_running = most_running;
    peers.most_waiting = most_waiting;
    peers.ended_kept = ended_kept;
    calculations_ = owned(system().spawn(calculations, std::move(peers)));
  }
  void add_worker() {
    tell(workforce_, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  }
  oq::testing::RecordingSinkPtr submit(SubmissionKind kind = SubmissionKind::modern) {
    auto submission = std::make_shared<Submission>();
    submission->kind = kind;
    submission->base = base();
    const auto sink = new_sink();
    tell(calculations_, submit_atom::value, SubmissionPtr(submission), SinkPtr(sink));
    return sink;
  }
  oq::testing::RecordingSinkPtr commanded(CalculationId id, Command command) {
    const auto sink = new_sink();
    tell(calculations_, command_atom::value, id, command, SinkPtr(sink));
    return sink;
  }
  oq::testing::RecordingSinkPtr asked(CalculationId id, QuestionKind kind = QuestionKind::status) {
    const auto sink = new_sink();
    tell(calculations_, ask_atom::value, Question{kind, id, base()}, SinkPtr(sink));
    return sink;
  }
  std::string status(CalculationId id) {
    return store.tables()->calculations.at(static_cast<std::size_t>(id - 1)).status;
  }
  std::string listed() {
    const auto sink = new_sink();
    ListQuestion question;
    question.base = base();
    tell(catalog_, list_atom::value, question, SinkPtr(sink));
    return sink->body();
  }

  oq::testing::MemoryStore store;
  std::shared_ptr<oq::testing::FakeSummaryCache> cache =
    std::make_shared<oq::testing::FakeSummaryCache>();
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  EngineRoomPtr room = oq::testing::fake_engine_room(script);
  Recorder recorder_;
  CacheLink cache_link_;
  Catalog catalog_;
  Archive archive_;
  std::shared_ptr<ClusterLinks> links;
  Workforce workforce_;
  Calculation last_; // spawned
  Calculations calculations_;
};

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

TEST_F(CalculationsTest, DownloadsGoToTheExporter) {
  begin();
  add_worker();
  submit();
  const auto sink = new_sink();
  tell(calculations_, download_atom::value, Download{1, "csv", OutputView::modern}, SinkPtr(sink));
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

// With other nodes.

class DirectoryOfANodeTest : public CalculationsTest {
protected:
  void SetUp() override {
    neighbours_ = owned(oq::testing::spawn_neighbours(system(), notes));
    links = oq::testing::make_links(system(), neighbours_);
    begin();
  }
  void TearDown() override {
    links.reset();
    neighbours_ = nullptr;
    CalculationsTest::TearDown();
  }
  RecordPtr stored(const char* status, std::int64_t epoch) {
    store::CalculationRecord record;
    record.node = "here";
    record.calculation_mode = "classical";
    const auto id = *store.create(record);
    auto& row = store.tables()->calculations.back();
    row.status = status;
    row.epoch = epoch;
    return std::make_shared<const store::CalculationRecord>(*store.find(id));
  }
  Result<bool> knows(const store::CalculationRecord& record) {
    const auto records =
      RecordsPtr(std::make_shared<const std::vector<store::CalculationRecord>>(1, record));
    tell(archive_, known_atom::value, records);
    return ask<bool>(calculations_, known_atom::value, records);
  }
  std::string status_of(CalculationId id) {
    const auto sink = new_sink();
    tell(calculations_, ask_atom::value, Question{QuestionKind::status, id, base(), 0, 0, false},
         SinkPtr(sink));
    return sink->body();
  }
  const store::CalculationRecord& row() { return store.tables()->calculations.back(); }

  oq::testing::NeighbourNotesPtr notes = std::make_shared<oq::testing::NeighbourNotes>();
  Neighbours neighbours_;
};

TEST_F(DirectoryOfANodeTest, TakesOverWithoutTellingAnEarlierState) {
  const auto record = stored("executing", 2);
  tell(calculations_, takeover_atom::value, record, std::int64_t{0});
  add_worker();
  run();
  EXPECT_EQ(row().status, "complete");
  for (const auto& line : store.tables()->logs[record->id])
    EXPECT_EQ(line.message.find("submitted"), std::string::npos);
}

TEST_F(DirectoryOfANodeTest, ForgetsWhatAnotherNodeHasNow) {
  const auto record = stored("executing", 2);
  tell(calculations_, takeover_atom::value, record, std::int64_t{0});
  auto theirs = row();
  theirs.epoch = 3;
  theirs.node = "there";
  store.tables()->calculations.back() = theirs;

  ASSERT_TRUE(*knows(theirs));
  add_worker();
  run();

  EXPECT_EQ(row().status, "executing"); // nothing of ours was written
  EXPECT_EQ(row().node, "there");
}

TEST_F(DirectoryOfANodeTest, DoesNotSpeakForWhatItRunsWithoutALease) {
  const auto record = stored("executing", 2);
  tell(calculations_, takeover_atom::value, record, std::int64_t{0});
  store.tables()->calculations.back().status = "complete"; // a successor's
  links->lease->end();
  EXPECT_NE(status_of(record->id).find("complete"), std::string::npos);
}

TEST_F(DirectoryOfANodeTest, TakesNoSubmissionWithoutALease) {
  links->lease->end();
  const auto sink = new_sink();
  tell(calculations_, submit_atom::value, SubmissionPtr(std::make_shared<const Submission>()),
       SinkPtr(sink));
  EXPECT_EQ(sink->code(), Errc::unavailable);
  EXPECT_TRUE(store.tables()->calculations.empty());
}

TEST_F(DirectoryOfANodeTest, TellsOtherNodesOfEveryChange) {
  tell(calculations_, takeover_atom::value, stored("executing", 2), std::int64_t{0});
  add_worker();
  run();
  EXPECT_GE(notes->notices.size(), 3u);
}

TEST_F(DirectoryOfANodeTest, ForgetsOneThatEndedHereWhenAnotherNodeChangedIt) {
  const auto record = stored("executing", 2);
  tell(calculations_, takeover_atom::value, record, std::int64_t{0});
  add_worker();
  run();
  auto& changed = store.tables()->calculations.back();
  changed.status = "shared";
  ++changed.revision;

  ASSERT_TRUE(*knows(changed));

  EXPECT_NE(status_of(record->id).find("shared"), std::string::npos);
}

} // namespace
} // namespace oq::actors
