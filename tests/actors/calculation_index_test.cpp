// Order, filters and pages of the lists.
#include "actors/calculation_index.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace oq::actors {
namespace {

store::CalculationRecord record(CalculationId id, const char* status = "complete",
                                bool is_risk = false, std::int64_t revision = 1) {
  store::CalculationRecord out;
  out.id = id;
  out.status = status;
  out.revision = revision;
  out.is_risk = is_risk;
  out.calculation_mode = is_risk ? "classical_risk" : "classical";
  out.started_at = id * 1'000'000;
  return out;
}

// 1 hazard complete, 2 risk complete, 3 hazard executing, 4 hazard failed.
CalculationIndex four() {
  CalculationIndex index;
  index.put(record(3, "executing"));
  index.put(record(1));
  index.put(record(4, "failed"));
  index.put(record(2, "complete", true));
  return index;
}

std::vector<std::int64_t> ids(const Answer& answer) {
  std::vector<std::int64_t> out;
  const auto items = boost::json::parse(*answer.body);
  for (const auto& item : items.as_array())
    out.push_back(item.as_object().at("id").as_int64());
  return out;
}

ListQuestion question(ListKind kind = ListKind::modern) {
  ListQuestion out;
  out.kind = kind;
  out.base = std::make_shared<const std::string>("http://localhost:8000");
  return out;
}

using Ids = std::vector<std::int64_t>;

TEST(CalculationIndex, TheModernListIsNewestFirst) {
  EXPECT_EQ(ids(four().list(question())), (Ids{4, 3, 2, 1}));
}

TEST(CalculationIndex, TheSeedListsAreOldestFirstAndOfOneKind) {
  auto index = four();
  EXPECT_EQ(ids(index.list(question(ListKind::seed_hazard))), (Ids{1, 3, 4}));
  EXPECT_EQ(ids(index.list(question(ListKind::seed_risk))), (Ids{2}));
}

TEST(CalculationIndex, AnEmptyListIsAnEmptyArray) {
  EXPECT_EQ(*CalculationIndex().list(question()).body, "[]");
}

TEST(CalculationIndex, SeedItemsHaveFourMembers) {
  const auto parsed = boost::json::parse(*four().list(question(ListKind::seed_risk)).body);
  const auto& items = parsed.as_array();
  EXPECT_EQ(items[0].as_object().size(), 4u);
  EXPECT_EQ(items[0].as_object().at("url"), "http://localhost:8000/v1/calc/risk/2");
}

TEST(CalculationIndex, IsOrderedByWhatIsAskedForAndThenById) {
  auto index = four();
  auto by_status = question();
  by_status.order = ListOrder::status;
  EXPECT_EQ(ids(index.list(by_status)), (Ids{4, 3, 2, 1})) << "failed, executing, complete";
  by_status.ascending = true;
  EXPECT_EQ(ids(index.list(by_status)), (Ids{1, 2, 3, 4}));
  by_status.limit = 2;
  by_status.offset = 1;
  EXPECT_EQ(ids(index.list(by_status)), (Ids{2, 3}));
  EXPECT_EQ(index.list(by_status).total, 4);
  auto by_mode = question();
  by_mode.order = ListOrder::calculation_mode;
  EXPECT_EQ(ids(index.list(by_mode)), (Ids{2, 4, 3, 1}));
  by_mode.offset = 9;
  EXPECT_EQ(ids(index.list(by_mode)), Ids{});
}

TEST(CalculationIndex, ItsRevisionGrowsWithEveryChangeAndFollowsTheStore) {
  auto index = four();
  const auto before = index.revision();
  EXPECT_FALSE(index.put(record(4, "failed"))) << "known";
  EXPECT_EQ(index.revision(), before);
  auto changed = record(4, "deleted", false, 2);
  changed.changed_at = 1'795'391'605'430'800;
  EXPECT_TRUE(index.put(changed));
  EXPECT_EQ(index.revision(), changed.changed_at);
  EXPECT_TRUE(index.put(record(5)));
  EXPECT_EQ(index.revision(), changed.changed_at + 1);
  EXPECT_EQ(index.list(question()).revision, static_cast<std::uint64_t>(index.revision()));
}

TEST(CalculationIndex, ARevisionTellsNothingOfWhatItsViewerDoesNotSee) {
  const auto owned = [](CalculationId id, const char* owner, const char* status,
                        std::int64_t revision = 1) {
    auto out = record(id, status, false, revision);
    out.owner = owner;
    return out;
  };
  CalculationIndex index;
  auto eves = question();
  eves.viewer = std::make_shared<const Viewer>(Viewer{.name = "eve", .colleagues = {"eve"}});
  index.put(owned(1, "eve", "complete"));
  const auto before = index.list(eves).revision;
  index.put(owned(2, "ann", "executing"));
  index.put(owned(2, "ann", "complete", 2));
  index.put_tags({{2, "hers", false}});
  EXPECT_EQ(index.list(eves).revision, before);
  EXPECT_LT(before, index.list(question()).revision);
  index.put(owned(2, "ann", "shared", 3));
  const auto shared = index.list(eves).revision;
  EXPECT_LT(before, shared);
  index.put_tags({{2, "hers", true}});
  const auto tagged = index.list(eves).revision;
  EXPECT_LT(shared, tagged);
  index.put(owned(2, "ann", "complete", 4));
  EXPECT_LT(tagged, index.list(eves).revision) << "it is gone for eve";
}

TEST(CalculationIndex, FiltersCombine) {
  auto index = four();
  auto running = question();
  running.is_running = true;
  EXPECT_EQ(ids(index.list(running)), (Ids{3}));
  auto mode = question();
  mode.calculation_mode = "classical";
  mode.is_running = false;
  EXPECT_EQ(ids(index.list(mode)), (Ids{4, 1}));
  mode.calculation_mode = "no such mode";
  EXPECT_EQ(ids(index.list(mode)), Ids{});
  auto since = question();
  since.started_since = 3'000'000;
  EXPECT_EQ(ids(index.list(since)), (Ids{4, 3}));
}

TEST(CalculationIndex, PagesWithLimitOffsetAndDirection) {
  auto index = four();
  auto page = question();
  page.limit = 2;
  page.offset = 1;
  EXPECT_EQ(ids(index.list(page)), (Ids{3, 2}));
  EXPECT_EQ(index.list(page).total, 4);
  page.ascending = true;
  EXPECT_EQ(ids(index.list(page)), (Ids{2, 3}));
  page.offset = 99;
  EXPECT_EQ(ids(index.list(page)), Ids{});
  page.offset = -5;
  page.limit = -1;
  EXPECT_EQ(ids(index.list(page)), (Ids{1, 2, 3, 4}));
}

TEST(CalculationIndex, TheModernListStopsAtAHundredUnlessTold) {
  CalculationIndex index;
  for (int id = 1; id <= 120; ++id)
    index.put(record(id));
  EXPECT_EQ(ids(index.list(question())).size(), 100u);
  EXPECT_EQ(ids(index.list(question(ListKind::seed_hazard))).size(), 120u);
}

TEST(CalculationIndex, AnUnchangedPageKeepsItsBytes) {
  auto index = four();
  const auto first = index.list(question());
  EXPECT_EQ(index.list(question()).body.get(), first.body.get());
  index.put(record(5));
  EXPECT_NE(index.list(question()).body.get(), first.body.get());
  EXPECT_GT(index.list(question()).revision, first.revision);
}

TEST(CalculationIndex, OlderRevisionsDoNotComeBack) {
  CalculationIndex index;
  index.put(record(1, "complete", false, 5));
  index.put(record(1, "executing", false, 4));
  auto running = question();
  running.is_running = true;
  EXPECT_EQ(ids(index.list(running)), Ids{});
}

TEST(CalculationIndex, ADeletedOneLeavesForGood) {
  auto index = four();
  index.put(record(2, "deleted", true, 2));
  index.put(record(2, "complete", true, 1));
  EXPECT_EQ(ids(index.list(question())), (Ids{4, 3, 1}));
}

TEST(CalculationIndex, AnItemIsTheStatusObjectOfItsCalculation) {
  auto risk = record(7, "executing", true, 3);
  risk.phase = "post_processing";
  risk.description = "dwellings \"A\"";
  risk.owner = "somebody@example.org";
  risk.hazard_calculation_id = 6;
  risk.size_bytes = 3'145'728;
  CalculationIndex index(Vocabulary::seed_strict);
  index.put(risk);
  const std::string base = "http://localhost:8000";

  EXPECT_EQ(*index.list(question()).body, "[" + status_text(risk).with(base) + "]");
  EXPECT_EQ(*index.list(question(ListKind::seed_risk)).body,
            "[" + seed_item_text(risk, Vocabulary::seed_strict).with(base) + "]");
}

TEST(CalculationIndex, AFilteredListPagesTheSameInBothDirections) {
  CalculationIndex index;
  for (int id = 1; id <= 30; ++id)
    index.put(record(id, id % 3 == 0 ? "executing" : "complete"));
  auto page = question();
  page.is_running = true;
  page.limit = 3;
  page.offset = 2;
  EXPECT_EQ(ids(index.list(page)), (Ids{24, 21, 18}));
  EXPECT_EQ(index.list(page).total, 10);
  page.ascending = true;
  EXPECT_EQ(ids(index.list(page)), (Ids{9, 12, 15}));
  page.offset = 9;
  EXPECT_EQ(ids(index.list(page)), (Ids{30}));
}

TEST(CalculationIndex, CalculationsComeInAnyOrder) {
  CalculationIndex index;
  for (const int id : {5, 2, 9, 1, 7})
    index.put(record(id));
  index.put(record(5, "deleted", false, 2));
  index.put(record(2, "failed", false, 2));
  EXPECT_EQ(ids(index.list(question())), (Ids{9, 7, 2, 1}));
  EXPECT_EQ(index.size(), 4u);
}

} // namespace
} // namespace oq::actors
