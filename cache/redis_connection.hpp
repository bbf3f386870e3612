// RedisConnection: one connection that never blocks, is given up when it is silent, and comes back
// by itself.
#pragma once

#include "cache/key_schema.hpp"
#include "cache/redis_address.hpp"
#include "cache/redis_cache.hpp"
#include "cache/redis_reply.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <string>

namespace oq::cache {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

// hiredis's own asynchronous context has no time-outs in 0.14 and asserts on unexpected replies;
// this uses its reader and formatter only. Serves one thread, which polls `descriptor()` and calls
// `handle` and `advance`.
class RedisConnection {
public:
  // A null reply: there will be none.
  using OnReply = std::function<void(const redisReply*)>;
  using OnMessage = std::function<void(const std::string& payload)>;

  // With a channel the connection subscribes to it, and `on_message` is called for each message.
  RedisConnection(RedisAddress address, const RedisTimings& timings, std::string channel = {},
                  OnMessage on_message = {});
  ~RedisConnection();
  RedisConnection(const RedisConnection&) = delete;
  RedisConnection& operator=(const RedisConnection&) = delete;

  // Called each time the server has answered its greeting (and the subscription stands).
  void on_up(std::function<void()> call) { on_up_ = std::move(call); }
  bool is_up() const { return state_ == State::up; }
  // Answers nothing to every call; `advance` connects again later.
  void close() { lose(Clock::now()); }

  // Sends when up, otherwise answers nothing at once. Answers nothing at `deadline` at the latest.
  void send(const Command& command, OnReply on_reply, TimePoint deadline);

  int descriptor() const; // -1 while there is none
  short wanted_events() const;
  void handle(short events, TimePoint now);

  // Connects, gives up, sends heartbeats and ends overdue calls, as the time demands.
  void advance(TimePoint now);
  // When `advance` has something to do next.
  TimePoint next_time() const;

private:
  enum class State { down, connecting, greeting, up };
  struct Call {
    OnReply on_reply; // empty: answered already, the reply is swallowed
    TimePoint deadline;
  };

  void connect(TimePoint now);
  void greet(TimePoint now);
  void greeted(const redisReply* reply);
  void come_up(TimePoint now);
  void lose(TimePoint now);
  void finish_connecting(TimePoint now);
  void read(TimePoint now);
  void take(const redisReply& reply, TimePoint now);
  void append(const Command& command, OnReply on_reply, TimePoint deadline, TimePoint now);
  void end_overdue(TimePoint now);
  TimePoint silence_ends() const;

  RedisAddress address_;
  RedisTimings timings_;
  std::string channel_;
  OnMessage on_message_;
  std::function<void()> on_up_;

  State state_ = State::down;
  redisContext* context_ = nullptr;
  std::deque<Call> calls_; // sent or in the output buffer, in order
  int greetings_left_ = 0; // replies to await before the connection is up
  bool greeting_refused_ = false;
  TimePoint progress_;       // of the state, or the last reply
  TimePoint next_attempt_{}; // while down
  Milliseconds backoff_;
};

} // namespace oq::cache
