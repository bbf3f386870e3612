// Risk is a small part of such a job: it runs in finish(), on the thread that reduces.
#include "engine/risk/hazard_and_risk.hpp"

#include "engine/output/hazard_results.hpp"
#include "engine/risk/asset_store.hpp"
#include "engine/risk/check_assets.hpp"
#include "engine/risk/fragility.hpp"
#include "engine/risk/loss_models.hpp"
#include "engine/risk/risk_files.hpp"
#include "engine/risk/taxonomy_mapping.hpp"

namespace oq::engine {
namespace {

// Another calculator's tasks with more to do at the end.
class Extended : public Calculator {
public:
  explicit Extended(std::unique_ptr<Calculator> hazard)
    : hazard_(std::move(hazard)), tiles_(hazard_->tiles()), tasks_ahead_(hazard_->tasks_ahead()),
      finish_weight_(hazard_->finish_weight()) {
    for (std::size_t task = 0; task < hazard_->task_count(); ++task)
      weights_.push_back(hazard_->task_weight(task));
  }

  std::size_t task_count() const final { return weights_.size(); }
  double task_weight(std::size_t task) const final { return weights_[task]; }
  std::size_t tiles() const final { return tiles_; }
  std::size_t tasks_ahead() const final { return tasks_ahead_; }
  void write_early(OpenDatastore open) final { hazard_->write_early(std::move(open)); }
  double finish_weight() const final { return finish_weight_; }
  void watch(const FinishWatch& watch) final {
    stop_ = watch.stop;
    hazard_->watch(watch);
  }
  Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const final {
    return hazard_->run_task(task, stop);
  }
  Result<void> reduce(std::size_t task, TaskResult result) final {
    return hazard_->reduce(task, std::move(result));
  }
  Result<void> finish(Datastore& datastore) final {
    OQ_CHECK(hazard_->finish(datastore));
    hazard_.reset(); // its fields and curves are in the datastore
    return extend(datastore, stop_);
  }

private:
  virtual Result<void> extend(Datastore& datastore, const StopToken& stop) = 0;

  std::unique_ptr<Calculator> hazard_; // until its results are stored
  std::size_t tiles_, tasks_ahead_;    // and what else its plan is
  double finish_weight_ = 0;
  std::vector<double> weights_; // of its tasks
  StopToken stop_;
};

class WithRisk final : public Extended {
public:
  WithRisk(std::unique_ptr<Calculator> hazard, CalculatorInputs inputs, MakeCalculator make_risk)
    : Extended(std::move(hazard)), inputs_(std::move(inputs)), make_risk_(make_risk) {}

private:
  Result<void> extend(Datastore& datastore, const StopToken& stop) override {
    // The datastore outlives this call, and the risk calculator does not.
    inputs_.hazard = std::shared_ptr<const Datastore>(&datastore, [](const Datastore*) {});
    OQ_TRY(const auto risk, make_risk_(std::move(inputs_)));
    for (std::size_t task = 0; task < risk->task_count(); ++task) {
      OQ_TRY(auto result, risk->run_task(task, stop));
      OQ_CHECK(risk->reduce(task, std::move(result)));
    }
    return risk->finish(datastore);
  }

  CalculatorInputs inputs_;
  MakeCalculator make_risk_;
};

class WithExposure final : public Extended {
public:
  WithExposure(std::unique_ptr<Calculator> hazard, Job job, Exposure exposure, RiskFiles files)
    : Extended(std::move(hazard)), job_(std::move(job)), exposure_(std::move(exposure)),
      files_(std::move(files)) {}

private:
  Result<void> extend(Datastore& datastore, const StopToken&) override {
    OQ_TRY(const auto inside, assets_in_region(exposure_.assets, job_));
    OQ_TRY(const auto assets, nearest_stored_sites(exposure_.assets, inside, datastore, job_));
    OQ_CHECK(store_assets(exposure_, assets, {}, true, datastore));
    return files_.store(datastore);
  }

  Job job_;
  Exposure exposure_;
  RiskFiles files_;
};

// Mistakes in the files of risk functions.
Result<void> check_risk_files(const Job& job, const RiskFiles& files) {
  if (files.has_kind("vulnerability")) {
    OQ_TRY(const auto models, read_vulnerability_models(job, files));
  }
  if (files.has_kind("fragility")) {
    OQ_TRY(const auto models, read_fragility_models(files, job.ini.filename().string()));
  }
  OQ_TRY(const auto mapping, TaxonomyMapping::read(files));
  return {};
}

} // namespace

Result<std::unique_ptr<Calculator>> with_risk(std::unique_ptr<Calculator> hazard,
                                              CalculatorInputs inputs, MakeCalculator make_risk) {
  OQ_TRY(const auto exposure, read_exposure(inputs.job));
  OQ_TRY(const auto inside, assets_in_region(exposure.assets, inputs.job));
  OQ_TRY(const auto files, RiskFiles::read(inputs.job, nullptr));
  OQ_CHECK(check_risk_files(inputs.job, files));
  OQ_CHECK(check_assets(inputs.job, files, exposure.assets, inside));
  return std::unique_ptr<Calculator>(
    std::make_unique<WithRisk>(std::move(hazard), std::move(inputs), make_risk));
}

Result<std::unique_ptr<Calculator>> with_exposure(std::unique_ptr<Calculator> hazard,
                                                  const Job& job) {
  if (!job.inputs.contains("exposure"))
    return hazard;
  OQ_TRY(auto exposure, read_exposure(job));
  OQ_TRY(auto files, RiskFiles::read(job, nullptr));
  OQ_CHECK(check_risk_files(job, files));
  return std::unique_ptr<Calculator>(
    std::make_unique<WithExposure>(std::move(hazard), job, std::move(exposure), std::move(files)));
}

} // namespace oq::engine
