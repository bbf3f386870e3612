// Calculator: a calculation as a plan of independent tasks, a fixed-order reduction and its
// outputs.
#pragma once

#include "engine/base/result.hpp"
#include "engine/base/stop_token.hpp"
#include "engine/job/job.hpp"
#include "engine/output/datastore.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace oq::engine {

// What a task returns: plain arrays, so that it can cross a network. Empty values are allowed.
struct TaskResult {
  std::vector<double> values;
  std::vector<std::int64_t> integers;
};

enum class LogLevel : unsigned char { debug, info, warning, error, critical };
using LogSink = std::function<void(LogLevel, const std::string& message)>;

// Life: make_calculator -> run_task for every index, in any order, on any threads -> reduce for
// every index, in ascending order, on one thread -> finish, once. The same job gives the same plan
// on every node.
class Calculator {
public:
  virtual ~Calculator() = default;

  virtual std::size_t task_count() const = 0;
  // Relative cost of a task, above zero; progress is counted in it.
  virtual double task_weight(std::size_t task) const = 0;
  // Thread-safe. Errc::aborted when the token asks to stop, Errc::numeric_failure names rupture and
  // site.
  virtual Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const = 0;
  // Called in ascending order of task, so that sums do not depend on who finished first.
  virtual Result<void> reduce(std::size_t task, TaskResult result) = 0;
  // Computes the products and writes everything to the datastore.
  virtual Result<void> finish(Datastore& datastore) = 0;
};

struct CalculatorInputs {
  Job job;
  std::shared_ptr<const Datastore> hazard; // the parent calculation, or null
  LogSink log;                             // may be empty
  // What the results may take, in bytes; a job that needs more is refused before it starts.
  double memory = 4.0 * (1 << 30);
};

// Reads and checks every input file; nothing is computed yet. Errors name file and line.
Result<std::unique_ptr<Calculator>> make_calculator(CalculatorInputs inputs);

} // namespace oq::engine
