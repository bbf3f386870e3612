// What an archive answers about calculations of other nodes, and when it stays silent.
#include "actors/archive.hpp"
#include "actors/record_text.hpp"
#include "support/actor_probes.hpp"
#include "support/cluster_probes.hpp"
#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"
#include "support/fake_summary_cache.hpp"
#include "support/memory_store.hpp"

namespace oq::actors {
namespace {

class ArchiveClusterTest : public oq::testing::DeterministicActors {
protected:
  void SetUp() override {
    const StoreFactory open = [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
      return std::unique_ptr<store::CalculationStore>(
        std::make_unique<oq::testing::MemoryStore>(store.tables()));
    };
    neighbours_ = owned(oq::testing::spawn_neighbours(system(), notes));
    links = oq::testing::make_links(system(), neighbours_);
    archive_ = owned(system().spawn(
      archive,
      ArchivePeers{open, oq::testing::fake_engine_room(script),
                   owned(system().spawn(recorder, open)), owned(system().spawn(cache_link, cache)),
                   owned(oq::testing::spawn_record_observer(system(), changes)), links}));
  }
  void TearDown() override {
    links.reset();
    neighbours_ = nullptr;
    DeterministicActors::TearDown();
  }
  // A calculation of another node, in the store and heard of.
  CalculationId elsewhere(const char* status = "executing", std::int64_t revision = 4) {
    store::CalculationRecord record;
    record.node = "there";
    const auto id = *store.create(record);
    row(id).status = status;
    row(id).revision = revision;
    tell(archive_, known_atom::value,
         RecordsPtr(std::make_shared<const std::vector<store::CalculationRecord>>(1, row(id))));
    return id;
  }
  store::CalculationRecord& row(CalculationId id) {
    return store.tables()->calculations.at(static_cast<std::size_t>(id - 1));
  }
  void cached(CalculationId id, const std::string& description, std::int64_t revision = 4) {
    auto record = row(id);
    record.description = description;
    record.revision = revision;
    cache->kept[id] = {id, revision, record_text(record)};
  }
  oq::testing::RecordingSinkPtr asked(QuestionKind kind, CalculationId id, bool from_peer = false) {
    const auto sink = new_sink();
    tell(archive_, ask_atom::value, Question{kind, id, base(), 0, 0, from_peer}, SinkPtr(sink));
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
  void silence_the_store() { links->lease->hear(BootClock::now() - 2 * kStoreSilence); }

  oq::testing::MemoryStore store;
  std::shared_ptr<oq::testing::FakeSummaryCache> cache =
    std::make_shared<oq::testing::FakeSummaryCache>();
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  oq::testing::NeighbourNotesPtr notes = std::make_shared<oq::testing::NeighbourNotes>();
  std::shared_ptr<oq::testing::RecordNotes> changes = std::make_shared<oq::testing::RecordNotes>();
  std::shared_ptr<ClusterLinks> links;
  Neighbours neighbours_;
  Archive archive_;
};

TEST_F(ArchiveClusterTest, RepeatsALiveOneForAMomentWithoutAskingAgain) {
  const auto id = elsewhere();
  cached(id, "from the cache");

  EXPECT_TRUE(says(asked(QuestionKind::status, id), "from the cache"));
  EXPECT_TRUE(says(asked(QuestionKind::status, id), "from the cache"));
  EXPECT_EQ(cache->gets, 1);
  advance(kLiveShelfTime + std::chrono::milliseconds(1));
  asked(QuestionKind::status, id);
  EXPECT_EQ(cache->gets, 2);
}

TEST_F(ArchiveClusterTest, ForgetsALiveOneAtTheNoticeOfANewerRevision) {
  const auto id = elsewhere();
  cached(id, "old");
  asked(QuestionKind::status, id);
  row(id).revision = 5;
  row(id).description = "new";

  tell(archive_, notice_atom::value, id, std::int64_t{5});

  EXPECT_TRUE(says(asked(QuestionKind::status, id), "new"));
}

TEST_F(ArchiveClusterTest, ANoticeThatComesLateChangesNothing) {
  const auto id = elsewhere("executing", 7);

  tell(archive_, notice_atom::value, id, std::int64_t{5});
  cached(id, "older than what is known", 6);

  EXPECT_FALSE(says(asked(QuestionKind::status, id), "older than what is known"));
}

TEST_F(ArchiveClusterTest, DoesNotPutIntoTheCacheWhatAnotherNodeRuns) {
  const auto id = elsewhere();
  asked(QuestionKind::status, id);
  EXPECT_EQ(cache->puts, 0);
}

TEST_F(ArchiveClusterTest, TellsTheListsWhatItTellsClients) {
  const auto id = elsewhere();
  cached(id, "from the cache");
  asked(QuestionKind::status, id);
  ASSERT_FALSE(changes->empty());
  EXPECT_EQ(changes->back()->description, "from the cache");
}

TEST_F(ArchiveClusterTest, AsksTheOwnerForProgressAndLog) {
  const auto id = elsewhere();
  EXPECT_EQ(asked(QuestionKind::progress, id)->body(), "\"there\"");
  EXPECT_EQ(asked(QuestionKind::log, id)->body(), "\"there\"");
  EXPECT_EQ(notes->asked.size(), 2u);
}

TEST_F(ArchiveClusterTest, AnotherNodesQuestionIsNotPassedOnAgain) {
  const auto id = elsewhere();
  constexpr bool kFromPeer = true;
  EXPECT_EQ(asked(QuestionKind::progress, id, kFromPeer)->code(), Errc::none);
  EXPECT_TRUE(notes->asked.empty());
}

TEST_F(ArchiveClusterTest, ReadsLogAndProgressFromTheStoreWhenTheOwnerIsGone) {
  const auto id = elsewhere();
  notes->reachable = false;
  store.tables()->logs[id] = {{0, "INFO", "p", "written before"}};
  EXPECT_TRUE(says(asked(QuestionKind::log, id), "written before"));
  EXPECT_TRUE(says(asked(QuestionKind::progress, id), "\"status\": \"executing\""));
}

TEST_F(ArchiveClusterTest, AbortReachesTheOwner) {
  const auto id = elsewhere();
  EXPECT_EQ(commanded(id, Command::abort)->body(), "\"there\"");
  ASSERT_EQ(notes->commanded.size(), 1u);
  EXPECT_EQ(notes->commanded[0].first, "there");
}

TEST_F(ArchiveClusterTest, AbortIsNotRefusedForGoodWhileNobodyOwnsIt) {
  const auto id = elsewhere();
  notes->reachable = false;
  EXPECT_EQ(commanded(id, Command::abort)->code(), Errc::unavailable);
}

TEST_F(ArchiveClusterTest, RemovesWithoutTheOwnerWhenItIsGone) {
  const auto id = elsewhere("complete");
  notes->reachable = false;
  EXPECT_EQ(commanded(id, Command::remove)->code(), Errc::none);
  EXPECT_EQ(row(id).status, "deleted");
}

TEST_F(ArchiveClusterTest, DoesNotWaitForASilentStore) {
  const auto id = elsewhere();
  silence_the_store();
  EXPECT_EQ(asked(QuestionKind::status, id)->code(), Errc::unavailable);
  cached(id, "the cache still knows");
  EXPECT_TRUE(says(asked(QuestionKind::status, id), "the cache still knows"));
}

TEST_F(ArchiveClusterTest, AsksTheOwnerItLastHeardOfWhenStoreAndCacheAreSilent) {
  const auto id = elsewhere();
  cached(id, "seen before");
  asked(QuestionKind::status, id);
  advance(kLiveShelfTime + std::chrono::milliseconds(1));
  cache->kept.clear();
  silence_the_store();
  EXPECT_EQ(asked(QuestionKind::status, id)->body(), "\"there\"");
}

TEST_F(ArchiveClusterTest, AFileThatExistsIsNeverNotFound) {
  const auto id = elsewhere("complete");
  links->shared_data = true; // the file is not on the disk all the same
  EXPECT_EQ(asked(QuestionKind::datastore, id)->code(), Errc::unavailable);
}

} // namespace
} // namespace oq::actors
