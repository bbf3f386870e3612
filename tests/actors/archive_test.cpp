// Questions and commands to calculations at rest; cache and store in every mood.
#include "actors/archive.hpp"

#include "actors/record_text.hpp"
#include "support/actor_probes.hpp"
#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"
#include "support/fake_summary_cache.hpp"
#include "support/memory_store.hpp"

namespace oq::actors {
namespace {

class ArchiveTest : public oq::testing::DeterministicActors {
protected:
  void SetUp() override {
    const StoreFactory open = [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
      return std::unique_ptr<store::CalculationStore>(
        std::make_unique<oq::testing::MemoryStore>(store.tables()));
    };
    archive_ = owned(system().spawn(
      archive,
      ArchivePeers{open, oq::testing::fake_engine_room(script),
                   owned(system().spawn(recorder, open)), owned(system().spawn(cache_link, cache)),
                   owned(oq::testing::spawn_record_observer(system(), changes))}));
  }
  // A calculation in the store.
  CalculationId stored(const char* status, std::int64_t revision = 4) {
    store::CalculationRecord record;
    record.calculation_mode = "classical";
    const auto id = *store.create(record);
    store.tables()->calculations.back().status = status;
    store.tables()->calculations.back().revision = revision;
    return id;
  }
  store::CalculationRecord& row(CalculationId id) {
    return store.tables()->calculations.at(static_cast<std::size_t>(id - 1));
  }
  void know(CalculationId id) {
    tell(archive_, known_atom::value,
         RecordsPtr(std::make_shared<const std::vector<store::CalculationRecord>>(1, row(id))));
  }
  oq::testing::RecordingSinkPtr asked(QuestionKind kind, CalculationId id, std::int64_t first = 0,
                                      std::int64_t last = 0) {
    const auto sink = new_sink();
    tell(archive_, ask_atom::value, Question{kind, id, base(), first, last}, SinkPtr(sink));
    return sink;
  }
  oq::testing::RecordingSinkPtr commanded(CalculationId id, Command command) {
    const auto sink = new_sink();
    tell(archive_, command_atom::value, id, command, SinkPtr(sink));
    return sink;
  }
  bool says(const oq::testing::RecordingSinkPtr& sink, const std::string& text) {
    return sink->body().find(text) != std::string::npos;
  }

  oq::testing::MemoryStore store;
  std::shared_ptr<oq::testing::FakeSummaryCache> cache =
    std::make_shared<oq::testing::FakeSummaryCache>();
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  std::shared_ptr<oq::testing::RecordNotes> changes = std::make_shared<oq::testing::RecordNotes>();
  Archive archive_;
};

// Summaries.

TEST_F(ArchiveTest, AnswersFromTheStoreAndFillsTheCache) {
  const auto id = stored("complete");
  EXPECT_TRUE(says(asked(QuestionKind::status, id), R"("status": "complete")"));
  EXPECT_EQ(cache->kept.at(id).revision, 4);
}

TEST_F(ArchiveTest, AnswersFromTheCacheWhatIsAsNewAsTheStore) {
  const auto id = stored("complete");
  know(id);
  auto other = row(id);
  other.description = "from the cache";
  cache->kept[id] = {id, 4, record_text(other)};
  EXPECT_TRUE(says(asked(QuestionKind::status, id), "from the cache"));
}

TEST_F(ArchiveTest, DoesNotBelieveAnOlderCache) {
  const auto id = stored("complete");
  auto old = row(id);
  old.status = "executing";
  old.revision = 3;
  cache->kept[id] = {id, 3, record_text(old)};
  know(id);
  EXPECT_TRUE(says(asked(QuestionKind::status, id), R"("status": "complete")"));
}

TEST_F(ArchiveTest, DoesNotBelieveRubbishInTheCache) {
  const auto id = stored("complete");
  know(id);
  cache->kept[id] = {id, 9, "rubbish"};
  EXPECT_TRUE(says(asked(QuestionKind::status, id), R"("status": "complete")"));
}

TEST_F(ArchiveTest, ASilentCacheDelaysByItsDeadlineOnly) {
  const auto id = stored("complete");
  know(id);
  cache->silent = true;
  const auto sink = asked(QuestionKind::status, id);
  EXPECT_FALSE(sink->answered());
  advance(kCacheTimeout);
  EXPECT_TRUE(says(sink, R"("status": "complete")"));
}

TEST_F(ArchiveTest, ASecondPollNeedsNeitherCacheNorStore) {
  const auto id = stored("complete");
  const auto first = asked(QuestionKind::status, id);
  store.refuse_reads();
  cache->silent = true;
  const auto again = asked(QuestionKind::status, id);
  ASSERT_TRUE(again->answered());
  EXPECT_EQ(again->answer().body, first->answer().body);
}

TEST_F(ArchiveTest, ANoticeOfAChangeMakesItLookAgain) {
  const auto id = stored("complete");
  asked(QuestionKind::status, id);
  row(id).status = "shared";
  row(id).revision = 5;
  tell(archive_, notice_atom::value, id, std::int64_t{5});
  EXPECT_TRUE(says(asked(QuestionKind::status, id), R"("status": "shared")"));
}

TEST_F(ArchiveTest, AfterLostNoticesItLooksAtEverythingAgain) {
  const auto id = stored("complete");
  asked(QuestionKind::status, id);
  row(id).status = "shared";
  row(id).revision = 5;
  cache->kept.clear();
  tell(archive_, notice_atom::value, CalculationId{0}, std::int64_t{0});
  EXPECT_TRUE(says(asked(QuestionKind::status, id), R"("status": "shared")"));
}

TEST_F(ArchiveTest, WhatStillRunsElsewhereIsLookedUpEachTime) {
  const auto id = stored("executing");
  EXPECT_TRUE(says(asked(QuestionKind::status, id), R"("status": "executing")"));
  row(id).status = "complete";
  row(id).revision = 5;
  know(id);
  EXPECT_TRUE(says(asked(QuestionKind::status, id), R"("status": "complete")"));
}

TEST_F(ArchiveTest, AnUnknownIdIsNotFound) {
  for (const auto kind :
       {QuestionKind::status, QuestionKind::detail, QuestionKind::seed_hazard,
        QuestionKind::seed_risk, QuestionKind::progress, QuestionKind::results,
        QuestionKind::seed_hazard_results, QuestionKind::datastore, QuestionKind::oqparam})
    EXPECT_EQ(asked(kind, 999999)->code(), Errc::not_found) << static_cast<int>(kind);
}

TEST_F(ArchiveTest, LogAndTracebackOfAnUnknownIdAreEmpty) {
  EXPECT_EQ(asked(QuestionKind::log, 999999)->body(), "[]");
  EXPECT_EQ(asked(QuestionKind::log_size, 999999)->body(), "0");
  EXPECT_EQ(asked(QuestionKind::traceback, 999999)->body(), "[]");
}

TEST_F(ArchiveTest, AStoreThatDoesNotAnswerIsUnavailable) {
  const auto id = stored("complete");
  store.refuse_reads();
  EXPECT_EQ(asked(QuestionKind::status, id)->code(), Errc::unavailable);
  EXPECT_EQ(asked(QuestionKind::log, id)->code(), Errc::unavailable);
  EXPECT_EQ(commanded(id, Command::remove)->code(), Errc::unavailable);
}

TEST_F(ArchiveTest, TellsTheCatalogWhatOtherProcessesDid) {
  const auto id = stored("executing");
  know(id);
  tell(archive_, refresh_atom::value);
  EXPECT_TRUE(changes->empty());
  row(id).status = "complete";
  row(id).revision = 5;
  const auto other = stored("complete");

  advance(kRefreshInterval);

  ASSERT_EQ(changes->size(), 2u);
  EXPECT_EQ(changes->at(0)->id, other);
  EXPECT_EQ(changes->at(1)->status, "complete");
  kill(archive_); // or it would go on for ever
}

// Logs, outputs, files.

TEST_F(ArchiveTest, ReadsLogRangesFromTheStore) {
  const auto id = stored("complete");
  std::ignore = store.append_log(id, {{0, "INFO", "p", "a"}, {0, "INFO", "p", "b"}});
  EXPECT_EQ(asked(QuestionKind::log, id, 1, 2)->body(),
            R"([["1970-01-01T00:00:00.00", "INFO", "p", "b"]])");
  EXPECT_EQ(asked(QuestionKind::log, id, 2, 1)->body(), "[]");
  EXPECT_EQ(asked(QuestionKind::log_size, id)->body(), "2");
}

TEST_F(ArchiveTest, ListsOutputs) {
  const auto id = stored("complete");
  EXPECT_EQ(asked(QuestionKind::results, id)->code(), Errc::not_found);
  store.tables()->outputs.push_back(
    {.id = 1, .calculation_id = id, .type = "uhs", .name = "UHS", .formats = {"csv"}});
  EXPECT_TRUE(says(asked(QuestionKind::results, id), "http://localhost:8000/v1/calc/result/1"));
  EXPECT_TRUE(says(asked(QuestionKind::seed_hazard_results, id), "/v1/calc/hazard/result/1"));
  EXPECT_EQ(asked(QuestionKind::seed_risk_results, id)->code(), Errc::not_found);
  row(id).status = "failed";
  EXPECT_EQ(asked(QuestionKind::results, id)->code(), Errc::none);
  EXPECT_EQ(asked(QuestionKind::seed_hazard_results, id)->code(), Errc::not_found);
}

TEST_F(ArchiveTest, ADatastoreThatIsNotThereIsNotFound) {
  EXPECT_EQ(asked(QuestionKind::datastore, stored("complete"))->code(), Errc::not_found);
  EXPECT_EQ(asked(QuestionKind::datastore, stored("executing"))->code(), Errc::not_found);
}

TEST_F(ArchiveTest, AnswersTheOptionsOfTheJob) {
  EXPECT_EQ(asked(QuestionKind::oqparam, stored("complete"))->body(), R"({"poes": [0.1]})");
}

// Commands.

TEST_F(ArchiveTest, NothingAtRestCanBeAborted) {
  EXPECT_EQ(commanded(stored("complete"), Command::abort)->body(),
            R"({"error": "Job 1 is not running"})");
  EXPECT_EQ(commanded(999999, Command::abort)->body(), R"({"error": "Unknown job 999999"})");
  EXPECT_EQ(commanded(999999, Command::abort)->code(), Errc::none);
}

TEST_F(ArchiveTest, RemovesWhatIsAtRest) {
  const auto id = stored("failed");
  const auto sink = commanded(id, Command::remove);
  EXPECT_EQ(sink->code(), Errc::none);
  EXPECT_EQ(sink->body(), R"({"success": "1", "hdf5path": "/data/calc_1.hdf5"})");
  EXPECT_EQ(row(id).status, "deleted");
  EXPECT_EQ(script->files_removed, std::vector<store::CalculationId>{id});
  EXPECT_EQ(changes->back()->status, "deleted");
  EXPECT_EQ(asked(QuestionKind::status, id)->code(), Errc::not_found);
}

TEST_F(ArchiveTest, RemovingAgainSaysTheSame) {
  const auto id = stored("complete");
  const auto first = commanded(id, Command::remove);
  EXPECT_EQ(commanded(id, Command::remove)->body(), first->body());
  EXPECT_EQ(script->files_removed.size(), 1u);
}

TEST_F(ArchiveTest, RefusesToRemoveWhatIsUnknownRunningOrNeeded) {
  EXPECT_EQ(commanded(999999, Command::remove)->body(),
            R"({"error": "Cannot delete calculation 999999: ID does not exist"})");
  const auto running = commanded(stored("executing"), Command::remove);
  EXPECT_EQ(running->code(), Errc::forbidden);
  EXPECT_EQ(running->body(), R"({"error": "Cannot delete calculation 1: it is still running"})");
  const auto parent = stored("complete");
  row(stored("complete")).hazard_calculation_id = parent;
  EXPECT_EQ(commanded(parent, Command::remove)->body(),
            R"({"error": "Cannot delete calculation 2: the calculations [3] depend on it"})");
}

TEST_F(ArchiveTest, ARemovalThatTheStoreRefusesRemovesNothing) {
  const auto id = stored("complete");
  store.refuse_writes();
  EXPECT_EQ(commanded(id, Command::remove)->code(), Errc::unavailable);
  EXPECT_TRUE(script->files_removed.empty());
}

TEST_F(ArchiveTest, SharesAndUnsharesInTheKnownWords) {
  const auto id = stored("complete");
  EXPECT_EQ(
    commanded(id, Command::share)->body(),
    R"({"success": "The status of calculation 1 was changed from \"complete\" to \"shared\""})");
  EXPECT_EQ(commanded(id, Command::share)->body(),
            R"({"success": "Calculation 1 was already shared"})");
  EXPECT_TRUE(says(asked(QuestionKind::status, id), R"("status": "shared")"));
  EXPECT_EQ(
    commanded(id, Command::unshare)->body(),
    R"({"success": "The status of calculation 1 was changed from \"shared\" to \"complete\""})");
}

TEST_F(ArchiveTest, OnlyACompleteCalculationCanBeShared) {
  const auto sink = commanded(stored("failed"), Command::share);
  EXPECT_EQ(sink->code(), Errc::forbidden);
  EXPECT_EQ(sink->body(), R"({"error": "Can not share calculation 1 from status \"failed\""})");
  EXPECT_EQ(commanded(999999, Command::share)->code(), Errc::not_found);
}

TEST_F(ArchiveTest, TwoRemovalsAtOnceBothSucceedAndRemoveOnce) {
  const auto id = stored("complete");
  const auto first = new_sink(), second = new_sink();
  caf::anon_send(archive_, command_atom::value, id, Command::remove, SinkPtr(first));
  caf::anon_send(archive_, command_atom::value, id, Command::remove, SinkPtr(second));
  run();
  EXPECT_EQ(first->code(), Errc::none);
  EXPECT_EQ(second->code(), Errc::none);
  EXPECT_EQ(script->files_removed.size(), 1u);
}

} // namespace
} // namespace oq::actors
