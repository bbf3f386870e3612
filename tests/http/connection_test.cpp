// The connection's state machine over a socket pair, with a worker that only notes what it is
// asked.
#include "http/connection.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <unistd.h>

namespace oq::http {
namespace {

using namespace std::chrono_literals;
using State = Connection::State;

struct NotingHandler : Handler {
  void on_request(std::shared_ptr<const Request> request, Reply reply) override {
    requests.push_back(std::move(request));
    replies.push_back(std::move(reply));
  }
  std::vector<std::shared_ptr<const Request>> requests;
  std::vector<Reply> replies;
};

struct NotingWorker final : Worker {
  NotingWorker(const Limits& given, Handler& to) : Worker(given, to, "test", "/tmp") {}
  void watch(Connection&, Interest interest) override { watched = interest; }
  void release(Connection&) override { released = true; }
  Interest watched = Interest::read;
  bool released = false;
};

class ConnectionTest : public ::testing::Test {
protected:
  ConnectionTest() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair_), 0); }
  ~ConnectionTest() override {
    ::close(pair_[0]);
    ::close(pair_[1]);
  }

  void receive(std::string_view bytes) {
    ASSERT_EQ(::send(pair_[0], bytes.data(), bytes.size(), 0), ssize_t(bytes.size()));
    connection().on_readable();
  }
  Connection& connection() {
    if (!connection_)
      connection_ = std::make_unique<Connection>(worker_, pair_[1], 1);
    return *connection_;
  }
  std::string answer() {
    std::string text(1 << 20, '\0');
    const ssize_t got = ::recv(pair_[0], text.data(), text.size(), 0);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return text;
  }
  void pass(std::chrono::milliseconds time) {
    worker_.now += time;
    connection().on_tick();
  }

  const std::string get_ = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  int pair_[2] = {-1, -1};
  Limits limits_;
  NotingHandler handler_;
  NotingWorker worker_{limits_, handler_};
  std::unique_ptr<Connection> connection_;
};

TEST_F(ConnectionTest, WaitsForTheAnswerAndThenForTheNextRequest) {
  receive(get_);
  EXPECT_EQ(connection().state(), State::waiting);

  connection().on_reply(1, Response{204});

  EXPECT_EQ(connection().state(), State::reading_head);
  EXPECT_TRUE(answer().starts_with("HTTP/1.1 204 No Content\r\n"));
}

TEST_F(ConnectionTest, IgnoresAnswersToOtherRequests) {
  receive(get_);

  connection().on_reply(2, Response{200});
  connection().on_reply(0, Response{200});

  EXPECT_EQ(connection().state(), State::waiting);
  EXPECT_EQ(answer(), "");
}

TEST_F(ConnectionTest, HandsOverTheNextRequestOnlyAfterTheAnswer) {
  receive(get_ + get_);
  EXPECT_EQ(handler_.requests.size(), 1u);

  connection().on_reply(1, Response{200});

  EXPECT_EQ(handler_.requests.size(), 2u);
  EXPECT_EQ(connection().state(), State::waiting);
}

TEST_F(ConnectionTest, WatchesForWritingWhenTheSocketIsFull) {
  receive(get_);

  connection().on_reply(1, Response::text(200, std::string(10'000'000, 'x')));

  EXPECT_EQ(connection().state(), State::writing);
  EXPECT_EQ(worker_.watched, Interest::write);
  while (connection().state() == State::writing && !answer().empty())
    connection().on_writable();
  EXPECT_EQ(connection().state(), State::reading_head);
  EXPECT_EQ(worker_.watched, Interest::read);
}

TEST_F(ConnectionTest, StopsReadingAheadAtItsLimit) {
  receive(get_);

  for (int i = 0; i < 3; ++i)
    receive(std::string(30'000, 'x'));

  EXPECT_EQ(worker_.watched, Interest::none);
  EXPECT_EQ(connection().state(), State::waiting);
}

TEST_F(ConnectionTest, AnswersAfterTheClientHasFinishedSending) {
  receive(get_);
  ::shutdown(pair_[0], SHUT_WR);
  connection().on_readable();
  EXPECT_EQ(worker_.watched, Interest::none);

  connection().on_reply(1, Response{200});

  EXPECT_TRUE(answer().starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(worker_.released);
}

TEST_F(ConnectionTest, LingersAfterItsLastAnswer) {
  receive("nonsense\r\n\r\n");
  EXPECT_EQ(connection().state(), State::lingering);

  receive(get_);
  EXPECT_TRUE(handler_.requests.empty());
  pass(limits_.linger_time);

  EXPECT_TRUE(worker_.released);
}

TEST_F(ConnectionTest, EachStateHasItsDeadline) {
  receive("GET / HTT");
  pass(limits_.head_time - 1ms);
  EXPECT_EQ(connection().state(), State::reading_head);
  pass(1ms);
  EXPECT_TRUE(answer().starts_with("HTTP/1.1 408 "));
}

TEST_F(ConnectionTest, AnUnansweredRequestIsA504AndTheConnectionGoesOn) {
  receive(get_);
  pass(limits_.handler_time);

  EXPECT_TRUE(answer().starts_with("HTTP/1.1 504 "));
  EXPECT_EQ(connection().state(), State::reading_head);
  receive(get_);
  connection().on_reply(1, Response{200}); // late, for the first
  EXPECT_EQ(connection().state(), State::waiting);
}

TEST_F(ConnectionTest, ABodyMustAdvanceInEveryWindow) {
  receive("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");
  receive(std::string(40'000, 'x'));
  pass(limits_.progress_window);
  EXPECT_EQ(connection().state(), State::reading_body);

  receive("x");
  pass(limits_.progress_window);

  EXPECT_TRUE(answer().starts_with("HTTP/1.1 408 "));
}

TEST_F(ConnectionTest, DrainingEndsIdleConnectionsOnly) {
  receive(get_);
  worker_.draining = true;
  connection().drain();
  EXPECT_EQ(connection().state(), State::waiting);

  connection().on_reply(1, Response{200});

  EXPECT_NE(answer().find("Connection: close\r\n"), std::string::npos);
  EXPECT_EQ(connection().state(), State::lingering);
}

TEST_F(ConnectionTest, DrainingServesARequestThatHasArrivedUnread) {
  connection();
  ASSERT_EQ(::send(pair_[0], get_.data(), get_.size(), 0), ssize_t(get_.size()));

  connection().drain();

  EXPECT_EQ(connection().state(), State::waiting);
}

TEST_F(ConnectionTest, AResetWhileWaitingReleasesIt) {
  receive(get_);

  connection().on_hangup();

  EXPECT_TRUE(worker_.released);
}

} // namespace
} // namespace oq::http
