// Prepare, reduce in order, finish; and every way in which the engine can refuse.
#include "actors/assembler.hpp"

#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"

namespace oq::actors {
namespace {

class AssemblerTest : public oq::testing::DeterministicActors {
protected:
  Assembler spawn() {
    return owned(system().spawn(assembler, oq::testing::fake_engine_room(script),
                                [this](engine::LogLevel, const std::string& message) {
                                  logged.push_back(message);
                                }));
  }
  Result<Prepared> prepare(const Assembler& to) {
    return ask<Prepared>(to, prepare_atom::value,
                         RecordPtr(std::make_shared<store::CalculationRecord>()), stop);
  }
  Result<std::size_t> reduce(const Assembler& to, std::size_t task) {
    auto result = std::make_shared<engine::TaskResult>();
    result->values = {1.0};
    return ask<std::size_t>(to, reduce_atom::value, task, TaskOutcome{result, nullptr});
  }

  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  StopToken stop;
  std::vector<std::string> logged;
};

TEST_F(AssemblerTest, PreparesThePlanAndPassesTheEnginesWordsOn) {
  const auto to = spawn();
  const auto prepared = prepare(to);
  ASSERT_TRUE(prepared);
  EXPECT_EQ(prepared->plan->task_count(), 4u);
  EXPECT_TRUE(prepared->done.empty());
  EXPECT_EQ(logged, std::vector<std::string>{"the fake engine speaks"});
}

TEST_F(AssemblerTest, BadInputsAreTheEnginesError) {
  script->prepare_error = Error{Errc::invalid_input, "unknown element", "model.xml:4"};
  EXPECT_EQ(prepare(spawn()).error(), *script->prepare_error);
}

TEST_F(AssemblerTest, ReducesInAscendingOrder) {
  const auto to = spawn();
  ASSERT_TRUE(prepare(to));
  EXPECT_EQ(*reduce(to, 2), 0u);
  EXPECT_EQ(*reduce(to, 0), 1u);
  EXPECT_EQ(*reduce(to, 1), 3u);
  EXPECT_EQ(script->reduced, (std::vector<std::size_t>{0, 1, 2}));
}

TEST_F(AssemblerTest, AResultThatCannotBeReducedIsTheEnginesError) {
  script->reduce_error = Error{Errc::numeric_failure, "NaN", "site 3"};
  const auto to = spawn();
  ASSERT_TRUE(prepare(to));
  EXPECT_EQ(reduce(to, 0).error(), *script->reduce_error);
}

TEST_F(AssemblerTest, FinishesWithTheOutputsAndTheSizeOfTheDatastore) {
  const auto to = spawn();
  ASSERT_TRUE(prepare(to));
  const auto products = ask<ProductsPtr>(to, finish_atom::value);
  ASSERT_TRUE(products);
  ASSERT_EQ((*products)->outputs.size(), 1u);
  EXPECT_EQ((*products)->outputs[0].type, "hcurves");
  EXPECT_EQ((*products)->size_bytes, 1048576);
  EXPECT_EQ(script->commits, 1);
}

TEST_F(AssemblerTest, AFullDiskIsUnavailable) {
  script->commit_error = Error{Errc::unavailable, "No space left on device", {}};
  const auto to = spawn();
  ASSERT_TRUE(prepare(to));
  EXPECT_EQ(ask<ProductsPtr>(to, finish_atom::value).error().code, Errc::unavailable);
}

TEST_F(AssemblerTest, LeavesNoDatastoreWhenStopped) {
  const auto to = spawn();
  ASSERT_TRUE(prepare(to));
  stop.request_stop();
  EXPECT_EQ(ask<ProductsPtr>(to, finish_atom::value).error().code, Errc::aborted);
  EXPECT_EQ(reduce(to, 0).error().code, Errc::aborted);
  EXPECT_EQ(script->commits, 0);
}

TEST_F(AssemblerTest, TakesWhatAnEarlierRunKeptAsIfItHadBeenComputedNow) {
  script->keeps = true;
  script->kept = {{0, {{0.0}, {}}}, {1, {}}, {3, {{3.0}, {}}}}; // the second is damaged
  const auto to = spawn();
  EXPECT_EQ(prepare(to)->done, (std::vector<std::size_t>{0, 3}));
  EXPECT_EQ(script->reduced, std::vector<std::size_t>{0});
  EXPECT_EQ(*reduce(to, 1), 2u);
  EXPECT_EQ(*reduce(to, 2), 4u);
  EXPECT_EQ(script->reduced, (std::vector<std::size_t>{0, 1, 2, 3}));
}

TEST_F(AssemblerTest, ComputesWhatTheDiskHasLostSinceTheStart) {
  script->keeps = true;
  script->kept = {{1, {{1.0}, {}}}, {2, {{2.0}, {}}}};
  const auto to = spawn();
  EXPECT_EQ(prepare(to)->done, (std::vector<std::size_t>{1, 2}));
  script->kept[1] = {};
  EXPECT_EQ(*reduce(to, 0), 3u);
  EXPECT_EQ(script->reduced, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(script->tasks_run, 1);
  EXPECT_NE(logged.back().find("task 1 is computed again"), std::string::npos);
}

TEST_F(AssemblerTest, WhatTheDiskHasLostAndCannotBeComputedIsTheEnginesError) {
  script->keeps = true;
  script->kept = {{3, {{3.0}, {}}}};
  script->task_error = Error{Errc::numeric_failure, "NaN", "site 3"};
  const auto to = spawn();
  ASSERT_TRUE(prepare(to));
  script->kept[3] = {};
  for (const std::size_t task : {0, 1})
    EXPECT_TRUE(reduce(to, task));
  EXPECT_EQ(reduce(to, 2).error(), *script->task_error);
}

TEST_F(AssemblerTest, TellsWhoAskedHowFarTheProductsAre) {
  script->finish_parts = {0.25, 1.0};
  const auto to = spawn();
  ASSERT_TRUE(prepare(to));
  ASSERT_TRUE(ask<ProductsPtr>(to, finish_atom::value));
  for (const double expected : script->finish_parts)
    self()->receive([&](finish_atom, double part) {
      EXPECT_EQ(part, expected);
    });
}

TEST_F(AssemblerTest, KeepsResultsOfWhatRunsForSomeTimeUntilItsEnd) {
  script->keeps = true;
  const auto to = spawn();
  ASSERT_TRUE(prepare(to));
  EXPECT_TRUE(reduce(to, 0));
  EXPECT_TRUE(script->kept.empty());
  advance(std::chrono::seconds(3));
  EXPECT_TRUE(reduce(to, 2));
  EXPECT_TRUE(script->kept.contains(2));
  EXPECT_TRUE(reduce(to, 1));
  EXPECT_TRUE(reduce(to, 3));
  ASSERT_TRUE(ask<ProductsPtr>(to, finish_atom::value));
  EXPECT_TRUE(script->kept.empty());
}

TEST_F(AssemblerTest, WhatFailedOrWasAbortedKeepsNothing) {
  script->keeps = true;
  script->kept = {{0, {{0.0}, {}}}};
  const auto to = spawn();
  ASSERT_TRUE(prepare(to));
  tell(to, drop_atom::value);
  EXPECT_TRUE(script->kept.empty());
}

TEST_F(AssemblerTest, AServiceThatStopsLeavesWhatWasKept) {
  script->keeps = true;
  script->kept = {{0, {{0.0}, {}}}};
  const auto to = spawn();
  ASSERT_TRUE(prepare(to));
  stop.request_stop();
  EXPECT_TRUE(reduce(to, 2)); // task 1 is not there: nothing to reduce, and nothing to keep
  kill(to);
  EXPECT_EQ(script->kept.size(), 1u);
}

TEST_F(AssemblerTest, AnythingBeforeThePlanIsADefect) {
  const auto to = spawn();
  EXPECT_EQ(reduce(to, 0).error().code, Errc::internal);
  EXPECT_EQ(ask<ProductsPtr>(to, finish_atom::value).error().code, Errc::internal);
}

} // namespace
} // namespace oq::actors
