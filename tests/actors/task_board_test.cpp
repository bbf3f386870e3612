// Who does what, in turn, and what happens to the tasks of the dead.
#include "actors/task_board.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

TEST(TaskBoard, HandsOutInAscendingOrderToFreeWorkers) {
  TaskBoard board;
  board.enlist(1);
  board.enlist(2);
  board.add(7, 3);
  EXPECT_EQ(board.assign()->task, 0u);
  EXPECT_EQ(board.assign()->task, 1u);
  EXPECT_FALSE(board.assign());
  EXPECT_EQ(board.busy(), 2u);
}

TEST(TaskBoard, CalculationsTakeTurns) {
  TaskBoard board;
  for (const WorkerId worker : {1, 2, 3, 4})
    board.enlist(worker);
  board.add(7, 10);
  board.add(8, 10);
  EXPECT_EQ(board.assign()->calculation, 7);
  EXPECT_EQ(board.assign()->calculation, 8);
  EXPECT_EQ(board.assign()->calculation, 7);
}

TEST(TaskBoard, AFinishedTicketFreesItsWorkerAndCountsOnce) {
  TaskBoard board;
  board.enlist(1);
  board.add(7, 2);
  const auto first = board.assign();
  EXPECT_EQ(board.finish(first->ticket)->task, 0u);
  EXPECT_FALSE(board.finish(first->ticket));
  EXPECT_EQ(board.assign()->task, 1u);
}

TEST(TaskBoard, TheTaskOfADeadWorkerGoesOutNext) {
  TaskBoard board;
  board.enlist(1);
  board.add(7, 3);
  const auto first = board.assign();
  EXPECT_FALSE(board.lose(1));
  board.enlist(2);
  const auto again = board.assign();
  EXPECT_EQ(again->task, first->task);
  EXPECT_NE(again->ticket, first->ticket);
  EXPECT_FALSE(board.finish(first->ticket)); // a result from the grave is stale
}

TEST(TaskBoard, TheLastTaskOfADeadWorkerIsHandedOutAgain) {
  TaskBoard board;
  board.enlist(1);
  board.add(7, 1);
  board.assign();
  board.lose(1);
  board.enlist(2);
  EXPECT_EQ(board.assign()->task, 0u);
}

TEST(TaskBoard, ATaskThatOutlivesThreeWorkersIsGivenUp) {
  TaskBoard board;
  board.add(7, 1);
  for (const WorkerId worker : {1, 2}) {
    board.enlist(worker);
    ASSERT_TRUE(board.assign());
    EXPECT_FALSE(board.lose(worker));
  }
  board.enlist(3);
  ASSERT_TRUE(board.assign());
  EXPECT_EQ(board.lose(3)->task, 0u);
}

TEST(TaskBoard, ACancelledCalculationGetsNoMoreTurnsAndItsResultsAreStale) {
  TaskBoard board;
  board.enlist(1);
  board.add(7, 3);
  const auto first = board.assign();
  board.cancel(7);
  EXPECT_FALSE(board.finish(first->ticket));
  EXPECT_FALSE(board.assign());
  board.add(8, 1);
  EXPECT_EQ(board.assign()->calculation, 8); // the worker is free again
}

TEST(TaskBoard, LosingAnIdleOrUnknownWorkerChangesNothingElse) {
  TaskBoard board;
  board.enlist(1);
  EXPECT_FALSE(board.lose(1));
  EXPECT_FALSE(board.lose(9));
  EXPECT_EQ(board.workers(), 0u);
}

} // namespace
} // namespace oq::actors
