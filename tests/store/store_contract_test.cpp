// What every CalculationStore promises, checked on the one in memory and the one on SQL.
#include "store/store_contract.hpp"

namespace oq::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, ::testing::ValuesIn(stores()),
                         [](const auto& store) {
                           return store.param;
                         });

TEST(StoreContractOnPostgres, IsChecked) {
  if (!oq::testing::PostgresProcess::is_installed())
    GTEST_SKIP() << "PostgreSQL is not installed: the store is not tested on it";
}

TEST_P(StoreContract, ANewCalculationIsCreatedAtRevisionOne) {
  auto record = hazard();
  record.status = "complete";
  record.revision = 7;

  const auto found = store_->find(create(record));

  ASSERT_TRUE(found);
  EXPECT_EQ(found->status, "created");
  EXPECT_EQ(found->revision, 1);
}

TEST_P(StoreContract, KeepsEveryFieldOfACalculation) {
  const auto parent = create();
  auto record = risk_of(parent);
  record.phase = "pre_executing";
  record.error = "none yet";
  record.traceback = "line 1\nline 2";
  record.started_at = 2;
  record.stopped_at = 3;
  record.size_bytes = 5'000'000'000;

  const auto found = store_->find(create(record));

  ASSERT_TRUE(found);
  EXPECT_EQ(found->phase, record.phase);
  EXPECT_TRUE(found->is_risk);
  EXPECT_EQ(found->calculation_mode, record.calculation_mode);
  EXPECT_EQ(found->description, record.description);
  EXPECT_EQ(found->owner, record.owner);
  EXPECT_EQ(found->node, record.node);
  EXPECT_EQ(found->hazard_calculation_id, parent);
  EXPECT_EQ(found->directory, record.directory);
  EXPECT_EQ(found->ini, record.ini);
  EXPECT_EQ(found->parameters, record.parameters);
  EXPECT_EQ(found->error, record.error);
  EXPECT_EQ(found->traceback, record.traceback);
  EXPECT_EQ(found->created_at, record.created_at);
  EXPECT_EQ(found->started_at, 2);
  EXPECT_EQ(found->stopped_at, 3);
  EXPECT_EQ(found->size_bytes, 5'000'000'000);
}

TEST_P(StoreContract, AHazardCalculationHasNoParent) {
  const auto found = store_->find(create());

  ASSERT_TRUE(found);
  EXPECT_EQ(found->hazard_calculation_id, std::nullopt);
}

TEST_P(StoreContract, TextComesBackAsItWasGiven) {
  auto record = hazard();
  record.description = "L'Aquila — 'quoted'; DROP TABLE calculation; -- :id ?";

  const auto found = store_->find(create(record));

  ASSERT_TRUE(found);
  EXPECT_EQ(found->description, record.description);
}

TEST_P(StoreContract, AnUnknownCalculationIsNotFound) {
  const auto found = store_->find(999'999'999);

  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::not_found);
}

TEST_P(StoreContract, ATransitionChangesWhatItNamesAndNothingElse) {
  auto record = hazard();
  record.error = "kept";
  const auto id = create(record);
  auto transition = to("executing", id, 1);
  transition.phase = "pre_executing";
  transition.started_at = 42;

  const auto changed = store_->apply({transition});

  ASSERT_TRUE(changed);
  ASSERT_EQ(changed->size(), 1u);
  EXPECT_EQ(changed->front().status, "executing");
  EXPECT_EQ(changed->front().phase, "pre_executing");
  EXPECT_EQ(changed->front().started_at, 42);
  EXPECT_EQ(changed->front().revision, 2);
  EXPECT_EQ(changed->front().error, "kept");
  EXPECT_EQ(store_->find(id)->revision, 2);
}

TEST_P(StoreContract, ATransitionFromAnotherRevisionIsAConflict) {
  const auto id = create_in("submitted");

  const auto changed = store_->apply({to("executing", id, 1)});

  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, Errc::conflict);
  EXPECT_EQ(store_->find(id)->status, "submitted");
}

TEST_P(StoreContract, ATransitionOfAnUnknownCalculationIsNotFound) {
  const auto changed = store_->apply({to("executing", 999'999'999, 1)});

  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, Errc::not_found);
}

TEST_P(StoreContract, ATransitionWithoutAStatusIsRefused) {
  const auto changed = store_->apply({to("", create(), 1)});

  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, Errc::invalid_input);
}

TEST_P(StoreContract, OneConflictUndoesTheWholeBatch) {
  const auto first = create();
  const auto second = create();
  auto good = to("submitted", first, 1);
  good.outputs.push_back({0, 0, "hcurves", "Hazard Curves", {"csv"}, 10});

  const auto changed = store_->apply({good, to("submitted", second, 9)});

  EXPECT_FALSE(changed);
  EXPECT_EQ(store_->find(first)->status, "created");
  EXPECT_THAT(*store_->outputs(first), IsEmpty());
}

TEST_P(StoreContract, OneBatchMayHoldTwoStepsOfOneCalculation) {
  const auto id = create();

  const auto changed = store_->apply({to("submitted", id, 1), to("executing", id, 2)});

  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->at(0).status, "submitted");
  EXPECT_EQ(changed->at(1).status, "executing");
  EXPECT_EQ(changed->at(1).revision, 3);
}

TEST_P(StoreContract, OutputsGetIdsOfTheirOwn) {
  const auto id = create();
  auto complete = to("complete", id, 1);
  complete.outputs.push_back({0, 0, "hcurves", "Hazard Curves", {"csv", "xml", "npz"}, 10});
  complete.outputs.push_back({0, 0, "hmaps", "Hazard Maps", {}, -1});
  ASSERT_TRUE(store_->apply({complete}));

  const auto outputs = store_->outputs(id);

  ASSERT_TRUE(outputs);
  ASSERT_EQ(outputs->size(), 2u);
  EXPECT_LT(outputs->at(0).id, outputs->at(1).id);
  EXPECT_EQ(outputs->at(0).calculation_id, id);
  EXPECT_EQ(outputs->at(0).type, "hcurves");
  EXPECT_THAT(outputs->at(0).formats, ElementsAre("csv", "xml", "npz"));
  EXPECT_THAT(outputs->at(1).formats, IsEmpty());
  EXPECT_EQ(store_->output(outputs->at(1).id)->name, "Hazard Maps");
}

TEST_P(StoreContract, AnUnknownOutputIsNotFound) {
  const auto found = store_->output(999'999'999);

  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::not_found);
}

TEST_P(StoreContract, ListsTheNewestFirstUnlessAskedOtherwise) {
  const auto first = create(), second = create(), third = create();

  EXPECT_THAT(ids(store_->list({})), ElementsAre(third, second, first));
  EXPECT_THAT(ids(store_->list({.ascending = true})), ElementsAre(first, second, third));
  EXPECT_THAT(ids(store_->list({.limit = 1, .offset = 1})), ElementsAre(second));
  EXPECT_THAT(ids(store_->list({.limit = -1, .offset = 2})), ElementsAre(first));
  EXPECT_THAT(ids(store_->list({.limit = 0})), IsEmpty());
}

TEST_P(StoreContract, DeletedCalculationsAreNotListed) {
  const auto kept = create();
  create_in("deleted");

  EXPECT_THAT(ids(store_->list({})), ElementsAre(kept));
}

TEST_P(StoreContract, ListFiltersByKindModeRunningAndStart) {
  const auto parent = create_in("complete");
  const auto child = create_in("submitted", risk_of(parent));
  auto late = hazard();
  late.started_at = 500;
  const auto started = create_in("executing", late);

  EXPECT_THAT(ids(store_->list({.is_risk = true})), ElementsAre(child));
  EXPECT_THAT(ids(store_->list({.is_risk = false})), ElementsAre(started, parent));
  EXPECT_THAT(ids(store_->list({.is_running = true})), ElementsAre(started, child));
  EXPECT_THAT(ids(store_->list({.is_running = false})), ElementsAre(parent));
  EXPECT_THAT(ids(store_->list({.calculation_mode = "classical_risk"})), ElementsAre(child));
  EXPECT_THAT(ids(store_->list({.calculation_mode = "x' OR 1=1 --"})), IsEmpty());
  EXPECT_THAT(ids(store_->list({.started_since = 500})), ElementsAre(started));
  EXPECT_THAT(ids(store_->list({.is_risk = true, .started_since = 500})), IsEmpty());
}

TEST_P(StoreContract, UnfinishedAreThoseThatThisNodeHadBegun) {
  const std::string node = "this node";
  const auto created = create(hazard(node));
  const auto submitted = create_in("submitted", hazard(node));
  const auto executing = create_in("executing", hazard(node));
  create_in("complete", hazard(node));
  create_in("failed", hazard(node));
  create_in("executing", hazard("another node"));

  EXPECT_THAT(ids(store_->unfinished(node)), ElementsAre(created, submitted, executing));
}

TEST_P(StoreContract, ChildrenAreTheLivingCalculationsOnThisHazard) {
  const auto parent = create();
  const auto child = create(risk_of(parent));
  create_in("deleted", risk_of(parent));
  create(risk_of(child));

  EXPECT_THAT(*store_->children(parent), ElementsAre(child));
}

TEST_P(StoreContract, LogRangesAreHalfOpenAndZeroMeansToTheEnd) {
  const auto id = create();
  log(id, 5);

  const auto messages = [&](std::int64_t first, std::int64_t last) {
    std::vector<std::string> found;
    const auto rows = store_->log(id, first, last);
    for (const auto& row : *rows)
      found.push_back(row.message);
    return found;
  };
  EXPECT_THAT(messages(1, 3), ElementsAre("line 1", "line 2"));
  EXPECT_THAT(messages(3, 0), ElementsAre("line 3", "line 4"));
  EXPECT_THAT(messages(4, 100), ElementsAre("line 4"));
  EXPECT_THAT(messages(-5, 1), ElementsAre("line 0"));
  EXPECT_THAT(messages(3, 2), IsEmpty());
  EXPECT_THAT(messages(7, 0), IsEmpty());
}

TEST_P(StoreContract, LogRowsAreAppendedAndNeverRenumbered) {
  const auto id = create();
  log(id, 2);
  log(id, 1);

  const auto rows = store_->log(id, 0, 0);

  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ(rows->at(2).message, "line 0");
  EXPECT_EQ(rows->at(1).at, 1001);
  EXPECT_EQ(rows->at(1).level, "INFO");
  EXPECT_EQ(rows->at(1).process, "MainProcess/1");
  EXPECT_EQ(*store_->log_size(id), 3);
}

TEST_P(StoreContract, TheLogOfAnUnknownCalculationIsEmptyAndCannotBeWritten) {
  const auto refused = store_->append_log(999'999'999, {{1, "INFO", "p", "m"}});

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::not_found);
  EXPECT_THAT(*store_->log(999'999'999, 0, 0), IsEmpty());
  EXPECT_EQ(*store_->log_size(999'999'999), 0);
}

} // namespace
} // namespace oq::store
