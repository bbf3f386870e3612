// Calculator: a calculation as a plan of independent tasks, a fixed-order reduction and its
// outputs.
#pragma once

#include "engine/base/result.hpp"
#include "engine/base/stop_token.hpp"
#include "engine/job/job.hpp"
#include "engine/output/datastore.hpp"

#include <cstdint>
#include <functional>
#include <limits>
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

// The datastore that finish() will be given, made when it is first asked for.
using OpenDatastore = std::function<Result<Datastore*>()>;

// What a finish() that takes long asks and tells between pieces of its work.
struct FinishWatch {
  StopToken stop;
  std::function<void(double fraction)> progress; // 0..1 of finish_weight(); may be empty
};

// Life: make_calculator -> run_task for every index, in any order, on any threads -> reduce for
// every index, in ascending order, on one thread -> finish, once. The same job gives the same plan
// on every node, cut into the same number of tiles.
class Calculator {
public:
  virtual ~Calculator() = default;

  virtual std::size_t task_count() const = 0;
  // Relative cost of a task, above zero; progress is counted in it.
  virtual double task_weight(std::size_t task) const = 0;
  // Of sites, one after the other, so that the results of each fit into memory. They belong to what
  // a plan is, as its tasks do.
  virtual std::size_t tiles() const { return 1; }
  // How many tasks after the last reduced one may be at work: their results wait in memory.
  virtual std::size_t tasks_ahead() const { return std::numeric_limits<std::size_t>::max(); }
  // Where reduce() may write what is complete. Called before the first reduce(); one that keeps
  // everything for finish() does not listen, one of several tiles needs it.
  virtual void write_early(OpenDatastore) {}
  // Thread-safe. Errc::aborted when the token asks to stop, Errc::numeric_failure names rupture and
  // site.
  virtual Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const = 0;
  // Called in ascending order of task, so that sums do not depend on who finished first.
  virtual Result<void> reduce(std::size_t task, TaskResult result) = 0;
  // What finish() costs beside the tasks, in the unit of their weights; 0: next to nothing.
  virtual double finish_weight() const { return 0; }
  // Whom finish() asks and tells. Called before the first reduce(); one that is quick does not
  // listen.
  virtual void watch(const FinishWatch&) {}
  // Computes the products and writes everything to the datastore. Errc::aborted when the watch says
  // so.
  virtual Result<void> finish(Datastore& datastore) = 0;
};

struct CalculatorInputs {
  Job job;
  std::shared_ptr<const Datastore> hazard; // the parent calculation, or null
  LogSink log;                             // may be empty
  // What the results may take, in bytes; a job that needs more is computed in tiles of sites, or
  // refused before it starts.
  double memory = 4.0 * (1 << 30);
  // Of another node's plan that is to be made again; 0: as many as `memory` asks for.
  std::size_t tiles = 0;
};

// Reads and checks every input file; nothing is computed yet. Errors name file and line.
Result<std::unique_ptr<Calculator>> make_calculator(CalculatorInputs inputs);

} // namespace oq::engine
