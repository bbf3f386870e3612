// Which results get a file, and what a disk that refuses costs.
#include "actors/result_keeper.hpp"

#include "support/fake_engine.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

using namespace std::chrono_literals;

// Every file takes some time.
class SlowResults : public oq::testing::FakeKeptResults {
public:
  SlowResults(oq::testing::EngineScriptPtr script, Instant& now, std::chrono::milliseconds time)
    : FakeKeptResults(std::move(script)), now_(now), time_(time) {}
  Result<void> keep(std::size_t task, const engine::TaskResult& result) override {
    now_ += time_;
    return FakeKeptResults::keep(task, result);
  }

private:
  Instant& now_;
  std::chrono::milliseconds time_;
};

class ResultKeeperTest : public ::testing::Test {
protected:
  ResultKeeper keeper(std::chrono::milliseconds write_time = 0ms) {
    return {std::make_unique<SlowResults>(script, now, write_time),
            [this] {
              return now;
            },
            [this](engine::LogLevel, const std::string& message) {
              warnings.push_back(message);
            }};
  }

  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  Instant now{};
  std::vector<std::string> warnings;
  const engine::TaskResult result{{1.0}, {}};
};

TEST_F(ResultKeeperTest, KeepsWhatComesAfterTheFirstTwoSeconds) {
  auto keep = keeper();
  now += 1900ms;
  keep.offer(0, result);
  EXPECT_TRUE(script->kept.empty());
  now += 200ms;
  keep.offer(1, result);
  EXPECT_EQ(script->kept.size(), 1u);
}

TEST_F(ResultKeeperTest, SpendsATenthOfTheTimeAtMost) {
  auto keep = keeper(50ms);
  now += 2s;
  for (std::size_t task = 0; task < 1000; ++task) {
    now += 50ms;
    keep.offer(task, result);
  }
  const auto spent = script->kept.size() * 50ms;
  EXPECT_LE(spent, (now - Instant{}) / 10 + 50ms);
  EXPECT_GE(spent, (now - Instant{}) / 20);
}

TEST_F(ResultKeeperTest, ADiskThatRefusesIsToldOnceAndGetsItsRoomBack) {
  auto keep = keeper();
  now += 3s;
  keep.offer(0, result);
  script->keep_error = Error{Errc::unavailable, "No space left on device", "5"};
  keep.offer(1, result);
  keep.offer(2, result);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_NE(warnings[0].find("No space left on device"), std::string::npos);
  EXPECT_TRUE(script->kept.empty());
}

TEST_F(ResultKeeperTest, WhatAnEarlierRunKeptIsThereUntilItIsTaken) {
  script->kept = {{0, result}, {1, {}}, {2, result}}; // the second is damaged
  auto keep = keeper();
  EXPECT_EQ(keep.found(), (std::vector<std::size_t>{0, 2}));
  now += 3s;
  script->keep_error = Error{Errc::unavailable, "No space left on device", "5"};
  keep.offer(1, result);
  EXPECT_TRUE(keep.take(0));
  EXPECT_FALSE(script->kept.empty());
  EXPECT_TRUE(keep.take(2));
  EXPECT_TRUE(script->kept.empty());
}

TEST_F(ResultKeeperTest, AResultThatTheDiskLostSinceIsUnavailable) {
  script->kept = {{0, result}};
  auto keep = keeper();
  keep.found();
  script->kept[0] = {};
  EXPECT_EQ(keep.take(0).error().code, Errc::unavailable);
  EXPECT_EQ(keep.take(0).error().code, Errc::unavailable);
}

} // namespace
} // namespace oq::actors
