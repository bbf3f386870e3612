// Who does what, in turn, and what happens to the tasks of the dead and of the slow.
#include "actors/task_board.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace oq::actors {
namespace {

using namespace std::chrono_literals;

class TaskBoardTest : public ::testing::Test {
protected:
  void add(store::CalculationId calculation, std::size_t count) {
    std::vector<std::size_t> tasks(count);
    std::iota(tasks.begin(), tasks.end(), std::size_t{0});
    board.add(calculation, tasks);
  }
  std::optional<Assignment> assign() { return board.assign(now); }
  std::optional<FinishedTask> finish(const std::optional<Assignment>& assignment) {
    return board.finish(assignment->ticket, now);
  }
  // Two workers; the first has the last task of three since 100 ms, each of the others took 10 ms.
  std::optional<Assignment> one_slow_task() {
    board.enlist(1);
    add(7, 3);
    for (int task = 0; task < 2; ++task) {
      const auto quick = assign();
      now += 10ms;
      finish(quick);
    }
    auto slow = assign();
    board.enlist(2);
    now += 100ms;
    return slow;
  }

  TaskBoard board;
  Instant now{};
};

TEST_F(TaskBoardTest, HandsOutInAscendingOrderToFreeWorkers) {
  board.enlist(1);
  board.enlist(2);
  add(7, 3);
  EXPECT_EQ(assign()->task, 0u);
  EXPECT_EQ(assign()->task, 1u);
  EXPECT_FALSE(assign());
  EXPECT_EQ(board.busy(), 2u);
}

TEST_F(TaskBoardTest, HandsOutOnlyTheTasksThatAreLeft) {
  board.enlist(1, {3, 3});
  board.add(7, {1, 4});
  EXPECT_EQ(assign()->task, 1u);
  EXPECT_EQ(assign()->task, 4u);
  EXPECT_FALSE(assign());
}

TEST_F(TaskBoardTest, TasksThatAreHeldWaitUntilTheyAreReleased) {
  board.enlist(1, {4, 4});
  board.add(7, {0, 1, 2, 3}, 2);
  EXPECT_EQ(assign()->task, 0u);
  EXPECT_EQ(assign()->task, 1u);
  EXPECT_FALSE(assign());
  board.release(7, 3);
  EXPECT_EQ(assign()->task, 2u);
  EXPECT_FALSE(assign());
  EXPECT_EQ(board.waiting(), 1u);
}

TEST_F(TaskBoardTest, ACalculationWhoseTasksAreHeldLetsOthersPass) {
  board.enlist(1, {4, 4});
  board.add(7, {0, 1}, 0);
  board.add(8, {0});
  EXPECT_EQ(assign()->calculation, 8);
  EXPECT_FALSE(assign());
}

TEST_F(TaskBoardTest, ATaskOfALostWorkerIsNotHeld) {
  board.enlist(1);
  board.add(7, {0, 1, 2}, 1);
  assign();
  board.lose(1, Departure::left);
  board.enlist(2, {2, 2});
  EXPECT_EQ(assign()->task, 0u);
  EXPECT_FALSE(assign());
}

TEST_F(TaskBoardTest, CalculationsTakeTurns) {
  board.enlist(1, {4, 4});
  add(7, 10);
  add(8, 10);
  EXPECT_EQ(assign()->calculation, 7);
  EXPECT_EQ(assign()->calculation, 8);
  EXPECT_EQ(assign()->calculation, 7);
}

TEST_F(TaskBoardTest, ATaskGoesToTheWorkerWithTheSmallestShareOfItsSlotsTaken) {
  board.enlist(1, {1, 1});
  board.enlist(2, {3, 6});
  add(7, 10);
  std::vector<WorkerId> order;
  while (const auto assignment = assign())
    order.push_back(assignment->worker);
  // The fourth fills the slots; what follows waits where it will run.
  EXPECT_EQ(order, (std::vector<WorkerId>{1, 2, 2, 2, 2, 2, 2}));
}

TEST_F(TaskBoardTest, AWindowMayGrowAndShrinkButNotBelowTheSlots) {
  board.enlist(1, {2, 2});
  add(7, 10);
  assign();
  assign();
  EXPECT_FALSE(assign());
  board.resize(1, 3);
  EXPECT_TRUE(assign());
  EXPECT_FALSE(assign());
  board.resize(1, 0);
  board.resize(9, 5); // nobody
  board.cancel(7);
  EXPECT_EQ(board.at_hand(1), 3u);
}

TEST_F(TaskBoardTest, AFinishedTicketFreesItsWorkerAndCountsOnce) {
  board.enlist(1);
  add(7, 2);
  const auto first = assign();
  const auto done = finish(first);
  EXPECT_EQ(done->assignment.task, 0u);
  EXPECT_FALSE(done->was_last);
  EXPECT_FALSE(finish(first));
  EXPECT_TRUE(finish(assign())->was_last);
}

TEST_F(TaskBoardTest, TheTasksOfALostWorkerGoOutNextInOrder) {
  board.enlist(1, {3, 3, true});
  add(7, 5);
  const auto first = assign();
  assign();
  assign();
  EXPECT_TRUE(board.lose(1).empty());
  board.enlist(2, {5, 5});
  std::vector<std::size_t> tasks;
  while (const auto again = assign())
    tasks.push_back(again->task);
  EXPECT_EQ(tasks, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  EXPECT_FALSE(finish(first)); // a result from the grave is stale
}

TEST_F(TaskBoardTest, TheLastTaskOfADeadWorkerIsHandedOutAgain) {
  board.enlist(1);
  add(7, 1);
  assign();
  board.lose(1);
  board.enlist(2);
  EXPECT_EQ(assign()->task, 0u);
}

TEST_F(TaskBoardTest, ATaskThatOutlivesThreeWorkersIsGivenUp) {
  add(7, 1);
  for (const WorkerId worker : {1, 2}) {
    board.enlist(worker);
    ASSERT_TRUE(assign());
    EXPECT_TRUE(board.lose(worker).empty());
  }
  board.enlist(3);
  ASSERT_TRUE(assign());
  const auto given_up = board.lose(3);
  ASSERT_EQ(given_up.size(), 1u);
  EXPECT_EQ(given_up[0].task, 0u);
}

TEST_F(TaskBoardTest, AMachineThatIsLostAgainAndAgainCostsATaskItsAttemptsLater) {
  add(7, 1);
  for (int loss = 1; loss < TaskBoard::kMostLossesElsewhere; ++loss) {
    board.enlist(1, {1, 1, true});
    ASSERT_TRUE(assign());
    ASSERT_TRUE(board.lose(1).empty()) << loss;
  }
  board.enlist(1, {1, 1, true});
  ASSERT_TRUE(assign());
  EXPECT_EQ(board.lose(1).size(), 1u);
}

TEST_F(TaskBoardTest, AWorkerThatLeavesCostsNoAttempt) {
  add(7, 1);
  for (int time = 0; time < 2 * TaskBoard::kMostLossesElsewhere; ++time) {
    board.enlist(1, {1, 1, true});
    ASSERT_TRUE(assign());
    ASSERT_TRUE(board.lose(1, Departure::left).empty());
  }
}

TEST_F(TaskBoardTest, ADeclinedTaskGoesToAnotherWorkerAndItsCalculationStaysAway) {
  board.enlist(1);
  add(7, 2);
  const auto declined = assign();
  EXPECT_TRUE(board.decline(declined->ticket));
  EXPECT_FALSE(board.decline(declined->ticket));
  EXPECT_FALSE(assign());
  add(8, 1);
  EXPECT_EQ(assign()->calculation, 8);
  board.enlist(2, {2, 2});
  EXPECT_EQ(assign()->task, 0u);
  EXPECT_EQ(assign()->task, 1u);
}

TEST_F(TaskBoardTest, ACancelledCalculationGetsNoMoreTurnsAndItsResultsAreStale) {
  board.enlist(1);
  add(7, 3);
  const auto first = assign();
  board.cancel(7);
  EXPECT_FALSE(finish(first));
  EXPECT_FALSE(assign());
  add(8, 1);
  EXPECT_EQ(assign()->calculation, 8); // the worker is free again
}

TEST_F(TaskBoardTest, AResultOfACancelledRunIsStaleInTheNextRunOfTheSameCalculation) {
  board.enlist(1, {2, 2});
  add(7, 1);
  const auto before = assign();
  board.cancel(7);
  add(7, 1);
  const auto again = assign();
  EXPECT_FALSE(finish(before));
  EXPECT_TRUE(finish(again)->was_last);
}

TEST_F(TaskBoardTest, LosingAnIdleOrUnknownWorkerChangesNothingElse) {
  board.enlist(1);
  EXPECT_TRUE(board.lose(1).empty());
  EXPECT_TRUE(board.lose(9).empty());
  EXPECT_EQ(board.workers(), 0u);
}

TEST_F(TaskBoardTest, ASlowTaskIsGivenToAFreeWorkerASecondTime) {
  const auto slow = one_slow_task();
  EXPECT_FALSE(assign()); // many times the usual, but no second yet
  EXPECT_TRUE(board.may_copy_later());
  now += 1s;
  const auto copy = assign();
  ASSERT_TRUE(copy);
  EXPECT_EQ(copy->task, slow->task);
  EXPECT_EQ(copy->worker, 2u);
  now += 10s;
  board.enlist(3);
  EXPECT_FALSE(assign()); // two are enough
}

TEST_F(TaskBoardTest, TheFirstOfTwoCopiesWins) {
  const auto slow = one_slow_task();
  now += 1s;
  const auto copy = assign();
  const auto done = finish(copy);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->copies, std::vector<Ticket>{slow->ticket});
  EXPECT_TRUE(done->was_last);
  EXPECT_FALSE(finish(slow));
  EXPECT_EQ(board.busy(), 0u);
}

TEST_F(TaskBoardTest, ATaskThatSomebodyElseHasTooIsNotGivenBack) {
  one_slow_task();
  now += 1s;
  const auto copy = assign();
  EXPECT_TRUE(board.lose(1).empty());
  EXPECT_EQ(board.waiting(), 0u);
  EXPECT_TRUE(board.lose(2).empty());
  EXPECT_EQ(board.waiting(), 1u);
  EXPECT_FALSE(finish(copy));
}

TEST_F(TaskBoardTest, TheLongestRunningTaskIsCopiedFirst) {
  board.enlist(1, {3, 3, true});
  add(7, 3);
  const auto quick = assign();
  now += 10ms;
  finish(quick);
  const auto older = assign();
  now += 500ms;
  assign();
  now += 5s;
  board.enlist(2);
  EXPECT_EQ(assign()->task, older->task);
}

TEST_F(TaskBoardTest, NoCopyIsMadeWhileTasksWaitOrWhereTheFirstRuns) {
  board.enlist(1, {2, 2, true});
  add(7, 3);
  const auto quick = assign();
  now += 10ms;
  finish(quick);
  assign();
  now += 5s;
  EXPECT_EQ(assign()->task, 2u); // what waits comes first
  now += 5s;
  board.resize(1, 4);
  EXPECT_FALSE(assign());
}

} // namespace
} // namespace oq::actors
