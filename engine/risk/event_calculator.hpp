// EventCalculator: a calculation event by event, whose results are means by asset and tables.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/risk/aggregate_table.hpp"
#include "engine/risk/event_base.hpp"

#include <functional>

namespace oq::engine {

// Tasks are blocks of events. Each returns sums over its events, which are added up in order, and
// the totals of each event.
class EventCalculator : public Calculator {
public:
  std::size_t task_count() const final;
  double task_weight(std::size_t task) const final;
  Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const final;
  Result<void> reduce(std::size_t task, TaskResult result) final;
  // Assets, averages, "risk_by_event" and an "aggrisk" table for each group of tags.
  Result<void> finish(Datastore& datastore) final;

  struct Widths {
    std::size_t sums = 0;   // numbers that are added up over the events of a realization
    std::size_t totals = 0; // numbers of one event
  };

protected:
  // Adds an event to the sums of its realization, and to its own totals, which are 0.
  using AddEvent =
    std::function<void(std::size_t event, std::span<double> sums, std::span<double> totals)>;

  EventCalculator(CalculatorInputs inputs, std::unique_ptr<EventBase> base, Widths widths);

  const Job& job() const { return job_; }
  const EventBase& base() const { return *base_; }
  // Mean over the events of a realization of one of the sums.
  double mean(std::size_t realization, std::size_t sum) const;
  double total(std::size_t event, std::size_t column) const {
    return totals_[event * widths_.totals + column];
  }
  // A row's texts, in an aggregate table.
  void add_texts(const AssetGroup& group, const std::string& loss_type, std::size_t realization,
                 TextTable& table) const;

private:
  // Called once a task; what it returns may keep room of its own.
  virtual AddEvent event_adder() const = 0;
  virtual std::vector<std::string> loss_types() const = 0;
  virtual Result<void> write_averages(Datastore& datastore) const = 0;
  virtual TextTable table_by_event() const = 0;
  virtual std::vector<std::string> aggregate_columns() const = 0;
  virtual void add_rows(const AssetGroup& group, TextTable& table) const = 0;
  virtual Result<void> write_more(Datastore&) const { return {}; }

  std::size_t last(std::size_t task) const;
  // Of the assets that share the values of these tags.
  TextTable aggregate(const std::string& group) const;

  Job job_;
  std::shared_ptr<const Datastore> hazard_;
  std::unique_ptr<EventBase> base_; // what derived classes compute with refers to it
  Widths widths_;
  std::size_t block_;          // events a task
  std::vector<double> sums_;   // realization x sum
  std::vector<double> totals_; // event x total
};

} // namespace oq::engine
