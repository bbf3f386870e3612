// SqlStore when the disk is full and when its process is killed: all of a batch or nothing.
#include "store/sql_query.hpp"
#include "store/sql_session.hpp"
#include "store/sql_store.hpp"
#include "support/full_disk.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sys/wait.h>
#include <unistd.h>

namespace oq::store {
namespace {

constexpr int kBatch = 40;

class SqlDurability : public ::testing::Test {
protected:
  void SetUp() override {
    auto opened = open_store(url());
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
    for (int i = 0; i < kBatch; ++i)
      ASSERT_TRUE(store_->create({}));
  }
  std::string url() const { return "sqlite://" + (folder_ / "oq.db").string(); }

  // One step of every calculation, with something to write.
  static std::vector<Transition> step(std::int64_t revision) {
    std::vector<Transition> batch;
    for (int id = 1; id <= kBatch; ++id) {
      Transition transition;
      transition.id = id;
      transition.expected_revision = revision;
      transition.status = "executing";
      transition.traceback = std::string(20'000, 'x');
      transition.outputs.push_back({0, 0, "hcurves", "Hazard Curves", {"csv"}, 1});
      batch.push_back(std::move(transition));
    }
    return batch;
  }

  std::string integrity() const {
    auto session = SqlSession::open(url());
    std::string answer;
    EXPECT_TRUE((*session)->run([&](soci::session& sql) -> Result<void> {
      Query(sql, "PRAGMA integrity_check").into(answer).execute();
      return {};
    }));
    return answer;
  }

  oq::testing::TemporaryFolder folder_;
  std::unique_ptr<CalculationStore> store_;
};

TEST_F(SqlDurability, AFullDiskIsUnavailableAndChangesNothing) {
  {
    const oq::testing::FullDisk full(300'000);
    const auto refused = store_->apply(step(1));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::unavailable);
    EXPECT_EQ(store_->find(1)->revision, 1) << "reading goes on";
  }

  EXPECT_EQ(integrity(), "ok");
  EXPECT_EQ(store_->find(kBatch)->revision, 1);
  EXPECT_TRUE(store_->outputs(1)->empty());
  EXPECT_TRUE(store_->apply(step(1))) << "there is space again";
}

TEST_F(SqlDurability, AFullDiskAtOpeningIsUnavailable) {
  const auto fresh = "sqlite://" + (folder_ / "fresh.db").string();
  {
    const oq::testing::FullDisk full(2'000);
    const auto refused = open_store(fresh);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::unavailable);
  }

  EXPECT_TRUE(open_store(fresh));
}

// Writes batches until it is killed; a byte into the pipe after each.
[[noreturn]] void write_batches(const std::string& url, int pipe,
                                std::vector<Transition> (*step)(std::int64_t)) {
  auto store = open_store(url);
  for (std::int64_t revision = (*store)->find(1)->revision;; ++revision) {
    if (!(*store)->apply(step(revision)))
      ::_exit(1);
    std::ignore = ::write(pipe, ".", 1);
  }
}

TEST_F(SqlDurability, AKilledWriterLeavesWholeBatches) {
  store_.reset();
  for (int round = 0; round < 6; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const auto writer = ::fork();
    if (writer == 0)
      write_batches(url(), ends[1], &SqlDurability::step);
    char done = 0;
    for (int batches = 0; batches < 2; ++batches)
      ASSERT_EQ(::read(ends[0], &done, 1), 1);
    ::usleep(static_cast<useconds_t>(300 * round)); // another place in the third batch each time
    ::kill(writer, SIGKILL);
    ::waitpid(writer, nullptr, 0);
    ::close(ends[0]);
    ::close(ends[1]);

    const auto store = open_store(url());
    ASSERT_TRUE(store);
    std::set<std::int64_t> revisions;
    for (int id = 1; id <= kBatch; ++id) {
      const auto found = (*store)->find(id);
      revisions.insert(found->revision);
      EXPECT_EQ((*store)->outputs(id)->size(), static_cast<std::size_t>(found->revision - 1));
    }
    EXPECT_EQ(revisions.size(), 1u) << "a batch was half written";
    EXPECT_GE(*revisions.begin(), 1 + 2 * (round + 1)) << "a batch that was confirmed is lost";
  }
  EXPECT_EQ(integrity(), "ok");
}

} // namespace
} // namespace oq::store
