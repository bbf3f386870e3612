// Feeds alone: who knows what, who is told what, and who is let go.
#include "actors/feed.hpp"

#include "support/recording_event_sink.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

using oq::testing::RecordingEventSink;
using oq::testing::RecordingEventSinkPtr;
using Positions = std::vector<std::int64_t>;

RecordingEventSinkPtr listener() {
  return std::make_shared<RecordingEventSink>();
}

FeedPage page(std::int64_t position, const std::string& events, bool live = true) {
  return {.position = position, .live = live, .events = events};
}

Waiter waiter(std::chrono::seconds until = std::chrono::seconds(10)) {
  return {Question{}, nullptr, WaitClock::time_point(until)};
}

TEST(FeedPageText, ReadsBackWhatWasWritten) {
  const FeedPage written{
    .position = 12, .live = true, .more = true, .events = "id: 12\ndata: x\n\n"};
  const auto read = parse_feed(feed_text(written));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->position, 12);
  EXPECT_TRUE(read->live);
  EXPECT_TRUE(read->more);
  EXPECT_EQ(read->events, written.events);
  EXPECT_FALSE(parse_feed(feed_text({.position = 1}))->live);
}

TEST(FeedPageText, RefusesWhatIsSomethingElse) {
  for (const auto* text : {"", "{}", ": x live all\n\n", ": 1", ": 1 live all", "[]"})
    EXPECT_FALSE(parse_feed(text)) << text;
}

TEST(Feed, AsksOnceForAllWhoKnowTheSame) {
  Feed feed;
  feed.join(3, listener());
  feed.join(3, listener());
  feed.join(5, listener());
  EXPECT_EQ(feed.due(false), (Positions{3, 5}));
  EXPECT_EQ(feed.due(true), Positions{}) << "asked already";
}

TEST(Feed, TellsThoseWhoAskedAndMovesThemOn) {
  Feed feed;
  const auto first = listener(), second = listener();
  feed.join(3, first);
  feed.join(4, second);
  std::ignore = feed.due(false);
  feed.tell(3, page(4, "four"));
  EXPECT_EQ(first->text, "four");
  EXPECT_EQ(second->text, "");
  feed.tell(4, page(4, ""));
  feed.notice(5);
  EXPECT_EQ(feed.due(false), Positions{4}) << "they are together now";
  feed.tell(4, page(5, "five"));
  EXPECT_EQ(first->text, "fourfive");
  EXPECT_EQ(second->text, "five");
}

TEST(Feed, IsQuietUntilSomethingIsNoticed) {
  Feed feed;
  feed.join(3, listener());
  std::ignore = feed.due(false);
  feed.tell(3, page(3, ""));
  EXPECT_EQ(feed.due(false), Positions{});
  feed.notice(3);
  EXPECT_EQ(feed.due(false), Positions{}) << "known already";
  feed.notice(4);
  EXPECT_EQ(feed.due(false), Positions{3});
}

TEST(Feed, WhatIsNoticedWhileItAsksIsAskedForAfterwards) {
  Feed feed;
  feed.join(3, listener());
  std::ignore = feed.due(false);
  feed.notice(4);
  feed.tell(3, page(3, ""));
  EXPECT_EQ(feed.due(false), Positions{3});
}

TEST(Feed, ASlowReaderStaysWhereItIsAndMissesNothing) {
  Feed feed;
  const auto slow = listener(), quick = listener();
  feed.join(0, slow);
  feed.join(0, quick);
  std::ignore = feed.due(false);
  slow->reads = false;
  feed.tell(0, page(1, "one "));
  EXPECT_EQ(quick->text, "one ");
  EXPECT_EQ(slow->text, "");
  EXPECT_EQ(feed.due(true), Positions{1}) << "nobody is asked for who does not read";
  feed.tell(1, page(2, "two "));
  slow->reads = true;
  EXPECT_EQ(feed.due(false), (Positions{0, 2}));
  feed.tell(0, page(2, "one two "));
  EXPECT_EQ(slow->text, "one two ");
  EXPECT_EQ(quick->text, "one two ");
}

TEST(Feed, EndsWithTheLastStateOfAnEndedCalculation) {
  Feed feed;
  const auto last = listener();
  feed.join(5, last);
  std::ignore = feed.due(false);
  feed.tell(5, page(6, "six ", false));
  EXPECT_TRUE(last->ended);
  EXPECT_TRUE(last->text.starts_with("six event: end\n"));
  EXPECT_TRUE(feed.empty());
}

TEST(Feed, WhoHasGoneIsForgotten) {
  Feed feed;
  const auto gone = listener();
  feed.join(5, gone);
  gone->gone = true;
  feed.forget_gone();
  EXPECT_TRUE(feed.empty());
}

TEST(Feed, AWaiterIsReleasedByWhatIsNewer) {
  Feed feed;
  feed.wait(3, waiter());
  EXPECT_EQ(feed.due(false), Positions{3});
  EXPECT_TRUE(feed.tell(3, page(3, "")).empty());
  feed.notice(4);
  std::ignore = feed.due(false);
  EXPECT_EQ(feed.tell(3, page(4, "x")).size(), 1u);
  EXPECT_TRUE(feed.empty());
}

TEST(Feed, AWaiterIsReleasedWhenItsTimeIsOver) {
  Feed feed;
  feed.wait(3, waiter(std::chrono::seconds(1)));
  feed.wait(3, waiter(std::chrono::seconds(9)));
  EXPECT_EQ(feed.take_expired(WaitClock::time_point(std::chrono::seconds(5))).size(), 1u);
  EXPECT_FALSE(feed.empty());
}

TEST(Feed, AFailureReleasesWaitersAndKeepsListeners) {
  Feed feed;
  const auto kept = listener();
  feed.wait(3, waiter());
  feed.join(3, kept);
  std::ignore = feed.due(false);
  EXPECT_EQ(feed.fail(3).size(), 1u);
  EXPECT_EQ(feed.due(false), Positions{3});
  EXPECT_FALSE(kept->ended);
}

TEST(Feed, TheSameProgressIsToldOnce) {
  Feed feed;
  const auto one = listener();
  feed.join(3, one);
  feed.push_progress("{\"progress\": 0.5}");
  feed.push_progress("{\"progress\": 0.5}");
  EXPECT_EQ(one->text, "event: progress\ndata: {\"progress\": 0.5}\n\n");
}

} // namespace
} // namespace oq::actors
