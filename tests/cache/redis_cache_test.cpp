// RedisCache against a real server: what is kept, what is newer, who hears of it.
#include "cache/redis_cache.hpp"

#include "cache/cache_calls.hpp"
#include "cache/key_schema.hpp"
#include "cache/open_cache.hpp"
#include "support/redis_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hiredis/hiredis.h>

#include <mutex>

namespace oq::cache {
namespace {

using ::testing::Contains;
using ::testing::Pair;

// Collects notices from the cache's thread.
class Notices {
public:
  void listen_to(SummaryCache& cache) {
    cache.on_change([this](std::int64_t id, std::int64_t revision) {
      const std::lock_guard lock(mutex_);
      seen_.emplace_back(id, revision);
    });
  }
  std::vector<std::pair<std::int64_t, std::int64_t>> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  bool has(std::int64_t id, std::int64_t revision) const {
    const auto all = seen();
    return std::find(all.begin(), all.end(), std::pair(id, revision)) != all.end();
  }

private:
  mutable std::mutex mutex_;
  std::vector<std::pair<std::int64_t, std::int64_t>> seen_;
};

class RedisCacheTest : public ::testing::Test {
protected:
  void SetUp() override {
    if (!oq::testing::RedisProcess::is_installed())
      GTEST_SKIP() << "redis-server is not installed: the cache is not tested against a real one";
    server_ = std::make_unique<oq::testing::RedisProcess>();
    cache_ = open();
  }
  std::unique_ptr<SummaryCache> open(const std::string& query = {}) const {
    // Patient: these tests are about what is kept, on machines that may be busy.
    const RedisTimings patient{.silence = kTooLong, .answer = kTooLong};
    auto cache = make_redis_cache(*parse_redis_url(server_->url() + query), patient);
    EXPECT_TRUE(eventually([&] {
      return cache->healthy();
    }));
    return cache;
  }
  // Sends a command to the server behind the cache's back.
  void redis(std::vector<const char*> command) const {
    auto* context = redisConnectUnix(server_->socket().c_str());
    freeReplyObject(
      redisCommandArgv(context, static_cast<int>(command.size()), command.data(), nullptr));
    redisFree(context);
  }

  std::unique_ptr<oq::testing::RedisProcess> server_;
  Notices notices_; // outlives the cache, which calls it
  std::unique_ptr<SummaryCache> cache_;
};

TEST_F(RedisCacheTest, WhatWasPutIsThere) {
  const std::string bytes("{\"id\": 42}\r\n\0$5", 16);

  EXPECT_TRUE(put(*cache_, {42, 7, bytes}));
  const auto summary = get(*cache_, 42);

  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->calculation_id, 42);
  EXPECT_EQ(summary->revision, 7);
  EXPECT_EQ(summary->bytes, bytes);
}

TEST_F(RedisCacheTest, WhatWasNeverPutIsNotThere) {
  EXPECT_FALSE(get(*cache_, 41));
}

TEST_F(RedisCacheTest, TheNewerRevisionWins) {
  EXPECT_TRUE(put(*cache_, {42, 9, "nine"}));
  EXPECT_FALSE(put(*cache_, {42, 8, "eight"}));
  EXPECT_TRUE(put(*cache_, {42, 9, "nine again"})) << "is there already, and lives longer";
  EXPECT_EQ(get(*cache_, 42)->bytes, "nine");

  EXPECT_TRUE(put(*cache_, {42, 10, "ten"}));
  EXPECT_EQ(get(*cache_, 42)->bytes, "ten");
}

TEST_F(RedisCacheTest, WhatWasRemovedIsNotThere) {
  ASSERT_TRUE(put(*cache_, {42, 9, "nine"}));

  cache_->remove(42);

  EXPECT_FALSE(get(*cache_, 42));
  EXPECT_TRUE(put(*cache_, {42, 1, "one"})) << "an old revision is new again";
}

TEST_F(RedisCacheTest, ASummaryThatIsTooLargeIsNotStored) {
  EXPECT_FALSE(put(*cache_, {42, 1, std::string(kLargestSummaryBytes + 1, 'x')}));
  EXPECT_TRUE(put(*cache_, {42, 1, std::string(kLargestSummaryBytes, 'x')}));
  EXPECT_EQ(get(*cache_, 42)->bytes.size(), kLargestSummaryBytes);
}

TEST_F(RedisCacheTest, OtherNodesHearOfAChangeOnce) {
  const auto other = open();
  notices_.listen_to(*cache_);
  ASSERT_TRUE(eventually([&] {
    return put(*other, {1, static_cast<std::int64_t>(notices_.seen().size()), ""})
           || notices_.has(1, 0);
  }));

  ASSERT_TRUE(put(*other, {42, 7, "x"}));
  EXPECT_TRUE(put(*other, {42, 7, "x"})) << "nothing new, but there";
  ASSERT_TRUE(put(*other, {43, 1, "x"}));

  EXPECT_TRUE(eventually([&] {
    return notices_.has(43, 1);
  }));
  const auto seen = notices_.seen();
  EXPECT_EQ(std::count(seen.begin(), seen.end(), std::pair<std::int64_t, std::int64_t>(42, 7)), 1);
}

TEST_F(RedisCacheTest, AThousandCallsAtOnceAreAllAnswered) {
  ASSERT_TRUE(put(*cache_, {42, 1, std::string(2000, 'x')}));
  std::vector<std::future<std::optional<Summary>>> answers;
  for (int i = 0; i < 1000; ++i)
    answers.push_back(get_async(*cache_, 42));

  int found = 0;
  for (auto& answer : answers)
    found += answer_of(std::move(answer)) ? 1 : 0;

  EXPECT_EQ(found, 1000);
}

TEST_F(RedisCacheTest, StrangeValuesCountAsAbsentAndAreReplaced) {
  const std::vector<std::vector<const char*>> strange = {
    {"SET", "oq:calc:42:summary", "a string"},
    {"LPUSH", "oq:calc:42:summary", "a", "list"},
    {"HSET", "oq:calc:42:summary", "revision", "x", "bytes", "y"},
    {"HSET", "oq:calc:42:summary", "bytes", "y"},
    {"HSET", "oq:calc:42:summary", "revision", "-3", "bytes", "y"},
  };
  for (const auto& command : strange) {
    redis({"DEL", "oq:calc:42:summary"});
    redis(command);

    EXPECT_FALSE(get(*cache_, 42)) << command[2];
    EXPECT_TRUE(put(*cache_, {42, 1, "ours"})) << command[2];
    EXPECT_EQ(get(*cache_, 42)->bytes, "ours");
  }
}

TEST_F(RedisCacheTest, StrangeNoticesAreIgnored) {
  notices_.listen_to(*cache_);
  ASSERT_TRUE(eventually([&] {
    redis({"PUBLISH", "oq:changed", "1 1"});
    return notices_.has(1, 1);
  }));

  redis({"PUBLISH", "oq:changed", "not a notice"});
  redis({"PUBLISH", "oq:changed", "5 5"});

  EXPECT_TRUE(eventually([&] {
    return notices_.has(5, 5);
  }));
  EXPECT_TRUE(cache_->healthy());
  for (const auto& [id, revision] : notices_.seen())
    EXPECT_TRUE(id == 0 || id == 1 || id == 5);
}

TEST_F(RedisCacheTest, UsesItsOwnDatabase) {
  const auto other = open("?db=3");
  ASSERT_TRUE(put(*other, {42, 1, "x"}));

  EXPECT_FALSE(get(*cache_, 42));
  EXPECT_TRUE(get(*other, 42));
}

TEST_F(RedisCacheTest, AWrongPasswordLeavesItUnhealthyAndAnswering) {
  redis({"CONFIG", "SET", "requirepass", "secret"});
  auto other = open_cache(server_->url());

  EXPECT_FALSE(get(**other, 42));
  EXPECT_FALSE((*other)->healthy());
}

TEST_F(RedisCacheTest, CallsThatWaitWhenItIsClosedAreAnswered) {
  std::vector<std::future<std::optional<Summary>>> answers;
  for (int i = 0; i < 500; ++i)
    answers.push_back(get_async(*cache_, i));
  cache_.reset();

  for (auto& answer : answers)
    EXPECT_EQ(answer.wait_for(std::chrono::seconds(0)), std::future_status::ready);
}

} // namespace
} // namespace oq::cache
