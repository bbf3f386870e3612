// Those who wait for news, with a directory, calculations and an archive behind the herald.
#include "actors/herald.hpp"

#include "support/directory_fixture.hpp"
#include "support/recording_event_sink.hpp"

namespace oq::actors {
namespace {

using namespace std::chrono_literals;
using oq::testing::RecordingEventSinkPtr;

class HeraldTest : public DirectoryFixture {
protected:
  void begin_all() {
    begin();
    herald_ = owned(system().spawn(herald, HeraldPeers{calculations_, catalog_}));
    tell(catalog_, observe_atom::value, ListObserver(herald_));
  }
  RecordingEventSinkPtr watched(CalculationId id, std::int64_t since = 0,
                                QuestionKind kind = QuestionKind::events) {
    const auto sink = std::make_shared<oq::testing::RecordingEventSink>();
    tell(herald_, watch_atom::value, Question{kind, id, base(), since}, EventSinkPtr(sink));
    return sink;
  }
  RecordingEventSinkPtr watched_list(std::int64_t since = 0) {
    const auto sink = std::make_shared<oq::testing::RecordingEventSink>();
    tell(herald_, watch_atom::value, ListQuestion{}, since, EventSinkPtr(sink));
    return sink;
  }
  // On behalf of one who sees only what is shared.
  oq::testing::RecordingSinkPtr eve_waited(std::int64_t since) {
    const auto sink = new_sink();
    ListQuestion question;
    question.viewer = std::make_shared<const Viewer>(Viewer{.name = "eve", .colleagues = {"eve"}});
    tell(herald_, wait_atom::value, question, Wait{since, 10s}, SinkPtr(sink));
    return sink;
  }
  oq::testing::RecordingSinkPtr waited(CalculationId id, std::int64_t since,
                                       std::chrono::milliseconds longest = 10s) {
    const auto sink = new_sink();
    tell(herald_, wait_atom::value, Question{QuestionKind::status, id, base()},
         Wait{since, longest}, SinkPtr(sink));
    return sink;
  }
  // The herald looks at the clock every kHeraldTick.
  void pass(std::chrono::milliseconds time) {
    for (auto passed = 0ms; passed < time; passed += kHeraldTick)
      advance(kHeraldTick);
  }
  Herald herald_;
};

TEST_F(HeraldTest, TellsEveryStateOfALifeOnceAndInOrder) {
  begin_all();
  submit();
  const auto early = watched(1);
  add_worker();
  ASSERT_EQ(status(1), "complete");
  EXPECT_EQ(early->ids(), "1 2 3 4 5 6");
  EXPECT_TRUE(early->ended);
  EXPECT_TRUE(early->has("retry: 2000"));
  EXPECT_TRUE(early->has("event: end"));
}

TEST_F(HeraldTest, WhoComesLateIsToldWhatWasBefore) {
  begin_all();
  add_worker();
  submit();
  ASSERT_EQ(status(1), "complete");
  const auto late = watched(1), again = watched(1, 4);
  EXPECT_EQ(late->ids(), "1 2 3 4 5 6");
  EXPECT_EQ(again->ids(), "5 6");
  EXPECT_TRUE(again->ended);
}

TEST_F(HeraldTest, WhoKnowsTheEndNeedNotComeAgain) {
  begin_all();
  add_worker();
  submit();
  const auto again = watched(1, 6);
  ASSERT_TRUE(again->refusal);
  EXPECT_EQ(again->refusal->code, Errc::none);
  EXPECT_EQ(again->text, "");
}

TEST_F(HeraldTest, RefusesAnUnknownCalculation) {
  begin_all();
  const auto sink = watched(99);
  ASSERT_TRUE(sink->refusal);
  EXPECT_EQ(sink->refusal->code, Errc::not_found);
}

TEST_F(HeraldTest, WhoSeesNothingOfOthersWaitsThroughTheirChanges) {
  begin_all();
  add_worker();
  const auto first = eve_waited(0);
  ASSERT_TRUE(first->answered());
  const auto known = static_cast<std::int64_t>(first->answer().revision);
  submit();
  const auto later = eve_waited(known), before = eve_waited(known);
  submit();
  EXPECT_FALSE(later->answered());
  commanded(1, Command::share);
  EXPECT_TRUE(later->answered() && before->answered());
  EXPECT_GT(static_cast<std::int64_t>(later->answer().revision), known);
  const auto expired = eve_waited(static_cast<std::int64_t>(later->answer().revision));
  pass(11s);
  EXPECT_TRUE(expired->answered());
}

TEST_F(HeraldTest, TellsTheLogRowByRow) {
  begin_all();
  submit();
  const auto log = watched(1, 0, QuestionKind::log_events);
  add_worker();
  pass(1s);
  const auto rows = store.tables()->logs[1].size();
  ASSERT_GT(rows, 2u);
  EXPECT_TRUE(log->has("id: " + std::to_string(rows) + "\nevent: log\ndata: [\""));
  EXPECT_TRUE(log->ended);
  const auto rest = watched(1, static_cast<std::int64_t>(rows) - 1, QuestionKind::log_events);
  EXPECT_EQ(rest->ids(), std::to_string(rows));
}

TEST_F(HeraldTest, TellsProgressWhileItRuns) {
  begin_all();
  submit();
  const auto sink = watched(1);
  pass(1s);
  EXPECT_TRUE(sink->has("event: progress\ndata: {\"status\": \"executing\""));
}

TEST_F(HeraldTest, AClientThatKnowsTheFirstStateIsGivenTheNext) {
  begin_all();
  add_worker();
  submit();
  std::string seen;
  for (std::int64_t since = 1; since < 6;) {
    const auto sink = waited(1, since);
    ASSERT_TRUE(sink->answered());
    since = static_cast<std::int64_t>(sink->answer().revision);
    seen += std::to_string(since);
  }
  EXPECT_EQ(seen, "23456");
}

TEST_F(HeraldTest, AClientWaitsUntilThereIsSomethingNewer) {
  begin_all();
  submit();
  const auto now = static_cast<std::int64_t>(asked(1)->answer().revision);
  const auto sink = waited(1, now);
  EXPECT_FALSE(sink->answered());
  add_worker();
  EXPECT_TRUE(sink->answered());
}

TEST_F(HeraldTest, AClientWaitsNoLongerThanItSays) {
  begin_all();
  submit();
  const auto now = static_cast<std::int64_t>(asked(1)->answer().revision);
  const auto sink = waited(1, now, 1s);
  pass(500ms);
  EXPECT_FALSE(sink->answered());
  pass(1s);
  ASSERT_TRUE(sink->answered());
  EXPECT_EQ(static_cast<std::int64_t>(sink->answer().revision), now);
}

TEST_F(HeraldTest, WaitingForAnUnknownCalculationIsAnsweredAtOnce) {
  begin_all();
  EXPECT_EQ(waited(99, 3)->code(), Errc::not_found);
}

TEST_F(HeraldTest, TellsChangesOfTheList) {
  begin_all();
  const auto list = watched_list();
  submit();
  EXPECT_TRUE(list->has("event: calculation\ndata: {\"id\": 1, \"revision\": 1"));
  add_worker();
  EXPECT_TRUE(list->has("\"status\": \"complete\""));
  EXPECT_FALSE(list->ended);
}

TEST_F(HeraldTest, AListThatIsWaitedForComesWithTheChange) {
  begin_all();
  const auto sink = new_sink();
  ListQuestion question;
  question.base = base();
  tell(catalog_, list_atom::value, question, SinkPtr(sink));
  const auto waiting = new_sink();
  tell(herald_, wait_atom::value, question,
       Wait{static_cast<std::int64_t>(sink->answer().revision), 10s}, SinkPtr(waiting));
  EXPECT_FALSE(waiting->answered());
  submit();
  ASSERT_TRUE(waiting->answered());
  EXPECT_NE(waiting->body().find("\"id\": 1"), std::string::npos);
}

TEST_F(HeraldTest, ListenersHearThatTheyAreNotForgotten) {
  begin_all();
  submit();
  const auto one = watched(1), list = watched_list();
  pass(15s);
  EXPECT_TRUE(one->has(": still here"));
  EXPECT_TRUE(list->has(": still here"));
}

TEST_F(HeraldTest, ANodeThatStopsLetsEverybodyGo) {
  begin_all();
  submit();
  const auto now = static_cast<std::int64_t>(asked(1)->answer().revision);
  const auto waiting = waited(1, now);
  const auto one = watched(1), list = watched_list();
  tell(herald_, drain_atom::value);
  EXPECT_TRUE(waiting->answered());
  EXPECT_TRUE(one->ended);
  EXPECT_TRUE(list->has("the server is stopping"));
  EXPECT_TRUE(watched(1)->ended) << "who comes now is told what there is, and no more";
  EXPECT_TRUE(waited(1, now)->answered());
}

} // namespace
} // namespace oq::actors
