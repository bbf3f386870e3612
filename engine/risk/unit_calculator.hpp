// UnitCalculator: a calculator whose work is many small independent units, in blocks.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

class UnitCalculator : public Calculator {
public:
  std::size_t task_count() const final;
  double task_weight(std::size_t task) const final;
  Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const final;
  Result<void> reduce(std::size_t task, TaskResult result) final;
  Result<void> finish(Datastore& datastore) final;

protected:
  virtual std::size_t unit_count() const = 0;
  // Values that a unit computes.
  virtual std::size_t value_count(std::size_t unit) const = 0;
  virtual double weight(std::size_t unit) const = 0;
  // Appends value_count(unit) values. Thread-safe.
  virtual Result<void> compute(std::size_t unit, std::vector<double>& values) const = 0;
  // `results` holds the values of every unit.
  virtual Result<void> write(const std::vector<std::vector<double>>& results,
                             Datastore& datastore) = 0;

private:
  std::size_t block() const; // units a task
  std::size_t first(std::size_t task) const;

  std::vector<std::vector<double>> results_;
};

} // namespace oq::engine
