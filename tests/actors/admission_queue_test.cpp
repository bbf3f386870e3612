// Who may come in and whose turn it is.
#include "actors/admission_queue.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

TEST(AdmissionQueue, StartsInOrderOfArrivalUpToItsBound) {
  AdmissionQueue queue(2, 10);
  for (const int id : {5, 3, 9})
    queue.enqueue(id);
  EXPECT_EQ(queue.next(), 5);
  EXPECT_EQ(queue.next(), 3);
  EXPECT_EQ(queue.next(), std::nullopt);
  queue.leave(5);
  EXPECT_EQ(queue.next(), 9);
}

TEST(AdmissionQueue, IsFullWhenReservationsAndWaitersReachTheBound) {
  AdmissionQueue queue(1, 2);
  queue.enqueue(1);
  EXPECT_TRUE(queue.reserve());
  EXPECT_FALSE(queue.reserve());
  queue.release();
  EXPECT_TRUE(queue.reserve());
}

TEST(AdmissionQueue, RunningOnesTakeNoPlaceInTheQueue) {
  AdmissionQueue queue(1, 1);
  queue.enqueue(1);
  ASSERT_EQ(queue.next(), 1);
  EXPECT_TRUE(queue.reserve());
}

TEST(AdmissionQueue, OneThatLeavesWhileWaitingNeverStarts) {
  AdmissionQueue queue(1, 5);
  queue.enqueue(1);
  queue.enqueue(2);
  queue.leave(1);
  EXPECT_EQ(queue.next(), 2);
}

} // namespace
} // namespace oq::actors
