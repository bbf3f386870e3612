// RedisCache while its server dies, freezes and comes back: every call is answered, and it
// recovers.
#include "cache/cache_calls.hpp"
#include "cache/open_cache.hpp"
#include "cache/redis_cache.hpp"
#include "support/redis_process.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace oq::cache {
namespace {

using Duration = std::chrono::steady_clock::duration;

// Calls without pause from its own thread and remembers the slowest answer.
class Caller {
public:
  explicit Caller(SummaryCache& cache)
    : cache_(cache), thread_([this] {
        call();
      }) {}
  ~Caller() { stop(); }
  void stop() {
    stopping_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  // Calls answered so far with a summary, and with nothing.
  int found() const { return found_; }
  int nothing() const { return nothing_; }
  Duration slowest() const { return Duration(slowest_.load()); }

private:
  void call() {
    while (!stopping_) {
      const auto begin = std::chrono::steady_clock::now();
      const bool is_there = get(cache_, 42).has_value();
      ++(is_there ? found_ : nothing_);
      const auto took = (std::chrono::steady_clock::now() - begin).count();
      slowest_ = std::max(slowest_.load(), took);
    }
  }

  SummaryCache& cache_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> found_ = 0, nothing_ = 0;
  std::atomic<Duration::rep> slowest_ = 0;
  std::thread thread_;
};

class RedisFailure : public ::testing::Test {
protected:
  void SetUp() override {
    if (!oq::testing::RedisProcess::is_installed())
      GTEST_SKIP() << "redis-server is not installed: its failures are not tested";
    server_ = std::make_unique<oq::testing::RedisProcess>();
    cache_ = std::move(*open_cache(server_->url()));
    cache_->on_change([this](std::int64_t id, std::int64_t) {
      lost_notices_ += id == 0 ? 1 : 0;
    });
    ASSERT_TRUE(eventually([&] {
      return put(*cache_, {42, 1, "x"});
    }));
  }
  bool stores_again() {
    return eventually([&] {
      return put(*cache_, {42, ++revision_, "x"});
    });
  }

  std::atomic<int> lost_notices_ = 0;
  std::int64_t revision_ = 1;
  std::unique_ptr<oq::testing::RedisProcess> server_;
  std::unique_ptr<SummaryCache> cache_;
};

// A machine under load may stretch a deadline; a call that waits for the server waits for ever.
constexpr auto kAnswered = RedisTimings{}.answer * 20;

TEST_F(RedisFailure, KilledWhileCallsRunAndStartedAgain) {
  Caller caller(*cache_);
  ASSERT_TRUE(eventually([&] {
    return caller.found() > 100;
  }));

  server_->kill();
  ASSERT_TRUE(eventually([&] {
    return caller.nothing() > 100;
  }));
  EXPECT_FALSE(cache_->healthy());
  server_->start();

  EXPECT_TRUE(stores_again());
  const auto found = caller.found();
  EXPECT_TRUE(eventually([&] {
    return caller.found() > found + 100;
  }));
  caller.stop();
  EXPECT_LT(caller.slowest(), kAnswered);
}

TEST_F(RedisFailure, FrozenWhileCallsRunAndThawed) {
  Caller caller(*cache_);
  ASSERT_TRUE(eventually([&] {
    return caller.found() > 100;
  }));

  server_->freeze();
  ASSERT_TRUE(eventually([&] {
    return caller.nothing() > 100;
  }));
  EXPECT_FALSE(cache_->healthy());
  server_->thaw();

  EXPECT_TRUE(stores_again());
  caller.stop();
  EXPECT_LT(caller.slowest(), kAnswered);
}

TEST_F(RedisFailure, ManyCallsIntoAFrozenServerAreAllAnswered) {
  server_->freeze();
  std::vector<std::future<std::optional<Summary>>> answers;
  for (int i = 0; i < 5000; ++i)
    answers.push_back(get_async(*cache_, 42));

  for (auto& answer : answers)
    EXPECT_FALSE(answer_of(std::move(answer)));
  server_->thaw();
}

TEST_F(RedisFailure, TellsThatNoticesMayBeLostEachTimeItIsBack) {
  ASSERT_TRUE(eventually([&] {
    return lost_notices_ > 0;
  }))
    << "the first subscription";

  server_->kill();
  const int before_restart = lost_notices_;
  server_->start();
  EXPECT_TRUE(eventually([&] {
    return lost_notices_ > before_restart;
  }));

  ASSERT_TRUE(eventually([&] {
    return cache_->healthy();
  }));
  server_->freeze(); // nobody calls: the heartbeat notices it
  EXPECT_TRUE(eventually([&] {
    return !cache_->healthy();
  }));
  const int before_thaw = lost_notices_;
  server_->thaw();
  EXPECT_TRUE(eventually([&] {
    return lost_notices_ > before_thaw;
  }));
}

TEST_F(RedisFailure, ACacheMayBeOpenedBeforeItsServer) {
  server_->kill();
  auto early = open_cache(server_->url());
  ASSERT_TRUE(early);
  EXPECT_FALSE(get(**early, 42));

  server_->start();

  EXPECT_TRUE(eventually([&] {
    return put(**early, {43, 1, "x"});
  }));
}

TEST_F(RedisFailure, BeyondTheBoundCallsAreAnsweredAtOnce) {
  server_->freeze();
  std::atomic<int> answered = 0;
  for (int i = 0; i < 3 * kMostCalls; ++i)
    cache_->get(42, [&](const std::optional<Summary>& summary) {
      EXPECT_FALSE(summary);
      ++answered;
    });

  EXPECT_TRUE(eventually([&] {
    return answered == 3 * kMostCalls;
  }));
  server_->thaw();
}

} // namespace
} // namespace oq::cache
