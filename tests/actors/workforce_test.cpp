// Every task once, whatever happens to the workers.
#include "actors/workforce.hpp"

#include "actors/defaults.hpp"
#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"

#include <caf/typed_response_promise.hpp>

namespace oq::actors {
namespace {

class WorkforceTest : public oq::testing::DeterministicActors {
protected:
  struct Outcome {
    std::size_t task;
    TaskOutcome outcome;
  };

  Workforce spawn(WorkerFactory replace = {}) { return owned(system().spawn(workforce, replace)); }
  // A worker that holds its task until it is told to answer.
  using StuckWorker = Worker::extend<caf::reacts_to<flush_atom>>;
  StuckWorker stuck_worker() {
    return owned(system().spawn([this](StuckWorker::pointer self) -> StuckWorker::behavior_type {
      auto promise = std::make_shared<caf::typed_response_promise<TaskOutcome>>();
      return {[this, self, promise](run_atom, const TaskOrder& order) -> caf::result<TaskOutcome> {
                held.push_back(order.task);
                *promise = self->make_response_promise<TaskOutcome>();
                return *promise;
              },
              [promise](flush_atom) {
                promise->deliver(TaskOutcome{std::make_shared<engine::TaskResult>(), nullptr});
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
    return {id, std::make_shared<oq::testing::FakeCalculator>(script), StopToken{}, sink};
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
}

} // namespace
} // namespace oq::actors
