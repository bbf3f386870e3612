// Changes of the list: filters, places, and who was away for too long.
#include "actors/list_feed.hpp"

#include "support/recording_event_sink.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

using oq::testing::RecordingEventSink;

std::shared_ptr<RecordingEventSink> listener() {
  return std::make_shared<RecordingEventSink>();
}

RecordPtr record(CalculationId id, const std::string& mode = "classical") {
  auto out = std::make_shared<store::CalculationRecord>();
  out->id = id;
  out->status = "executing";
  out->calculation_mode = mode;
  out->revision = 1;
  return out;
}

ListQuestion of_mode(const std::string& mode) {
  ListQuestion question;
  question.calculation_mode = mode;
  return question;
}

ListWaiter waiter(ListQuestion question = {}) {
  return {std::move(question), nullptr, WaitClock::time_point(std::chrono::seconds(1))};
}

TEST(ListFeed, TellsEveryChangeOnceAndInOrder) {
  ListFeed feed(10);
  feed.begin(100);
  const auto one = listener();
  feed.join({}, 0, one);
  feed.add(101, record(1));
  feed.add(101, record(2)); // two of one clock tick have places of their own all the same
  feed.add(105, record(1));
  EXPECT_EQ(one->ids(), "100 101 102 105");
  EXPECT_TRUE(one->has("event: ready\ndata: {\"revision\": 100}"));
  EXPECT_TRUE(one->has("event: calculation\ndata: {\"id\": 2, "));
}

RecordPtr owned(CalculationId id, const std::string& owner, const std::string& status) {
  auto out = std::make_shared<store::CalculationRecord>();
  out->id = id;
  out->owner = owner;
  out->status = status;
  return out;
}

ListQuestion eves() {
  ListQuestion question;
  question.viewer = std::make_shared<const Viewer>(Viewer{.name = "eve", .colleagues = {"eve"}});
  return question;
}

TEST(ListFeed, TellsNobodyOfWhatTheyDoNotSee) {
  ListFeed feed(10);
  feed.begin(100);
  const auto eve = listener();
  feed.join_restricted(eves(), 0, 90, eve);
  feed.wait(waiter(eves()));
  EXPECT_TRUE(feed.add(101, owned(1, "ann", "complete")).empty());
  EXPECT_EQ(feed.add(102, owned(1, "ann", "shared")).size(), 1u);
  feed.add(103, owned(2, "eve", "created"));
  EXPECT_EQ(eve->ids(), "90 102 103");
  EXPECT_TRUE(eve->has("event: ready\ndata: {\"revision\": 90}"));
}

TEST(ListFeed, WhatOthersDidMeanwhileResetsNobodyWhoDoesNotSeeIt) {
  ListFeed feed(2);
  feed.begin(100);
  for (int i = 1; i <= 4; ++i)
    feed.add(100 + i, owned(i, "ann", "complete"));
  feed.begin(110); // of words on calculations
  const auto up_to_date = listener(), late = listener();
  feed.join_restricted(eves(), 90, 90, up_to_date);
  feed.join_restricted(eves(), 80, 90, late);
  feed.add(120, owned(9, "eve", "created"));
  EXPECT_EQ(up_to_date->ids(), "120");
  EXPECT_EQ(late->ids(), "90 120");
  EXPECT_TRUE(late->has("event: reset\ndata: {\"revision\": 90}"));
}

TEST(ListFeed, GoesOnWhereAClientHasBeen) {
  ListFeed feed(10);
  feed.begin(100);
  feed.add(101, record(1));
  feed.add(102, record(2));
  const auto again = listener();
  feed.join({}, 101, again);
  EXPECT_EQ(again->ids(), "102");
}

TEST(ListFeed, WhoWasAwayForTooLongIsToldToReadTheList) {
  ListFeed feed(2);
  feed.begin(100);
  for (int i = 1; i <= 4; ++i)
    feed.add(100 + i, record(i));
  const auto late = listener();
  feed.join({}, 101, late);
  EXPECT_TRUE(late->has("id: 104\nevent: reset\ndata: {\"revision\": 104}"));
  EXPECT_EQ(late->ids(), "104");
}

TEST(ListFeed, WhoComesFromAnEarlierProcessIsToldToReadTheList) {
  ListFeed feed(10);
  feed.begin(100);
  const auto old = listener();
  feed.join({}, 90, old);
  EXPECT_EQ(old->ids(), "100");
  EXPECT_TRUE(old->has("event: reset"));
}

TEST(ListFeed, TellsOnlyWhatTheFiltersLetThrough) {
  ListFeed feed(10);
  feed.begin(100);
  const auto risk = listener();
  feed.join(of_mode("classical_risk"), 0, risk);
  feed.add(101, record(1));
  feed.add(102, record(2, "classical_risk"));
  EXPECT_EQ(risk->ids(), "100 102");
}

TEST(ListFeed, WhoDidNotReadIsToldWhenItDoes) {
  ListFeed feed(10);
  feed.begin(100);
  const auto slow = listener();
  feed.join({}, 0, slow);
  slow->reads = false;
  feed.add(101, record(1));
  EXPECT_EQ(slow->ids(), "100");
  slow->reads = true;
  feed.catch_up();
  EXPECT_EQ(slow->ids(), "100 101");
}

TEST(ListFeed, AChangeReleasesThoseWhomItConcerns) {
  ListFeed feed(10);
  feed.begin(100);
  EXPECT_TRUE(feed.wait(100, waiter()));
  EXPECT_TRUE(feed.wait(100, waiter(of_mode("scenario"))));
  EXPECT_EQ(feed.add(101, record(1)).size(), 1u);
  EXPECT_FALSE(feed.wait(100, waiter())) << "there is something newer already";
}

TEST(ListFeed, TimeReleasesTheOthers) {
  ListFeed feed(10);
  EXPECT_TRUE(feed.wait(0, waiter()));
  EXPECT_TRUE(feed.take_expired(WaitClock::time_point{}).empty());
  EXPECT_EQ(feed.take_expired(WaitClock::time_point(std::chrono::seconds(2))).size(), 1u);
  EXPECT_TRUE(feed.empty());
}

} // namespace
} // namespace oq::actors
