// run_calculator: every task in order, on this thread, into a datastore in memory.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine::testing {

inline Result<std::unique_ptr<Datastore>> run_calculator(Calculator& calculator) {
  auto datastore = make_memory_datastore();
  calculator.write_early([&]() -> Result<Datastore*> {
    return datastore.get();
  });
  for (std::size_t task = 0; task < calculator.task_count(); ++task) {
    OQ_TRY(TaskResult result, calculator.run_task(task, StopToken()));
    OQ_CHECK(calculator.reduce(task, std::move(result)));
  }
  OQ_CHECK(calculator.finish(*datastore));
  return datastore;
}

} // namespace oq::engine::testing
