// Several connections at once: a calculation has one claimer, and no change is overlooked.
#include "store/store_contract.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace oq::store {
namespace {

using ::testing::Contains;
using ::testing::Field;

class ConcurrentNodes : public ::testing::TestWithParam<std::string> {
protected:
  FreshDatabase database_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Databases, ConcurrentNodes, ::testing::ValuesIn(databases()),
                         [](const auto& database) {
                           return database.param;
                         });

TEST_P(ConcurrentNodes, EveryCalculationHasExactlyOneClaimer) {
  constexpr int kCalculations = 60, kNodes = 4;
  const auto store = database_.open();
  for (int i = 0; i < kCalculations; ++i)
    ASSERT_TRUE(store->create(hazard("gone")));
  std::mutex mutex;
  std::map<CalculationId, std::vector<std::string>> claimers;
  std::atomic<int> claimed = 0, failed = 0;
  {
    std::vector<std::jthread> nodes;
    for (int number = 0; number < kNodes; ++number)
      nodes.emplace_back([&, name = "node " + std::to_string(number)] {
        const auto cluster = database_.open_cluster();
        const auto incarnation = cluster->enroll(name, "");
        while (claimed < kCalculations && failed == 0) {
          if (!cluster->renew(name, *incarnation, std::chrono::seconds(6), "{}"))
            ++failed;
          const auto records = cluster->claim(name, *incarnation, 3);
          if (!records)
            ++failed;
          const std::lock_guard lock(mutex);
          for (const auto& record : *records)
            claimers[record.id].push_back(record.node);
          claimed += static_cast<int>(records->size());
        }
      });
  }

  EXPECT_EQ(failed, 0);
  EXPECT_EQ(claimers.size(), static_cast<std::size_t>(kCalculations));
  for (const auto& [id, names] : claimers) {
    ASSERT_EQ(names.size(), 1u) << "calculation " << id;
    const auto record = store->find(id);
    EXPECT_EQ(record->node, names.front());
    EXPECT_EQ(record->epoch, 2);
    EXPECT_EQ(record->revision, 2);
  }
}

// The owner renews while another one claims: whoever is second sees what the first did.
TEST_P(ConcurrentNodes, ARenewedLeaseAndAClaimNeverBothWin) {
  const auto store = database_.open();
  const auto owners = database_.open_cluster(), claimers = database_.open_cluster();
  const auto owner = *owners->enroll("owner", "");
  const auto claimer = *claimers->enroll("claimer", "");
  for (int round = 0; round < 40; ++round) {
    const auto id = *store->create(hazard("owner"));
    ASSERT_TRUE(claimers->renew("claimer", claimer, std::chrono::seconds(60), "{}"));
    ASSERT_TRUE(owners->release("owner", owner));
    std::jthread claiming([&] {
      EXPECT_TRUE(claimers->claim("claimer", claimer, 100));
    });
    ASSERT_TRUE(owners->renew("owner", owner, std::chrono::seconds(60), "{}"));
    const bool still_mine = *owners->holds(id, "owner", 1);
    claiming.join();

    EXPECT_EQ(*owners->holds(id, "owner", 1), still_mine) << "claimed after the renewal";
    ASSERT_TRUE(store->apply({to("complete", id, store->find(id)->revision)}));
  }
}

TEST_P(ConcurrentNodes, AnOverlapShowsWhatWasCommittedLate) {
  const auto store = database_.open();
  const auto late = *store->create(hazard());
  auto writer = SqlSession::open(database_.url());
  ASSERT_TRUE(writer);
  std::int64_t read_at = 0;

  const auto written = (*writer)->run_transaction([&](soci::session& sql) -> Result<void> {
    Query(sql, "UPDATE calculation SET revision = 2, changed_at = "
                 + std::string(clock_of((*writer)->dialect())))
      .execute();
    const auto changes = store->changed_since(0, 100);
    EXPECT_EQ(changes->records.front().revision, 1) << "it is not committed yet";
    read_at = changes->now;
    return {};
  });

  ASSERT_TRUE(written) << written.error().text();
  using std::chrono::microseconds;
  const auto overlap = microseconds(kLongestTransaction).count();
  const auto again = store->changed_since(read_at - overlap, 100);
  EXPECT_THAT(again->records, Contains(AllOf(Field(&CalculationRecord::id, late),
                                             Field(&CalculationRecord::revision, 2))));
}

TEST_P(ConcurrentNodes, AReaderOfChangesSeesTheLastStateOfEverything) {
  constexpr int kWriters = 3, kSteps = 60;
  std::map<CalculationId, std::int64_t> seen;
  const auto reader = database_.open();
  std::int64_t at = 0;
  const auto read = [&] {
    const auto changes = reader->changed_since(at, 1'000'000);
    ASSERT_TRUE(changes) << changes.error().text();
    for (const auto& record : changes->records)
      seen[record.id] = std::max(seen[record.id], record.revision);
    at = changes->now - std::chrono::microseconds(kLongestTransaction).count();
  };
  std::atomic<int> writing = kWriters, failed = 0;
  {
    std::vector<std::jthread> writers;
    for (int number = 0; number < kWriters; ++number)
      writers.emplace_back([&] {
        const auto store = database_.open();
        const auto id = store->create(hazard());
        for (std::int64_t revision = 1; revision <= kSteps; ++revision)
          if (!store->apply({to("executing", *id, revision)}))
            ++failed;
        --writing;
      });
    while (writing > 0)
      read();
  }
  read();

  EXPECT_EQ(failed, 0);
  ASSERT_EQ(seen.size(), static_cast<std::size_t>(kWriters));
  for (const auto& [id, revision] : seen)
    EXPECT_EQ(revision, kSteps + 1) << "calculation " << id;
}

TEST_P(ConcurrentNodes, TwoProgramsMayBringOneDatabaseUpToDate) {
  std::atomic<int> opened = 0;
  {
    std::vector<std::jthread> programs;
    for (int number = 0; number < 4; ++number)
      programs.emplace_back([&] {
        const auto store = open_store(database_.url());
        EXPECT_TRUE(store) << store.error().text();
        opened += store ? 1 : 0;
      });
  }
  EXPECT_EQ(opened, 4);
}

} // namespace
} // namespace oq::store
