// Enough tasks to hide the way, and not more.
#include "actors/task_window.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

using namespace std::chrono_literals;

std::size_t window(std::size_t slots, std::chrono::microseconds round_trip,
                   std::chrono::microseconds task) {
  TaskWindow out(slots);
  for (int i = 0; i < 100; ++i) {
    out.add_round_trip(round_trip);
    out.add_task(task);
  }
  return out.size();
}

TEST(TaskWindow, HoldsOneSpareTaskBeforeAnythingIsKnown) {
  EXPECT_EQ(TaskWindow(4).size(), 5u);
}

TEST(TaskWindow, LongTasksNeedNoneInWaiting) {
  EXPECT_EQ(window(8, 1ms, 10s), 8u);
}

TEST(TaskWindow, ShortTasksNeedOneRoundTripOfThem) {
  EXPECT_EQ(window(4, 10ms, 30ms), 6u);
  EXPECT_EQ(window(4, 30ms, 30ms), 8u);
}

TEST(TaskWindow, IsNeverMoreThanFourTimesTheSlots) {
  EXPECT_EQ(window(4, 10s, 1us), 16u);
}

TEST(TaskWindow, FollowsWhatChanges) {
  TaskWindow out(4);
  out.add_task(30ms);
  for (int i = 0; i < 100; ++i)
    out.add_round_trip(30ms);
  for (int i = 0; i < 100; ++i)
    out.add_round_trip(1ms);
  EXPECT_EQ(out.size(), 5u);
}

} // namespace
} // namespace oq::actors
