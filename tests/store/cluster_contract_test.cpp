// What several nodes rely on: fencing, leases, claims, changes, inputs; in memory and on SQL.
#include "store/store_contract.hpp"

namespace oq::store {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ClusterContract : public StoreContract {
protected:
  Transition fenced_to(std::string status, CalculationId id, std::int64_t revision,
                       std::int64_t epoch) {
    auto transition = to(std::move(status), id, revision);
    transition.epoch = epoch;
    return transition;
  }
  NodeRecord node(const std::string& name) {
    const auto nodes = cluster_->nodes();
    for (const auto& each : *nodes)
      if (each.name == name)
        return each;
    ADD_FAILURE() << "no node " << name;
    return {};
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, ClusterContract, ::testing::ValuesIn(stores()),
                         [](const auto& store) {
                           return store.param;
                         });

TEST_P(ClusterContract, ANewCalculationIsAtEpochOne) {
  auto record = hazard();
  record.epoch = 7;

  EXPECT_EQ(store_->find(create(record))->epoch, 1);
}

TEST_P(ClusterContract, AnOwnersTransitionKeepsItsEpoch) {
  const auto id = create();

  const auto changed = store_->apply({fenced_to("executing", id, 1, 1)});

  ASSERT_TRUE(changed) << changed.error().text();
  EXPECT_EQ(changed->front().epoch, 1);
}

TEST_P(ClusterContract, ATransitionOfAnEarlierOwnerIsFencedWhateverTheRevision) {
  const auto id = create_in("executing", hazard("gone"));
  const auto incarnation = join("n1");
  ASSERT_EQ(ids(cluster_->claim("n1", incarnation, 10)), std::vector{id});

  for (const std::int64_t revision : {2, 3}) {
    const auto refused = store_->apply({fenced_to("complete", id, revision, 1)});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::fenced) << "revision " << revision;
  }
  EXPECT_EQ(store_->find(id)->status, "executing");
  EXPECT_TRUE(store_->apply({fenced_to("complete", id, 3, 2)}));
}

TEST_P(ClusterContract, LogRowsOfAnEarlierOwnerAreFenced) {
  const auto id = create_in("executing", hazard("gone"));
  ASSERT_TRUE(store_->append_log(id, {{1, "INFO", "p", "first"}}, 1));
  ASSERT_FALSE(cluster_->claim("n1", join("n1"), 10)->empty());

  const auto refused = store_->append_log(id, {{2, "INFO", "p", "late"}}, 1);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::fenced);
  EXPECT_TRUE(store_->append_log(id, {{3, "INFO", "p", "second"}}, 2));
  EXPECT_EQ(*store_->log_size(id), 2);
}

TEST_P(ClusterContract, EveryEnrolmentIsANewIncarnation) {
  EXPECT_EQ(*cluster_->enroll("n1", "a:1"), 1);
  EXPECT_EQ(*cluster_->enroll("n1", "b:2"), 2);
  EXPECT_EQ(*cluster_->enroll("n2", ""), 1);

  EXPECT_EQ(node("n1").incarnation, 2);
  EXPECT_EQ(node("n1").address, "b:2");
}

TEST_P(ClusterContract, ALeaseBeginsWithTheFirstRenewal) {
  const auto incarnation = *cluster_->enroll("n1", "");
  EXPECT_LE(node("n1").lease, 0ms);

  ASSERT_TRUE(cluster_->renew("n1", incarnation, 6s, R"({"cores": 4})"));

  EXPECT_GT(node("n1").lease, 1s);
  EXPECT_LE(node("n1").lease, 6s);
  EXPECT_EQ(node("n1").info, R"({"cores": 4})");
}

TEST_P(ClusterContract, AnEarlierIncarnationCanNeitherRenewNorRelease) {
  const auto first = join("n1");
  const auto second = join("n1");

  EXPECT_EQ(cluster_->renew("n1", first, 6s, "{}").error().code, Errc::fenced);
  EXPECT_EQ(cluster_->release("n1", first).error().code, Errc::fenced);
  EXPECT_EQ(cluster_->renew("nobody", 1, 6s, "{}").error().code, Errc::fenced);
  EXPECT_GT(node("n1").lease, 1s);
  EXPECT_TRUE(cluster_->renew("n1", second, 6s, "{}"));
}

TEST_P(ClusterContract, ALeaseEndsByTimeAndByRelease) {
  const auto first = join("n1");
  const auto second = join("n2");

  ASSERT_TRUE(cluster_->release("n2", second));
  EXPECT_LE(node("n2").lease, 0ms);
  let_time_pass(7s);
  EXPECT_LT(node("n1").lease, 0ms);
  EXPECT_TRUE(cluster_->renew("n1", first, 6s, "{}")) << "a lapse alone fences nobody";
  EXPECT_GT(node("n1").lease, 1s);
}

TEST_P(ClusterContract, AClaimTakesTheLiveCalculationsOfNodesWithoutALease) {
  const auto dead = join("dead");
  join("alive");
  const auto created = create(hazard("dead"));
  const auto submitted = create_in("submitted", hazard("dead"));
  const auto executing = create_in("executing", hazard("never enrolled"));
  create_in("complete", hazard("dead"));
  create_in("deleted", hazard("dead"));
  const auto theirs = create_in("executing", hazard("alive"));
  const auto me = join("me");
  EXPECT_THAT(ids(cluster_->claim("me", me, 10)), ElementsAre(executing));

  ASSERT_TRUE(cluster_->release("dead", dead));
  const auto claimed = cluster_->claim("me", me, 10);

  EXPECT_THAT(ids(claimed), ElementsAre(created, submitted));
  EXPECT_EQ(store_->find(theirs)->node, "alive");
}

TEST_P(ClusterContract, AClaimChangesTheOwnerAndNotTheState) {
  auto transition = to("executing", create(hazard("gone")), 1);
  transition.phase = "post_executing";
  transition.started_at = 42;
  const auto before = store_->apply({transition})->front();

  const auto claimed = cluster_->claim("me", join("me"), 10);

  ASSERT_TRUE(claimed) << claimed.error().text();
  ASSERT_EQ(claimed->size(), 1u);
  const auto& record = claimed->front();
  EXPECT_EQ(record.node, "me");
  EXPECT_EQ(record.epoch, 2);
  EXPECT_EQ(record.revision, before.revision + 1);
  EXPECT_GE(record.changed_at, before.changed_at);
  EXPECT_EQ(record.status, "executing");
  EXPECT_EQ(record.phase, "post_executing");
  EXPECT_EQ(record.started_at, 42);
  EXPECT_EQ(record.parameters, before.parameters);
  EXPECT_EQ(store_->find(record.id)->epoch, 2);
}

TEST_P(ClusterContract, AClaimTakesAtMostSoManyOldestFirst) {
  const auto first = create(hazard("gone")), second = create(hazard("gone")),
             third = create(hazard("gone"));
  const auto me = join("me");

  EXPECT_THAT(ids(cluster_->claim("me", me, 2)), ElementsAre(first, second));
  EXPECT_THAT(ids(cluster_->claim("me", me, 2)), ElementsAre(third));
  EXPECT_THAT(ids(cluster_->claim("me", me, 2)), IsEmpty());
}

TEST_P(ClusterContract, AClaimerWithoutALeaseGetsNothing) {
  const auto id = create(hazard("gone"));
  const auto enrolled = *cluster_->enroll("enrolled", "");
  const auto older = join("twice");
  join("twice");
  const auto late = join("late");
  let_time_pass(7s);

  EXPECT_THAT(ids(cluster_->claim("enrolled", enrolled, 10)), IsEmpty());
  EXPECT_THAT(ids(cluster_->claim("twice", older, 10)), IsEmpty());
  EXPECT_THAT(ids(cluster_->claim("late", late, 10)), IsEmpty());
  EXPECT_THAT(ids(cluster_->claim("unknown", 1, 10)), IsEmpty());
  EXPECT_THAT(ids(cluster_->reclaim("late", late)), IsEmpty());
  EXPECT_EQ(store_->find(id)->node, "gone");
}

TEST_P(ClusterContract, ReclaimTakesWhatAnEarlierIncarnationLeftUnfinished) {
  join("me");
  const auto created = create(hazard("me"));
  const auto executing = create_in("executing", hazard("me"));
  create_in("failed", hazard("me"));
  create_in("executing", hazard("gone"));
  const auto me = join("me");

  const auto reclaimed = cluster_->reclaim("me", me);

  EXPECT_THAT(ids(reclaimed), ElementsAre(created, executing));
  EXPECT_EQ(reclaimed->back().epoch, 2);
  EXPECT_EQ(reclaimed->back().revision, 3);
  EXPECT_EQ(reclaimed->back().status, "executing");
}

TEST_P(ClusterContract, HoldsOnlyForTheOwnerAtItsEpoch) {
  const auto id = create_in("executing", hazard("gone"));
  EXPECT_TRUE(*cluster_->holds(id, "gone", 1));
  ASSERT_FALSE(cluster_->claim("me", join("me"), 10)->empty());

  EXPECT_FALSE(*cluster_->holds(id, "gone", 1));
  EXPECT_FALSE(*cluster_->holds(id, "me", 1));
  EXPECT_TRUE(*cluster_->holds(id, "me", 2));
  EXPECT_FALSE(*cluster_->holds(999'999, "me", 1));
}

TEST_P(ClusterContract, EveryWriteShowsInWhatChanged) {
  const auto first = create(), second = create();
  const auto since = store_->find(second)->changed_at;
  ASSERT_TRUE(store_->apply({to("deleted", first, 1)}));

  const auto changes = store_->changed_since(since, 100);

  ASSERT_TRUE(changes) << changes.error().text();
  // Not always the last one: rows written within one tick of the clock come in order of id.
  const auto written = std::ranges::find(changes->records, first, &CalculationRecord::id);
  ASSERT_NE(written, changes->records.end());
  EXPECT_EQ(written->status, "deleted");
  EXPECT_EQ(written->revision, 2);
  EXPECT_GE(written->changed_at, since);
  EXPECT_GE(changes->now, written->changed_at);
  EXPECT_TRUE(std::ranges::is_sorted(changes->records, {}, &CalculationRecord::changed_at));
  EXPECT_THAT(store_->changed_since(changes->now + 1, 100)->records, IsEmpty());
}

TEST_P(ClusterContract, ALimitOfChangesNeverCutsBetweenRowsOfOneTime) {
  for (int i = 0; i < 3; ++i)
    create(hazard("gone"));
  ASSERT_EQ(cluster_->claim("me", join("me"), 10)->size(), 3u);

  std::set<CalculationId> seen;
  std::int64_t at = 0;
  for (int reads = 0; reads < 10; ++reads) {
    const auto changes = store_->changed_since(at, 1);
    if (changes->records.empty())
      break;
    for (const auto& record : changes->records)
      seen.insert(record.id);
    at = changes->records.back().changed_at + 1;
  }
  EXPECT_EQ(seen.size(), 3u);
}

TEST_P(ClusterContract, SummariesComeInPagesWithoutWhatIsLarge) {
  const auto first = create(), second = create_in("complete");
  create_in("deleted");
  const auto last = create(risk_of(first));

  const auto page = store_->summaries(0, 2);

  ASSERT_TRUE(page) << page.error().text();
  EXPECT_THAT(ids(page), ElementsAre(first, second));
  EXPECT_THAT(ids(store_->summaries(second, 2)), ElementsAre(last));
  EXPECT_THAT(ids(store_->summaries(last, 2)), IsEmpty());
  EXPECT_EQ(page->front().parameters, "");
  EXPECT_EQ(page->front().description, hazard().description);
  EXPECT_EQ(page->back().revision, 2);
}

TEST_P(ClusterContract, InputsComeBackByteByByte) {
  const auto id = create();
  std::string large(5'000'000, '\0');
  for (std::size_t i = 0; i < large.size(); ++i)
    large[i] = static_cast<char>(i * 2654435761u >> 13);
  ASSERT_TRUE(store_->put_inputs(id, "source_model.xml", large));
  ASSERT_TRUE(store_->put_inputs(id, "empty", ""));
  ASSERT_TRUE(store_->put_inputs(id, "deep/job.ini", "old"));
  ASSERT_TRUE(store_->put_inputs(id, "deep/job.ini", "[general]\n"));

  const auto inputs = store_->get_inputs(id);

  ASSERT_TRUE(inputs) << inputs.error().text();
  ASSERT_EQ(inputs->size(), 3u);
  EXPECT_EQ(inputs->at(0).name, "deep/job.ini");
  EXPECT_EQ(inputs->at(0).bytes, "[general]\n");
  EXPECT_EQ(inputs->at(1).bytes, "");
  EXPECT_EQ(inputs->at(2).name, "source_model.xml");
  EXPECT_TRUE(inputs->at(2).bytes == large);
}

TEST_P(ClusterContract, InputsStayUntilTheCalculationEnds) {
  const auto id = create();
  ASSERT_TRUE(store_->put_inputs(id, "job.ini", "x"));
  ASSERT_TRUE(store_->apply({to("executing", id, 1)}));
  EXPECT_EQ(store_->get_inputs(id)->size(), 1u);

  ASSERT_TRUE(store_->apply({to("complete", id, 2)}));

  EXPECT_THAT(*store_->get_inputs(id), IsEmpty());
}

TEST_P(ClusterContract, InputsOfAnUnknownCalculationAreRefused) {
  EXPECT_EQ(store_->put_inputs(999'999, "job.ini", "x").error().code, Errc::not_found);
  EXPECT_THAT(*store_->get_inputs(999'999), IsEmpty());
}

} // namespace
} // namespace oq::store
