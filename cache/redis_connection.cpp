// RedisConnection: the states of one connection over hiredis's reader and formatter.
#include "cache/redis_connection.hpp"

#include <algorithm>
#include <poll.h>
#include <sys/socket.h>
#include <utility>

namespace oq::cache {
namespace {

constexpr std::size_t kMostOutputBytes = 32 << 20;

bool is_message(const redisReply& reply) {
  return reply.type == REDIS_REPLY_ARRAY && reply.elements == 3 && reply.element[0]
         && reply.element[0]->type == REDIS_REPLY_STRING
         && std::string_view(reply.element[0]->str, reply.element[0]->len) == "message";
}

} // namespace

RedisConnection::RedisConnection(RedisAddress address, const RedisTimings& timings,
                                 std::string channel, OnMessage on_message)
  : address_(std::move(address)), timings_(timings), channel_(std::move(channel)),
    on_message_(std::move(on_message)), backoff_(timings.first_backoff) {}

RedisConnection::~RedisConnection() {
  lose(Clock::now());
}

int RedisConnection::descriptor() const {
  return context_ ? context_->fd : -1;
}

short RedisConnection::wanted_events() const {
  if (state_ == State::connecting)
    return POLLOUT;
  const bool has_output = context_ && sdslen(context_->obuf) > 0;
  return static_cast<short>(POLLIN | (has_output ? POLLOUT : 0));
}

void RedisConnection::send(const Command& command, OnReply on_reply, TimePoint deadline) {
  if (state_ != State::up || sdslen(context_->obuf) > kMostOutputBytes)
    return on_reply(nullptr);
  append(command, std::move(on_reply), deadline, Clock::now());
}

void RedisConnection::append(const Command& command, OnReply on_reply, TimePoint deadline,
                             TimePoint now) {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  for (const auto& text : command) {
    texts.push_back(text.data());
    lengths.push_back(text.size());
  }
  if (redisAppendCommandArgv(context_, static_cast<int>(texts.size()), texts.data(), lengths.data())
      != REDIS_OK)
    return on_reply(nullptr);
  if (calls_.empty())
    progress_ = now; // the silence begins with the question
  calls_.push_back({std::move(on_reply), deadline});
}

void RedisConnection::connect(TimePoint now) {
  context_ = address_.socket.empty() ? redisConnectNonBlock(address_.host.c_str(), address_.port)
                                     : redisConnectUnixNonBlock(address_.socket.c_str());
  state_ = State::connecting;
  progress_ = now;
  if (!context_ || context_->err)
    return lose(now);
  limit_arrays(*context_);
}

void RedisConnection::finish_connecting(TimePoint now) {
  int failure = 0;
  socklen_t size = sizeof failure;
  if (::getsockopt(context_->fd, SOL_SOCKET, SO_ERROR, &failure, &size) != 0 || failure != 0)
    return lose(now);
  greet(now);
}

// A frozen server lets itself be connected to; only one that answers is up.
void RedisConnection::greet(TimePoint now) {
  state_ = State::greeting;
  greeting_refused_ = false;
  std::vector<Command> greeting;
  if (!address_.password.empty() && !address_.user.empty())
    greeting.push_back({"AUTH", address_.user, address_.password});
  else if (!address_.password.empty())
    greeting.push_back({"AUTH", address_.password});
  if (address_.database != 0)
    greeting.push_back({"SELECT", std::to_string(address_.database)});
  greeting.push_back(channel_.empty() ? Command{"PING"} : Command{"SUBSCRIBE", channel_});
  greetings_left_ = static_cast<int>(greeting.size());
  for (const auto& command : greeting)
    append(
      command,
      [this](const redisReply* reply) {
        greeted(reply);
      },
      now + timings_.silence, now);
}

void RedisConnection::greeted(const redisReply* reply) {
  --greetings_left_;
  greeting_refused_ = greeting_refused_ || !reply || is_error(reply);
}

void RedisConnection::come_up(TimePoint now) {
  state_ = State::up;
  backoff_ = timings_.first_backoff;
  progress_ = now;
  if (on_up_)
    on_up_();
}

// Everybody who waits is told that there will be no answer.
void RedisConnection::lose(TimePoint now) {
  state_ = State::down;
  next_attempt_ = now + backoff_;
  backoff_ = std::min(backoff_ * 2, timings_.longest_backoff);
  if (auto* context = std::exchange(context_, nullptr))
    redisFree(context);
  for (auto calls = std::exchange(calls_, {}); auto& call : calls)
    if (call.on_reply)
      call.on_reply(nullptr);
}

void RedisConnection::handle(short events, TimePoint now) {
  if (state_ == State::connecting && events != 0)
    finish_connecting(now);
  if (state_ == State::down || state_ == State::connecting)
    return;
  if (events & (POLLIN | POLLHUP | POLLERR))
    read(now);
  int done = 0;
  if (context_ && (events & POLLOUT) && redisBufferWrite(context_, &done) != REDIS_OK)
    lose(now);
}

void RedisConnection::read(TimePoint now) {
  if (redisBufferRead(context_) != REDIS_OK)
    return lose(now);
  while (context_) {
    void* raw = nullptr;
    if (redisGetReplyFromReader(context_, &raw) != REDIS_OK)
      return lose(now);
    const RedisReply reply(static_cast<redisReply*>(raw));
    if (!reply && context_->reader->len > kLargestReplyBytes)
      return lose(now);
    if (!reply)
      return;
    take(*reply, now);
  }
}

void RedisConnection::take(const redisReply& reply, TimePoint now) {
  progress_ = now;
  if (!channel_.empty() && is_message(reply)) {
    if (const auto payload = texts_of(&reply).back(); payload && on_message_)
      on_message_(*payload);
    return;
  }
  if (calls_.empty())
    return lose(now); // an answer that nobody asked for: not the protocol we speak
  const auto call = std::move(calls_.front());
  calls_.pop_front();
  if (call.on_reply)
    call.on_reply(&reply);
  if (state_ == State::greeting && greeting_refused_)
    return lose(now);
  if (state_ == State::greeting && greetings_left_ == 0)
    come_up(now);
}

TimePoint RedisConnection::silence_ends() const {
  return progress_ + timings_.silence;
}

void RedisConnection::end_overdue(TimePoint now) {
  for (auto& call : calls_) {
    if (call.deadline > now)
      return;
    if (auto on_reply = std::exchange(call.on_reply, {}))
      on_reply(nullptr);
  }
}

void RedisConnection::advance(TimePoint now) {
  if (state_ == State::down) {
    if (now >= next_attempt_)
      connect(now);
    return;
  }
  const bool waits = state_ != State::up || !calls_.empty();
  if (waits && now >= silence_ends())
    return lose(now);
  if (state_ == State::up)
    end_overdue(now);
  if (state_ == State::up && calls_.empty() && now >= progress_ + timings_.heartbeat)
    append(
      {"PING"}, [](const redisReply*) {}, now + timings_.silence, now);
}

TimePoint RedisConnection::next_time() const {
  if (state_ == State::down)
    return next_attempt_;
  if (state_ == State::up && calls_.empty())
    return progress_ + timings_.heartbeat;
  const auto waiting = std::find_if(calls_.begin(), calls_.end(), [](const Call& call) {
    return static_cast<bool>(call.on_reply);
  });
  return waiting == calls_.end() ? silence_ends() : std::min(silence_ends(), waiting->deadline);
}

} // namespace oq::cache
