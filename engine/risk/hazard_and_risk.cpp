// Risk is a small part of such a job: it runs in finish(), on the thread that reduces.
#include "engine/risk/hazard_and_risk.hpp"

#include "engine/risk/classical_risk.hpp"
#include "engine/risk/exposure.hpp"
#include "engine/risk/loss_models.hpp"
#include "engine/risk/region.hpp"

namespace oq::engine {
namespace {

class HazardAndRiskCalculator final : public Calculator {
public:
  HazardAndRiskCalculator(std::unique_ptr<Calculator> hazard, CalculatorInputs inputs)
    : hazard_(std::move(hazard)), inputs_(std::move(inputs)) {}

  std::size_t task_count() const override { return hazard_->task_count(); }
  double task_weight(std::size_t task) const override { return hazard_->task_weight(task); }
  Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const override {
    return hazard_->run_task(task, stop);
  }
  Result<void> reduce(std::size_t task, TaskResult result) override {
    return hazard_->reduce(task, std::move(result));
  }

  Result<void> finish(Datastore& datastore) override {
    OQ_CHECK(hazard_->finish(datastore));
    // The datastore outlives this call, and the risk calculator does not.
    inputs_.hazard = std::shared_ptr<const Datastore>(&datastore, [](const Datastore*) {});
    OQ_TRY(const auto risk, make_classical_risk_calculator(std::move(inputs_)));
    for (std::size_t task = 0; task < risk->task_count(); ++task) {
      OQ_TRY(auto result, risk->run_task(task, StopToken{}));
      OQ_CHECK(risk->reduce(task, std::move(result)));
    }
    return risk->finish(datastore);
  }

private:
  std::unique_ptr<Calculator> hazard_;
  CalculatorInputs inputs_;
};

} // namespace

Result<std::unique_ptr<Calculator>> with_classical_risk(std::unique_ptr<Calculator> hazard,
                                                        CalculatorInputs inputs) {
  OQ_TRY(const auto exposure, read_exposure(inputs.job));
  OQ_TRY(const auto inside, assets_in_region(exposure.assets, inputs.job));
  OQ_TRY(const auto models, read_loss_models(inputs.job));
  return std::unique_ptr<Calculator>(
    std::make_unique<HazardAndRiskCalculator>(std::move(hazard), std::move(inputs)));
}

} // namespace oq::engine
