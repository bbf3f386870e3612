// The recorder: durable answers, batches, and a store that refuses.
#include "actors/recorder.hpp"

#include "support/deterministic_actors.hpp"
#include "support/memory_store.hpp"

namespace oq::actors {
namespace {

class CountingStore : public oq::testing::MemoryStore {
public:
  CountingStore(std::shared_ptr<oq::testing::MemoryTables> tables, int& batches)
    : MemoryStore(std::move(tables)), batches_(batches) {}
  Result<std::vector<store::CalculationRecord>>
  apply(const std::vector<store::Transition>& transitions) override {
    ++batches_;
    return MemoryStore::apply(transitions);
  }

private:
  int& batches_;
};

class RecorderTest : public oq::testing::DeterministicActors {
protected:
  Recorder spawn() {
    return owned(
      system().spawn(recorder, [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
        if (closed)
          return Error{Errc::unavailable, "no store", {}};
        return std::unique_ptr<store::CalculationStore>(
          std::make_unique<CountingStore>(tables, batches));
      }));
  }
  CalculationId created(const Recorder& to) {
    return *ask<CalculationId>(to, create_atom::value,
                               RecordPtr(std::make_shared<const store::CalculationRecord>()));
  }
  static TransitionPtr to_submitted(CalculationId id, std::int64_t revision = 1) {
    store::Transition transition;
    transition.id = id;
    transition.expected_revision = revision;
    transition.status = "submitted";
    return std::make_shared<const store::Transition>(transition);
  }
  static LogRowsPtr rows(const std::string& message) {
    return std::make_shared<const std::vector<store::LogRow>>(
      1, store::LogRow{1, "INFO", "p", message});
  }

  std::shared_ptr<oq::testing::MemoryTables> tables = std::make_shared<oq::testing::MemoryTables>();
  int batches = 0;
  bool closed = false;
};

TEST_F(RecorderTest, TwoCreatedAtOnceGetDifferentIds) {
  const auto to = spawn();
  EXPECT_NE(created(to), created(to));
}

TEST_F(RecorderTest, AnswersAChangeWithTheNewRecord) {
  const auto to = spawn();
  const auto id = created(to);

  const auto record = ask<RecordPtr>(to, transit_atom::value, to_submitted(id));

  ASSERT_TRUE(record);
  EXPECT_EQ((*record)->status, "submitted");
  EXPECT_EQ((*record)->revision, 2);
}

TEST_F(RecorderTest, WhatWaitsGoesInOneBatch) {
  const auto to = spawn();
  const auto first = created(to), second = created(to);

  caf::anon_send(to, transit_atom::value, to_submitted(first));
  caf::anon_send(to, transit_atom::value, to_submitted(second));
  run();

  EXPECT_EQ(batches, 1);
  EXPECT_EQ(tables->calculations[1].status, "submitted");
}

TEST_F(RecorderTest, AConflictDoesNotTakeTheOthersWithIt) {
  const auto to = spawn();
  const auto first = created(to), second = created(to);

  caf::anon_send(to, transit_atom::value, to_submitted(first));
  const auto refused = ask<RecordPtr>(to, transit_atom::value, to_submitted(second, 9));

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::conflict);
  EXPECT_EQ(tables->calculations[0].status, "submitted");
  EXPECT_EQ(tables->calculations[1].status, "created");
}

TEST_F(RecorderTest, AStoreThatRefusesIsUnavailableAndChangesNothing) {
  const auto to = spawn();
  const auto id = created(to);
  tables->refuses_writes = true;

  const auto refused = ask<RecordPtr>(to, transit_atom::value, to_submitted(id));
  const auto none = ask<CalculationId>(
    to, create_atom::value, RecordPtr(std::make_shared<const store::CalculationRecord>()));

  EXPECT_EQ(refused.error().code, Errc::unavailable);
  EXPECT_EQ(none.error().code, Errc::unavailable);
  EXPECT_EQ(tables->calculations.size(), 1u);
}

TEST_F(RecorderTest, OpensItsStoreAgainWhenItCouldNotBefore) {
  closed = true;
  const auto to = spawn();
  EXPECT_EQ(ask<RecordPtr>(to, find_atom::value, CalculationId{1}).error().code, Errc::unavailable);
  EXPECT_EQ(ask<RecordPtr>(to, transit_atom::value, to_submitted(1)).error().code,
            Errc::unavailable);
  closed = false;
  EXPECT_EQ(created(to), 1);
}

TEST_F(RecorderTest, LogRowsWaitForAStoreThatRefuses) {
  const auto to = spawn();
  const auto id = created(to);
  tables->refuses_writes = true;
  tell(to, log_atom::value, id, std::int64_t{1}, rows("first"));
  EXPECT_FALSE(*ask<bool>(to, sync_atom::value));
  tables->refuses_writes = false;

  tell(to, log_atom::value, id, std::int64_t{1}, rows("second"));

  ASSERT_EQ(tables->logs[id].size(), 2u);
  EXPECT_EQ(tables->logs[id][0].message, "first");
  EXPECT_TRUE(*ask<bool>(to, sync_atom::value));
}

TEST_F(RecorderTest, RowsOfAnUnknownCalculationDoNotBlockTheOthers) {
  const auto to = spawn();
  const auto id = created(to);
  tell(to, log_atom::value, CalculationId{0}, std::int64_t{1}, rows("nobody"));
  tell(to, log_atom::value, id, std::int64_t{1}, rows("somebody"));
  EXPECT_EQ(tables->logs[id].size(), 1u);
}

TEST_F(RecorderTest, FindsWhatIsThereAndNothingElse) {
  const auto to = spawn();
  const auto id = created(to);
  EXPECT_EQ((*ask<RecordPtr>(to, find_atom::value, id))->status, "created");
  EXPECT_EQ(ask<RecordPtr>(to, find_atom::value, id + 1).error().code, Errc::not_found);
}

} // namespace
} // namespace oq::actors
