// Tasks are blocks of loss units; the results of assets are made of them at the end.
#include "engine/risk/classical_risk.hpp"

#include "engine/risk/loss_units.hpp"
#include "engine/risk/risk_results.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kMostTasks = 256;
constexpr double kMostBytes = 2.0 * (1 << 30); // of loss curves

class ClassicalRiskCalculator final : public Calculator {
public:
  ClassicalRiskCalculator(CalculatorInputs inputs, std::unique_ptr<RiskInputs> risk)
    : job_(std::move(inputs.job)), hazard_(std::move(inputs.hazard)), log_(std::move(inputs.log)),
      risk_(std::move(risk)), units_(*risk_),
      block_(std::max<std::size_t>(1, (units_.size() + kMostTasks - 1) / kMostTasks)),
      results_(units_.size()) {}

  std::size_t task_count() const override { return (units_.size() + block_ - 1) / block_; }

  double task_weight(std::size_t task) const override {
    double weight = 0;
    for (std::size_t unit = first(task); unit < first(task + 1); ++unit)
      weight += units_.weight(unit);
    return weight;
  }

  Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const override {
    TaskResult result;
    for (std::size_t unit = first(task); unit < first(task + 1); ++unit) {
      if (stop.stop_requested())
        return Error{Errc::aborted, "stopped on request", ""};
      OQ_CHECK(units_.compute(unit, result.values));
    }
    return result;
  }

  Result<void> reduce(std::size_t task, TaskResult result) override {
    std::size_t start = 0;
    for (std::size_t unit = first(task); unit < first(task + 1); ++unit) {
      const auto count = units_.value_count(unit);
      if (start + count > result.values.size())
        return Error{Errc::internal, "a task returned too few values",
                     "task " + std::to_string(task)};
      const auto from = result.values.begin() + static_cast<std::ptrdiff_t>(start);
      results_[unit].assign(from, from + static_cast<std::ptrdiff_t>(count));
      start += count;
    }
    return {};
  }

  Result<void> finish(Datastore& datastore) override {
    return write_risk_results(job_, *hazard_, *risk_, units_, results_, datastore);
  }

  // Errc::invalid_input when the results do not fit into memory.
  Result<void> check_size() const {
    double values = 0;
    for (const auto& model : risk_->models)
      values += static_cast<double>(risk_->assets.asset.size())
                * static_cast<double>(model.ratio_count())
                * static_cast<double>(units_.kind_count() + 1);
    if (values * sizeof(double) > kMostBytes)
      return invalid_input("the loss curves would take more than 2 GiB: lower "
                           "lrem_steps_per_interval, use fewer assets or leave out individual_rlzs",
                           job_.ini.filename().string());
    return {};
  }

  void log_plan() const {
    if (log_)
      log_(LogLevel::info, std::to_string(risk_->assets.asset.size()) + " assets, "
                             + std::to_string(risk_->models.size()) + " loss types, "
                             + std::to_string(risk_->weights.size()) + " realizations: "
                             + std::to_string(units_.size()) + " different loss curves");
  }

private:
  std::size_t first(std::size_t task) const { return std::min(task * block_, units_.size()); }

  Job job_;
  std::shared_ptr<const Datastore> hazard_;
  LogSink log_;
  std::unique_ptr<RiskInputs> risk_; // units_ refers to it
  LossUnits units_;
  std::size_t block_; // units a task
  std::vector<std::vector<double>> results_;
};

} // namespace

Result<std::unique_ptr<Calculator>> make_classical_risk_calculator(CalculatorInputs inputs) {
  if (!inputs.hazard)
    return invalid_input("classical_risk starts from a hazard calculation: give its id with "
                         "hazard_calculation_id or --hc",
                         inputs.job.ini.filename().string());
  OQ_TRY(auto risk, read_risk_inputs(inputs.job, *inputs.hazard));
  auto calculator = std::make_unique<ClassicalRiskCalculator>(
    std::move(inputs), std::make_unique<RiskInputs>(std::move(risk)));
  OQ_CHECK(calculator->check_size());
  calculator->log_plan();
  return std::unique_ptr<Calculator>(std::move(calculator));
}

} // namespace oq::engine
