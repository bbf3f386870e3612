// What a calculation tells those who know its states up to some revision.
#include "actors/history.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

RecordPtr state(std::int64_t revision, const char* status, const char* phase = "") {
  auto record = std::make_shared<store::CalculationRecord>();
  record->id = 7;
  record->status = status;
  record->phase = phase;
  record->revision = revision;
  return record;
}

History life() {
  History history;
  history.add(state(1, "created"), {.fraction = 0.0});
  history.add(state(2, "submitted"), {.fraction = 0.0});
  history.add(state(3, "executing", "executing"), {.fraction = 0.25, .seconds_left = 12.0});
  return history;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(History, TellsWhoKnowsNothingEverything) {
  const auto page = life().page(0);
  EXPECT_EQ(page.position, 3);
  EXPECT_TRUE(page.live);
  EXPECT_TRUE(page.events.starts_with("id: 1\nevent: state\ndata: {\"id\": 7, \"revision\": 1, "
                                      "\"status\": \"created\""));
  EXPECT_TRUE(has(page.events, "id: 2\n"));
  EXPECT_TRUE(
    has(page.events, "\"phase\": \"executing\", \"progress\": 0.25, \"seconds_left\": 12"));
}

TEST(History, TellsOthersWhatTheyDoNotKnow) {
  const auto page = life().page(2);
  EXPECT_EQ(page.position, 3);
  EXPECT_TRUE(page.events.starts_with("id: 3\n"));
  EXPECT_EQ(life().page(3).events, "");
  EXPECT_EQ(life().page(3).position, 3);
}

TEST(History, ARevisionIsToldOnce) {
  auto history = life();
  history.add(state(3, "failed"), {});
  EXPECT_EQ(history.page(2).position, 3);
  EXPECT_FALSE(has(history.page(0).events, "failed"));
}

TEST(History, EndsWithAnEnd) {
  auto history = life();
  history.add(state(4, "failed"), {});
  EXPECT_FALSE(history.page(0).live);
}

TEST(History, GivesTheStateThatCameNext) {
  auto history = life();
  ASSERT_TRUE(history.next(1));
  EXPECT_EQ(history.next(1)->record().revision, 2);
  EXPECT_FALSE(history.next(2)) << "that is the last, which its owner has";
  EXPECT_FALSE(history.next(9));
}

TEST(History, KeepsTheNewestOnly) {
  History history;
  for (int revision = 1; revision <= 100; ++revision)
    history.add(state(revision, "executing"), {});
  EXPECT_TRUE(history.page(0).events.starts_with("id: 37\n"));
}

TEST(LastStatePage, IsEmptyForWhoKnowsIt) {
  const auto record = state(5, "complete");
  EXPECT_EQ(last_state_page(*record, 5).events, "");
  EXPECT_TRUE(has(last_state_page(*record, 4).events, "\"progress\": 1.0"));
  EXPECT_FALSE(last_state_page(*record, 4).live);
}

} // namespace
} // namespace oq::actors
