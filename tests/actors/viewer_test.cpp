// What a viewer sees in lists, and what is counted for them.
#include "actors/calculation_index.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace oq::actors {
namespace {

ViewerPtr viewer(const std::string& name, const std::vector<std::string>& colleagues = {},
                 bool superuser = false) {
  return std::make_shared<const Viewer>(Viewer{name, 0, superuser, colleagues});
}

// 1 and 2 of ann (2 is shared), 3 of bob, 4 of nobody's account.
CalculationIndex four() {
  CalculationIndex index;
  const auto put = [&](CalculationId id, const char* owner, const char* status) {
    store::CalculationRecord record;
    record.id = id;
    record.owner = owner;
    record.status = status;
    record.revision = 1;
    record.calculation_mode = "classical";
    index.put(record);
  };
  put(1, "ann", "complete");
  put(2, "ann", "shared");
  put(3, "bob", "executing");
  put(4, "ann@host", "complete");
  return index;
}

std::vector<std::int64_t> ids(const Answer& answer) {
  std::vector<std::int64_t> out;
  const auto items = boost::json::parse(*answer.body);
  for (const auto& item : items.as_array())
    out.push_back(item.at("id").as_int64());
  return out;
}

ListQuestion with_tag(const std::string& tag) {
  ListQuestion question;
  question.tag = tag;
  return question;
}

ListQuestion of_owners_like(const std::string& pattern) {
  ListQuestion question;
  question.owner_like = pattern;
  return question;
}

ListQuestion asked_by(ViewerPtr who) {
  ListQuestion question;
  question.viewer = std::move(who);
  return question;
}

using Ids = std::vector<std::int64_t>;

TEST(Viewer, SeesOwnCalculationsThoseOfColleaguesAndSharedOnes) {
  auto index = four();

  EXPECT_EQ(ids(index.list(asked_by(viewer("ann")))), (Ids{2, 1}));
  EXPECT_EQ(ids(index.list(asked_by(viewer("bob")))), (Ids{3, 2}));
  EXPECT_EQ(ids(index.list(asked_by(viewer("bob", {"ann", "bob"})))), (Ids{3, 2, 1}));
  EXPECT_EQ(ids(index.list(asked_by(viewer("eve")))), (Ids{2}));
}

TEST(Viewer, IsTheSuperuserOrNobodyAskedWhenEverythingIsSeen) {
  auto index = four();

  EXPECT_EQ(ids(index.list(asked_by(viewer("root", {}, true)))), (Ids{4, 3, 2, 1}));
  EXPECT_EQ(ids(index.list(asked_by(nullptr))), (Ids{4, 3, 2, 1}));
}

TEST(Viewer, IsToldOnlyHowManyTheySee) {
  auto index = four();
  auto question = asked_by(viewer("bob"));
  question.limit = 1;

  EXPECT_EQ(index.list(question).total, 2);
  EXPECT_EQ(ids(index.list(question)), (Ids{3}));
  question.offset = 1;
  EXPECT_EQ(ids(index.list(question)), (Ids{2}));
}

TEST(Viewer, OtherFiltersHoldForSharedOnesToo) {
  auto index = four();
  auto question = asked_by(viewer("bob"));
  question.is_running = true;

  EXPECT_EQ(ids(index.list(question)), (Ids{3}));
}

TEST(Viewer, GetsNoPageThatWasMadeForAnother) {
  auto index = four();
  index.list(asked_by(viewer("root", {}, true)));

  EXPECT_EQ(ids(index.list(asked_by(viewer("eve")))), (Ids{2}));
  EXPECT_EQ(ids(index.list(asked_by(viewer("ann")))), (Ids{2, 1}));
}

TEST(Viewer, SeesTheFoundingListsAlike) {
  auto index = four();
  auto question = asked_by(viewer("eve"));
  question.kind = ListKind::seed_hazard;
  question.base = std::make_shared<const std::string>("http://localhost");

  EXPECT_EQ(ids(index.list(question)), (Ids{2}));
}

TEST(Viewer, IsSomethingToEachCalculation) {
  const auto index = four();
  const auto bob = *viewer("bob", {"ann", "bob"});
  const auto eve = *viewer("eve");

  EXPECT_EQ(index.standing(3, bob).standing, Standing::owner);
  EXPECT_EQ(index.standing(1, bob).standing, Standing::colleague);
  EXPECT_EQ(index.standing(1, bob).owner, "ann");
  EXPECT_EQ(index.standing(2, eve).standing, Standing::onlooker);
  EXPECT_EQ(index.standing(1, eve).standing, Standing::hidden);
  EXPECT_EQ(index.standing(1, eve).owner, "");
  EXPECT_EQ(index.standing(5, eve).standing, Standing::unknown);
}

TEST(Viewer, OwnsWhatTheyOwnEvenAsSuperuser) {
  EXPECT_EQ(viewer("root", {}, true)->standing("root", false), Standing::owner);
  EXPECT_EQ(viewer("root", {}, true)->standing("ann", false), Standing::colleague);
}

TEST(Viewer, MayLeaveOutWhatIsOnlyShared) {
  auto index = four();
  auto question = asked_by(viewer("bob", {"bob"}));
  EXPECT_EQ(ids(index.list(question)), (std::vector<std::int64_t>{3, 2}));

  question.include_shared = false;

  EXPECT_EQ(ids(index.list(question)), (std::vector<std::int64_t>{3}));
}

TEST(CalculationIndexTags, ListsWhatHasTheWordAndMarksThePreferredOne) {
  auto index = four();
  const auto before = index.revision();
  index.put_tags({{.calculation_id = 1, .tag = "x"},
                  {.calculation_id = 1, .tag = "y"},
                  {.calculation_id = 3, .tag = "x", .preferred = true}});

  EXPECT_GT(index.revision(), before);
  EXPECT_EQ(ids(index.list(with_tag("x"))), (std::vector<std::int64_t>{3, 1}));
  EXPECT_EQ(index.list(with_tag("x")).total, 2);
  auto preferred = with_tag("x");
  preferred.preferred_only = true;
  const auto only = index.list(preferred);
  EXPECT_EQ(ids(only), (std::vector<std::int64_t>{3}));
  EXPECT_NE(only.body->find(R"("tags": ["x★"]})"), std::string::npos);
  EXPECT_EQ(index.list(with_tag("none")).total, 0);
}

TEST(CalculationIndexTags, WhatHasNoWordIsListedAsEver) {
  auto index = four();
  index.put_tags({{.calculation_id = 1, .tag = "x"}});

  EXPECT_EQ(index.list(of_owners_like("bob")).body->find("tags"), std::string::npos);
}

TEST(CalculationIndexOwners, AreFoundAsSqlFindsThem) {
  auto index = four();
  const auto found = [&](const char* pattern) {
    return index.list(of_owners_like(pattern)).total;
  };
  EXPECT_EQ(found("ANN"), 3) << "the host does not count";
  EXPECT_EQ(found("a%"), 3);
  EXPECT_EQ(found("%b"), 1);
  EXPECT_EQ(found("_o_"), 1);
  EXPECT_EQ(found("ann@%"), 1);
  EXPECT_EQ(found("%"), 4);
  EXPECT_EQ(found("%a%b%"), 0);
  EXPECT_EQ(found("an"), 0);
}

} // namespace
} // namespace oq::actors
