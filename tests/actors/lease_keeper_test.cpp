// The keeper of the lease: what it believes, what it tells, what it takes over, and when it stops.
#include "actors/lease_keeper.hpp"

#include "actors/defaults.hpp"
#include "support/actor_probes.hpp"
#include "support/deterministic_actors.hpp"
#include "support/memory_cluster_store.hpp"

namespace oq::actors {
namespace {

struct Heard {
  std::vector<RecordPtr> takeovers;
  std::vector<CalculationId> known;
  ReportsPtr nodes;
  bool answers = true;
};

Directory spawn_hearing_directory(caf::actor_system& system, const std::shared_ptr<Heard>& heard) {
  return system.spawn([heard](Directory::pointer self) -> Directory::behavior_type {
    return {[self, heard](known_atom, const RecordsPtr& records) -> caf::result<bool> {
              for (const auto& record : *records)
                heard->known.push_back(record.id);
              if (heard->answers)
                return true;
              return self->make_response_promise<bool>(); // lost
            },
            [heard](takeover_atom, const RecordPtr& record, std::int64_t) {
              heard->takeovers.push_back(record);
            },
            [heard](nodes_atom, const ReportsPtr& reports) {
              heard->nodes = reports;
            }};
  });
}

class LeaseKeeperTest : public oq::testing::DeterministicActors {
protected:
  std::unique_ptr<oq::testing::MemoryClusterStore> cluster() {
    return std::make_unique<oq::testing::MemoryClusterStore>(store.tables());
  }
  void begin() {
    LeaseKeeperPeers peers;
    peers.node = "here";
    peers.incarnation = *cluster()->enroll("here", "");
    peers.changes_from = store.tables()->now;
    peers.lease = lease;
    peers.open_cluster = [this]() -> Result<std::unique_ptr<store::ClusterStore>> {
      return std::unique_ptr<store::ClusterStore>(cluster());
    };
    peers.open_store = [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
      return std::unique_ptr<store::CalculationStore>(
        std::make_unique<oq::testing::MemoryStore>(store.tables()));
    };
    peers.directory = owned(spawn_hearing_directory(system(), heard));
    peers.catalog = owned(system().spawn(catalog, Vocabulary::seed, LeasePtr()));
    peers.gauges = std::make_shared<Gauges>();
    peers.remove_files = [this](const store::CalculationRecord& record) {
      removed.push_back(record.id);
    };
    peers.info = [] {
      return std::string("{\"running\":3}");
    };
    peers.on_superseded = [this] {
      ++superseded;
    };
    keeper_ = owned(system().spawn(lease_keeper, std::move(peers)));
    run();
  }
  void tick() { advance(kLeaseTick); }
  CalculationId of(const std::string& node, const char* status = "executing") {
    store::CalculationRecord record;
    record.node = node;
    const auto id = *store.create(record);
    store.tables()->calculations.back().status = status;
    return id;
  }
  void refuse(bool refuses) {
    store.refuse_reads(refuses);
    store.refuse_writes(refuses);
  }

  oq::testing::MemoryStore store;
  LeasePtr lease = std::make_shared<Lease>();
  std::shared_ptr<Heard> heard = std::make_shared<Heard>();
  int superseded = 0;
  std::vector<CalculationId> removed;
  LeaseKeeper keeper_;
};

TEST_F(LeaseKeeperTest, HoldsTheLeaseOnceTheDirectoryKnowsWhatWasMissed) {
  heard->answers = false;
  begin();
  EXPECT_FALSE(lease->holds());

  heard->answers = true;
  tick();

  EXPECT_TRUE(lease->holds());
}

TEST_F(LeaseKeeperTest, DoesNotBelieveInALeaseThatTheStoreDidNotConfirm) {
  begin();
  lease->end(); // as time would
  refuse(true);
  tick();
  EXPECT_FALSE(lease->holds());

  refuse(false);
  tick();
  EXPECT_TRUE(lease->holds());
}

TEST_F(LeaseKeeperTest, TellsAChangeOfAnotherNodeOnce) {
  begin();
  ASSERT_TRUE(
    cluster()->renew("there", *cluster()->enroll("there", ""), std::chrono::hours(1), ""));
  const auto id = of("there");
  tick();
  tick();
  EXPECT_EQ(std::ranges::count(heard->known, id), 1);
}

TEST_F(LeaseKeeperTest, TakesOverFromANodeWithoutALease) {
  begin();
  const auto id = of("gone");
  tick();
  ASSERT_EQ(heard->takeovers.size(), 1u);
  EXPECT_EQ(heard->takeovers[0]->id, id);
  EXPECT_EQ(heard->takeovers[0]->node, "here");
  EXPECT_EQ(heard->takeovers[0]->epoch, 2);
  EXPECT_EQ(heard->takeovers[0]->status, "executing");
}

TEST_F(LeaseKeeperTest, LeavesTheCalculationsOfALivingNodeAlone) {
  begin();
  const auto incarnation = *cluster()->enroll("there", "");
  ASSERT_TRUE(cluster()->renew("there", incarnation, std::chrono::hours(1), "{}"));
  of("there");
  tick();
  EXPECT_TRUE(heard->takeovers.empty());
}

TEST_F(LeaseKeeperTest, StopsForGoodWhenItsNameWasTaken) {
  begin();
  ASSERT_TRUE(cluster()->enroll("here", ""));
  tick();
  tick();
  EXPECT_EQ(superseded, 1);
  EXPECT_FALSE(lease->holds());
}

TEST_F(LeaseKeeperTest, GivesTheLeaseBackAtTheEnd) {
  begin();
  ASSERT_TRUE(*ask<bool>(keeper_, drain_atom::value));
  EXPECT_FALSE(lease->holds());
  EXPECT_LE(cluster()->nodes()->at(0).lease.count(), 0);
  tick();
  EXPECT_FALSE(lease->holds());
}

TEST_F(LeaseKeeperTest, TakesAwayTheFilesOfWhatOthersRemovedWhileItWasAway) {
  begin();
  const auto ours = of("here", "deleted");
  of("there", "deleted");
  tick();
  EXPECT_EQ(removed, std::vector<CalculationId>{ours});
}

TEST_F(LeaseKeeperTest, ReportsTheNodesAndWhatTheyRun) {
  begin();
  const auto id = of("here");
  tick();
  ASSERT_TRUE(heard->nodes);
  ASSERT_EQ(heard->nodes->size(), 1u);
  EXPECT_EQ(heard->nodes->at(0).running, 3);
  EXPECT_EQ(heard->nodes->at(0).calculations, std::vector<std::int64_t>{id});
}

} // namespace
} // namespace oq::actors
