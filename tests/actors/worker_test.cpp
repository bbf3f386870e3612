// One task, one outcome.
#include "actors/worker.hpp"

#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"

namespace oq::actors {
namespace {

class WorkerTest : public oq::testing::DeterministicActors {
protected:
  TaskOrder order(std::size_t task) {
    return {std::make_shared<oq::testing::FakeCalculator>(script), task, stop};
  }
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  StopToken stop;
};

TEST_F(WorkerTest, AnswersTheResultOfATask) {
  const auto worker = owned(system().spawn(polite_worker));
  const auto outcome = ask<TaskOutcome>(worker, run_atom::value, order(3));
  ASSERT_TRUE(outcome && outcome->result);
  EXPECT_EQ(outcome->result->values, std::vector<double>{3.0});
  EXPECT_EQ(outcome->error, nullptr);
}

TEST_F(WorkerTest, AnswersTheEnginesError) {
  script->task_error = Error{Errc::numeric_failure, "NaN", "source 1"};
  const auto worker = owned(system().spawn(polite_worker));
  const auto outcome = ask<TaskOutcome>(worker, run_atom::value, order(3));
  ASSERT_TRUE(outcome && outcome->error);
  EXPECT_EQ(*outcome->error, *script->task_error);
}

TEST_F(WorkerTest, DoesNotBeginWhatWasStopped) {
  stop.request_stop();
  const auto worker = owned(system().spawn(polite_worker));
  const auto outcome = ask<TaskOutcome>(worker, run_atom::value, order(0));
  ASSERT_TRUE(outcome && outcome->error);
  EXPECT_EQ(outcome->error->code, Errc::aborted);
  EXPECT_EQ(script->tasks_run, 0);
}

} // namespace
} // namespace oq::actors
