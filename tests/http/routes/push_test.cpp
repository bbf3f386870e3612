// How long a client waits and what it knows already, as it says it; and streams over a socket.
#include "http/routes/push.hpp"

#include "http/raw_client.hpp"
#include "http/routes/telemetry.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <future>

namespace oq::http {
namespace {

using namespace std::chrono_literals;

TEST(ReadWait, ReadsSinceAndSeconds) {
  const auto wait = read_wait("since=7&wait=2.5", 50s);
  ASSERT_TRUE(wait && *wait);
  EXPECT_EQ((*wait)->since, 7);
  EXPECT_EQ((*wait)->longest, 2500ms);
}

TEST(ReadWait, WaitsNoLongerThanTheServerAllows) {
  EXPECT_EQ((*read_wait("since=7&wait=1e9", 50s))->longest, 50s);
  EXPECT_EQ((*read_wait("since=7", 50s))->longest, 0s);
}

TEST(ReadWait, WithoutARevisionNobodyWaits) {
  EXPECT_FALSE(*read_wait("wait=10", 50s));
  EXPECT_FALSE(*read_wait("", 50s));
}

TEST(ReadWait, RefusesWhatIsNoNumber) {
  for (const auto* query : {"since=-1", "since=x", "since=1&wait=x", "since=1&wait=-2",
                            "since=1&wait=nan", "since=1&wait=inf", "since="}) {
    const auto wait = read_wait(query, 50s);
    ASSERT_FALSE(wait) << query;
    EXPECT_EQ(wait.error().code, Errc::invalid_input);
  }
}

TEST(ReadLastEvent, TheHeaderComesBeforeTheQuery) {
  EXPECT_EQ(read_last_event("12", "since=3"), 12);
  EXPECT_EQ(read_last_event("", "since=3"), 3);
  EXPECT_EQ(read_last_event("", ""), 0);
  EXPECT_EQ(read_last_event("strange", "since=3"), 0);
}

class EventSinkTest : public ::testing::Test {
protected:
  actors::EventSinkPtr open(testing::RawClient& client) {
    auto opened = sink_.get_future();
    EXPECT_TRUE(client.send(testing::get("/events")));
    return opened.get();
  }
  static actors::SharedText text(const char* of) { return std::make_shared<const std::string>(of); }

  RequestMeter meter_;
  std::optional<std::chrono::milliseconds> longest_;
  std::promise<actors::EventSinkPtr> sink_;
  std::unique_ptr<Server> server_ =
    testing::start([this](std::shared_ptr<const Request>, Reply reply) {
      sink_.set_value(event_sink(MeteredReply(std::move(reply), Action::events, meter_), longest_));
    });
  testing::RawClient client_{server_->port()};
};

TEST_F(EventSinkTest, StreamsEventsThatNobodyKeepsBack) {
  const auto sink = open(client_);
  EXPECT_TRUE(sink->push(text("data: 1\n\n")));
  sink->end(text("data: 2\n\n"));
  const auto head = client_.receive(true);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->header("Content-Type"), "text/event-stream; charset=utf-8");
  EXPECT_EQ(head->header("Cache-Control"), "no-store");
  EXPECT_EQ(head->header("X-Accel-Buffering"), "no");
  EXPECT_EQ(head->header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(client_.receive_to_end(), "9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n");
}

TEST_F(EventSinkTest, RefusesBeforeItBegins) {
  open(client_)->refuse(actors::error_answer({Errc::not_found, "no", {}}));
  EXPECT_EQ(client_.receive()->status, 404);
}

TEST_F(EventSinkTest, TellsAClientNotToComeAgain) {
  open(client_)->refuse({});
  EXPECT_EQ(client_.receive()->status, 204);
}

TEST_F(EventSinkTest, EndsAfterItsTimeWithTheReasonAndWithoutTheEvent) {
  longest_ = 0ms;
  const auto sink = open(client_);
  EXPECT_TRUE(sink->push(text("data: 1\n\n"))); // the client always gets what it came for
  EXPECT_FALSE(sink->push(text("data: 2\n\n")));
  EXPECT_TRUE(sink->is_gone());
  ASSERT_TRUE(client_.receive(true));
  const std::string end = "event: end\ndata: {\"reason\": \"say again who you are\"}\n\n";
  EXPECT_EQ(client_.receive_to_end(), "9\r\ndata: 1\n\n\r\n36\r\n" + end + "\r\n0\r\n\r\n");
}

TEST_F(EventSinkTest, KnowsWhetherItsClientIsThere) {
  const auto sink = open(client_);
  EXPECT_FALSE(sink->is_gone());
  EXPECT_TRUE(sink->is_ready());
  sink->push(text("x"));
  ASSERT_TRUE(client_.receive(true));
  client_.reset();
  while (!sink->is_gone())
    std::this_thread::yield();
  EXPECT_FALSE(sink->is_ready());
  EXPECT_FALSE(sink->push(text("y")));
}

} // namespace
} // namespace oq::http
