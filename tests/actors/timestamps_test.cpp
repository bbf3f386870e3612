// The API's ways to write one moment.
#include "actors/timestamps.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

// 2026-11-22 23:53:25.430800 UTC (date -d @1795391605).
constexpr std::int64_t kMoment = 1795391605430800;

TEST(Timestamps, WriteTheSameMomentAsEachEndpointDoes) {
  EXPECT_EQ(list_time(kMoment), "2026-11-22, 23:53:25 UTC");
  EXPECT_EQ(detail_time(kMoment), "2026-11-22 23:53:25.430800+00:00");
  EXPECT_EQ(log_time(kMoment), "2026-11-22T23:53:25.43");
  EXPECT_EQ(export_time(kMoment), "2026-11-22T23:53:25");
}

TEST(Timestamps, AFullSecondHasNoFractionInTheDetail) {
  EXPECT_EQ(detail_time(1795391605000000), "2026-11-22 23:53:25+00:00");
}

TEST(Timestamps, LogTimesHaveTwentyTwoCharacters) {
  EXPECT_EQ(log_time(1795391605004000), "2026-11-22T23:53:25.00");
  EXPECT_EQ(log_time(0).size(), 22u);
}

} // namespace
} // namespace oq::actors
