// Every task once, whatever happens to the workers.
#include "actors/workforce.hpp"

#include "actors/defaults.hpp"
#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"

#include <caf/typed_response_promise.hpp>

#include <numeric>

namespace oq::actors {
namespace {

class WorkforceTest : public oq::testing::DeterministicActors {
protected:
  struct Outcome {
    std::size_t task;
    TaskOutcome outcome;
  };

  Workforce spawn(WorkerFactory replace = {}) {
    return owned(system().spawn(workforce, replace, gauges));
  }
  // A worker that holds its task until it is told to answer.
  using StuckWorker = Worker::extend<caf::reacts_to<flush_atom>>;
  StuckWorker stuck_worker(TaskOutcome answer = {std::make_shared<engine::TaskResult>(), {}}) {
    return owned(system().spawn([this,
                                 answer](StuckWorker::pointer self) -> StuckWorker::behavior_type {
      auto promises = std::make_shared<std::vector<caf::typed_response_promise<TaskOutcome>>>();
      return {[this, self, promises](run_atom, const TaskOrder& order) -> caf::result<TaskOutcome> {
                held.push_back(order.task);
                orders.push_back(order);
                promises->push_back(self->make_response_promise<TaskOutcome>());
                return promises->back();
              },
              [this](drop_atom, Ticket ticket) {
                dropped.push_back(ticket);
              },
              [this](cancel_atom, CalculationId id) {
                forgotten.push_back(id);
              },
              [promises, answer](flush_atom) {
                for (auto& promise : *promises)
                  promise.deliver(answer);
                promises->clear();
              }};
    }));
  }
  WorkOrder order(CalculationId id, std::size_t tasks) {
    script->tasks = tasks;
    auto sink = owned(system().spawn([this](OutcomeSink::pointer) -> OutcomeSink::behavior_type {
      return {[this](result_atom, std::size_t task, const TaskOutcome& outcome) {
        outcomes.push_back({task, outcome});
      }};
    }));
    std::vector<std::size_t> all(tasks);
    std::iota(all.begin(), all.end(), std::size_t{0});
    return {id, std::make_shared<oq::testing::FakeCalculator>(script), all, sink, {}};
  }
  std::vector<std::size_t> tasks_done() const {
    std::vector<std::size_t> tasks;
    for (const auto& entry : outcomes)
      tasks.push_back(entry.task);
    return tasks;
  }
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  std::vector<Outcome> outcomes;
  std::vector<std::size_t> held;
  std::vector<TaskOrder> orders; // that stuck workers got
  std::vector<Ticket> dropped;
  std::vector<CalculationId> forgotten;
  GaugesPtr gauges = std::make_shared<Gauges>();
  // A machine of that many cores.
  static Capacity elsewhere(std::size_t slots) { return {slots, slots, true}; }
};

using Tasks = std::vector<std::size_t>;

TEST_F(WorkforceTest, HandsOutEveryTaskOnce) {
  const auto force = spawn();
  tell(force, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));

  tell(force, enqueue_atom::value, order(1, 3));

  EXPECT_EQ(tasks_done(), (Tasks{0, 1, 2}));
  EXPECT_EQ(script->tasks_run, 3);
}

TEST_F(WorkforceTest, TasksWaitForTheFirstWorker) {
  const auto force = spawn();
  tell(force, enqueue_atom::value, order(1, 2));
  EXPECT_TRUE(outcomes.empty());
  tell(force, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  EXPECT_EQ(tasks_done(), (Tasks{0, 1}));
}

// Of whose results only two may wait.
class NarrowPlan : public oq::testing::FakeCalculator {
public:
  using FakeCalculator::FakeCalculator;
  std::size_t tasks_ahead() const override { return 2; }
};

TEST_F(WorkforceTest, TasksTooFarAheadOfThoseReducedWait) {
  const auto force = spawn();
  tell(force, enlist_atom::value, Worker(stuck_worker()), elsewhere(8));
  auto narrow = order(1, 6);
  narrow.plan = std::make_shared<NarrowPlan>(script);
  tell(force, enqueue_atom::value, narrow);
  EXPECT_EQ(held, (Tasks{0, 1}));
  EXPECT_EQ(gauges->tasks_waiting.get(), 4);

  tell(force, reduce_atom::value, CalculationId{1}, std::size_t{1});
  EXPECT_EQ(held, (Tasks{0, 1, 2}));
  tell(force, reduce_atom::value, CalculationId{1}, std::size_t{4});
  EXPECT_EQ(held, (Tasks{0, 1, 2, 3, 4, 5}));
}

TEST_F(WorkforceTest, WhatWaitsForItsTurnDoesNotHoldAnotherCalculationUp) {
  const auto force = spawn();
  tell(force, enlist_atom::value, Worker(stuck_worker()), elsewhere(8));
  auto narrow = order(1, 6);
  narrow.plan = std::make_shared<NarrowPlan>(script);
  tell(force, enqueue_atom::value, narrow);
  tell(force, enqueue_atom::value, order(2, 3));
  EXPECT_EQ(held, (Tasks{0, 1, 0, 1, 2}));
}

TEST_F(WorkforceTest, ARestartCountsAheadFromTheFirstTaskThatIsLeft) {
  const auto force = spawn();
  tell(force, enlist_atom::value, Worker(stuck_worker()), elsewhere(8));
  auto narrow = order(1, 8);
  narrow.plan = std::make_shared<NarrowPlan>(script);
  narrow.tasks = {3, 4, 6, 7};
  tell(force, enqueue_atom::value, narrow);
  EXPECT_EQ(held, (Tasks{3, 4}));

  tell(force, reduce_atom::value, CalculationId{1}, std::size_t{6});
  EXPECT_EQ(held, (Tasks{3, 4, 6, 7}));
}

TEST_F(WorkforceTest, TheTaskOfADeadWorkerGoesToAnother) {
  const auto force = spawn();
  const auto stuck = stuck_worker();
  tell(force, enlist_atom::value, Worker(stuck));
  tell(force, enqueue_atom::value, order(1, 2));
  tell(force, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  ASSERT_EQ(held, Tasks{0});
  ASSERT_EQ(tasks_done(), Tasks{1});

  kill(stuck);

  EXPECT_EQ(tasks_done(), (Tasks{1, 0}));
}

TEST_F(WorkforceTest, ADeadWorkerIsReplaced) {
  const auto force = spawn([this](caf::actor_system& where) {
    return owned(where.spawn(polite_worker));
  });
  const auto stuck = stuck_worker();
  tell(force, enlist_atom::value, Worker(stuck));
  tell(force, enqueue_atom::value, order(1, 1));
  kill(stuck);
  EXPECT_TRUE(outcomes.empty());

  advance(kWorkerRespawn);

  EXPECT_EQ(tasks_done(), Tasks{0});
}

TEST_F(WorkforceTest, ATaskThatKillsThreeWorkersIsReportedUnavailable) {
  const auto force = spawn();
  tell(force, enqueue_atom::value, order(1, 1));
  for (int i = 0; i < TaskBoard::kMostAttempts; ++i) {
    const auto stuck = stuck_worker();
    tell(force, enlist_atom::value, Worker(stuck));
    kill(stuck);
  }
  ASSERT_EQ(outcomes.size(), 1u);
  EXPECT_EQ(outcomes[0].outcome.error->code, Errc::unavailable);
}

TEST_F(WorkforceTest, ACancelledCalculationGetsNoOutcomes) {
  const auto force = spawn();
  const auto stuck = stuck_worker();
  tell(force, enlist_atom::value, Worker(stuck));
  tell(force, enqueue_atom::value, order(1, 3));

  tell(force, cancel_atom::value, CalculationId{1});
  tell(stuck, flush_atom::value);

  EXPECT_TRUE(outcomes.empty());
  EXPECT_EQ(held, Tasks{0}); // and no further task was handed out
  EXPECT_TRUE(orders.at(0).stop.stop_requested());
}

TEST_F(WorkforceTest, AMachineGetsAsManyTasksAsItsWindowAllows) {
  const auto force = spawn();
  const auto machine = stuck_worker();
  tell(force, enlist_atom::value, Worker(machine), elsewhere(2));
  tell(force, enqueue_atom::value, order(1, 5));
  EXPECT_EQ(held, (Tasks{0, 1}));
  tell(force, resize_atom::value, machine.id(), std::size_t{3});
  EXPECT_EQ(held, (Tasks{0, 1, 2}));
}

TEST_F(WorkforceTest, AMachineThatDiesGivesAllItsTasksBackAndIsNotReplaced) {
  const auto force = spawn([this](caf::actor_system& where) {
    ADD_FAILURE() << "replaced";
    return owned(where.spawn(polite_worker));
  });
  const auto machine = stuck_worker();
  tell(force, enlist_atom::value, Worker(machine), elsewhere(3));
  tell(force, enqueue_atom::value, order(1, 4));
  kill(machine);
  advance(kWorkerRespawn * 2);
  tell(force, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  EXPECT_EQ(tasks_done(), (Tasks{0, 1, 2, 3}));
}

TEST_F(WorkforceTest, AMachineThatLeavesCostsNoAttempt) {
  const auto force = spawn();
  tell(force, enqueue_atom::value, order(1, 1));
  for (int i = 0; i < TaskBoard::kMostLossesElsewhere + 1; ++i) {
    const auto machine = stuck_worker();
    tell(force, enlist_atom::value, Worker(machine), elsewhere(1));
    tell(force, leave_atom::value, machine.id());
  }
  EXPECT_TRUE(outcomes.empty());
}

TEST_F(WorkforceTest, WhatAWorkerDeclinesIsDoneByAnother) {
  const auto force = spawn();
  const auto error = std::make_shared<const Error>(Error{Errc::unavailable, "no room", {}});
  const auto machine = stuck_worker({nullptr, error, true});
  tell(force, enlist_atom::value, Worker(machine), elsewhere(1));
  tell(force, enqueue_atom::value, order(1, 2));
  tell(machine, flush_atom::value);
  EXPECT_TRUE(outcomes.empty());
  tell(force, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  EXPECT_EQ(tasks_done(), (Tasks{0, 1}));
  EXPECT_EQ(held, Tasks{0});
}

TEST_F(WorkforceTest, AMachineHearsWhenACalculationNeedsItNoMore) {
  const auto force = spawn();
  const auto machine = stuck_worker();
  tell(force, enlist_atom::value, Worker(machine), elsewhere(1));
  tell(force, enqueue_atom::value, order(1, 1));
  EXPECT_TRUE(forgotten.empty());
  tell(machine, flush_atom::value);
  EXPECT_EQ(forgotten, std::vector<CalculationId>{1});
  tell(force, enqueue_atom::value, order(2, 1));
  tell(force, cancel_atom::value, CalculationId{2});
  EXPECT_EQ(forgotten, (std::vector<CalculationId>{1, 2}));
}

TEST_F(WorkforceTest, TheSecondCopyOfASlowTaskWinsAndTheFirstIsWithdrawn) {
  const auto force = spawn();
  tell(force, enlist_atom::value, Worker(stuck_worker()), elsewhere(1));
  tell(force, enqueue_atom::value, order(1, 2));
  tell(force, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  ASSERT_EQ(held, Tasks{0});
  ASSERT_EQ(tasks_done(), Tasks{1});
  advance(kSlowTaskCheck);
  EXPECT_EQ(tasks_done(), Tasks{1});

  for (int i = 0; i < 5; ++i)
    advance(kSlowTaskCheck);

  EXPECT_EQ(tasks_done(), (Tasks{1, 0}));
  EXPECT_EQ(dropped, std::vector<Ticket>{orders.at(0).ticket});
  EXPECT_TRUE(orders.at(0).stop.stop_requested());
  EXPECT_EQ(forgotten, std::vector<CalculationId>{1});
}

TEST_F(WorkforceTest, TheGaugesSayWhoWorksAndWhatWaits) {
  const auto force = spawn();
  tell(force, enlist_atom::value, Worker(stuck_worker()), elsewhere(2));
  tell(force, enlist_atom::value, Worker(stuck_worker()));
  tell(force, enqueue_atom::value, order(1, 10));
  EXPECT_EQ(gauges->workers.get(), 2);
  EXPECT_EQ(gauges->remote_workers.get(), 1);
  EXPECT_EQ(gauges->tasks_running.get(), 3);
  EXPECT_EQ(gauges->tasks_waiting.get(), 7);
}

} // namespace
} // namespace oq::actors
