// RedisCache: the thread that owns both connections, and the bounded queue in front of it.
#include "cache/redis_cache.hpp"

#include "cache/redis_connection.hpp"

#include <atomic>
#include <csignal>
#include <mutex>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>

namespace oq::cache {
namespace {

// A call on its way to the thread. `on_reply` gets a null reply when there is no answer.
struct Request {
  Command command;
  RedisConnection::OnReply on_reply;
  TimePoint deadline;
};

class RedisCache : public SummaryCache {
public:
  RedisCache(const RedisAddress& address, const RedisTimings& timings);
  ~RedisCache() override;

  void get(std::int64_t calculation_id, Answer answer) override;
  void put(const Summary& summary, Done done) override;
  void remove(std::int64_t calculation_id) override;
  void on_change(Notice notice) override;
  bool healthy() const override { return healthy_.load(std::memory_order_relaxed); }

private:
  void ask(Command command, RedisConnection::OnReply on_reply);
  void wake() const;
  void run();
  void poll_once();
  void send_requests();
  void publish_notice(std::int64_t calculation_id, std::int64_t revision);

  std::atomic<bool> healthy_ = false;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> unanswered_ = 0;
  Milliseconds answer_time_;
  int wake_descriptor_;
  std::mutex mutex_; // of what follows
  std::vector<Request> requests_;
  Notice notice_;
  RedisConnection commands_; // used by the thread only, as is the next
  RedisConnection notices_;  // a subscribed connection takes no other commands
  std::thread thread_;
};

RedisCache::RedisCache(const RedisAddress& address, const RedisTimings& timings)
  : answer_time_(timings.answer), wake_descriptor_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
    commands_(address, timings),
    notices_(address, timings, kChangedChannel, [this](const std::string& message) {
      if (const auto notice = read_notice(message))
        publish_notice(notice->calculation_id, notice->revision);
    }) {
  notices_.on_up([this] {
    publish_notice(0, 0);
  });
  thread_ = std::thread([this] {
    run();
  });
}

RedisCache::~RedisCache() {
  stopping_ = true;
  wake();
  thread_.join();
  ::close(wake_descriptor_);
}

void RedisCache::get(std::int64_t calculation_id, Answer answer) {
  ask(get_command(calculation_id),
      [calculation_id, answer = std::move(answer)](const redisReply* reply) {
        answer(read_summary(calculation_id, texts_of(reply)));
      });
}

void RedisCache::put(const Summary& summary, Done done) {
  // An empty command is not sent: too large to be shared.
  ask(summary.bytes.size() > kLargestSummaryBytes ? Command{} : put_command(summary),
      [done = std::move(done)](const redisReply* reply) {
        done(integer_of(reply) == 1);
      });
}

void RedisCache::remove(std::int64_t calculation_id) {
  ask(remove_command(calculation_id), [](const redisReply*) {});
}

void RedisCache::on_change(Notice notice) {
  const std::lock_guard lock(mutex_);
  notice_ = std::move(notice);
}

void RedisCache::publish_notice(std::int64_t calculation_id, std::int64_t revision) {
  Notice notice;
  {
    const std::lock_guard lock(mutex_);
    notice = notice_;
  }
  if (notice)
    notice(calculation_id, revision);
}

void RedisCache::ask(Command command, RedisConnection::OnReply on_reply) {
  if (unanswered_.fetch_add(1) >= kMostCalls) {
    --unanswered_;
    return on_reply(nullptr);
  }
  Request request{std::move(command),
                  [this, on_reply = std::move(on_reply)](const redisReply* reply) {
                    --unanswered_;
                    on_reply(reply);
                  },
                  Clock::now() + answer_time_};
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    is_first = requests_.empty();
    requests_.push_back(std::move(request));
  }
  if (is_first)
    wake();
}

void RedisCache::wake() const {
  const std::uint64_t one = 1;
  std::ignore = ::write(wake_descriptor_, &one, sizeof one);
}

void RedisCache::run() {
  // hiredis writes without MSG_NOSIGNAL: a lost connection must not end the process.
  sigset_t all;
  sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
  while (!stopping_) {
    const auto now = Clock::now();
    commands_.advance(now);
    notices_.advance(now);
    healthy_.store(commands_.is_up(), std::memory_order_relaxed);
    send_requests();
    poll_once();
  }
  healthy_ = false;
  commands_.close(); // answers what waits, while all that answers need is alive
  notices_.close();
  std::vector<Request> rest;
  {
    const std::lock_guard lock(mutex_);
    rest.swap(requests_);
  }
  for (const auto& request : rest)
    request.on_reply(nullptr);
}

void RedisCache::send_requests() {
  std::vector<Request> requests;
  {
    const std::lock_guard lock(mutex_);
    requests.swap(requests_);
  }
  for (auto& request : requests) {
    if (request.command.empty())
      request.on_reply(nullptr);
    else
      commands_.send(request.command, std::move(request.on_reply), request.deadline);
  }
}

void RedisCache::poll_once() {
  const auto next = std::min(commands_.next_time(), notices_.next_time());
  const auto wait = std::chrono::ceil<Milliseconds>(next - Clock::now()).count();
  pollfd polled[] = {{wake_descriptor_, POLLIN, 0},
                     {commands_.descriptor(), commands_.wanted_events(), 0},
                     {notices_.descriptor(), notices_.wanted_events(), 0}};
  if (::poll(polled, std::size(polled), static_cast<int>(std::max<long>(wait, 0))) <= 0)
    return;
  if (polled[0].revents) {
    std::uint64_t count = 0;
    std::ignore = ::read(wake_descriptor_, &count, sizeof count);
  }
  const auto now = Clock::now();
  if (polled[1].revents)
    commands_.handle(polled[1].revents, now);
  if (polled[2].revents)
    notices_.handle(polled[2].revents, now);
}

} // namespace

std::unique_ptr<SummaryCache> make_redis_cache(const RedisAddress& address,
                                               const RedisTimings& timings) {
  return std::make_unique<RedisCache>(address, timings);
}

} // namespace oq::cache
