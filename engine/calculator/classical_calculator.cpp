// ClassicalCalculator: tasks from the plan, rates added up in task order, products at the end.
#include "engine/calculator/classical_calculator.hpp"

#include "engine/calculator/calculation_head.hpp"
#include "engine/calculator/classical_plan.hpp"
#include "engine/calculator/classical_products.hpp"
#include "engine/calculator/dependent_groups.hpp"
#include "engine/calculator/post_processor.hpp"
#include "engine/calculator/rates_by_source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {

namespace {

class ClassicalCalculator : public Calculator {
public:
  ClassicalCalculator(Job job, FullLogicTree tree, ClassicalModel model,
                      std::optional<SoilCurves> soil, std::unique_ptr<PostProcessor> after)
    : job_(std::move(job)), tree_(std::move(tree)), model_(std::move(model)),
      soil_(std::move(soil)), after_(std::move(after)), tasks_(plan_classical(model_)) {
    for (const RateGroup& group : model_.groups)
      rates_.emplace_back(model_.sites.size() * model_.values_per_site(group));
  }

  std::size_t task_count() const override { return tasks_.size(); }

  double task_weight(std::size_t task) const override {
    return std::max(tasks_[task].weight, 1e-6);
  }

  Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const override {
    const ClassicalTask& work = tasks_[task];
    OQ_TRY(std::vector<double> values,
           source_rates(model_.settings, model_.groups[work.group].set, work.locations,
                        model_.sites, work.sites, stop));
    return TaskResult{std::move(values), {}};
  }

  Result<void> reduce(std::size_t task, TaskResult result) override {
    if (result.values.empty())
      return {};
    const ClassicalTask& work = tasks_[task];
    const RateGroup& group = model_.groups[work.group];
    const std::size_t size = model_.values_per_site(group);
    const std::size_t values = (work.sites.end - work.sites.begin) * size;
    if (result.values.size() != values * (1 + group.variants.size()))
      return Error{Errc::internal, "a task returned a result of the wrong size",
                   fmt::format("task {}", task)};
    const double* value = result.values.data();
    const auto add_to = [&](std::size_t index) {
      double* const sum = rates_[index].data() + work.sites.begin * size;
      for (std::size_t i = 0; i < values; ++i)
        sum[i] += *value++;
    };
    add_to(work.group);
    for (const std::size_t variant : group.variants)
      add_to(variant);
    return {};
  }

  Result<void> finish(Datastore& datastore) override {
    OQ_CHECK(store_calculation_head(job_, model_.sites, tree_, datastore));
    combine(model_, rates_); // what depends on each other counts for the first of its sources
    if (job_.disagg_by_src)
      OQ_CHECK(store_rates_by_source(job_, tree_, model_, rates_, datastore));
    OQ_CHECK(store_classical(job_, tree_, model_, rates_, soil_ ? &*soil_ : nullptr, datastore));
    rates_.clear();
    return after_ ? after_->run(job_, tree_, model_, datastore) : Result<void>();
  }

private:
  Job job_;
  FullLogicTree tree_;
  ClassicalModel model_;
  std::optional<SoilCurves> soil_;
  std::unique_ptr<PostProcessor> after_; // may be null
  std::vector<ClassicalTask> tasks_;
  std::vector<std::vector<double>> rates_; // one a group: site x model x IMT x level
};

} // namespace

Result<std::unique_ptr<Calculator>> make_classical_calculator(Job job, FullLogicTree tree,
                                                              SiteCollection sites, LogSink log) {
  OQ_TRY(auto soil, SoilCurves::make(job, sites));
  OQ_TRY(auto after, make_post_processor(job, sites, log));
  OQ_TRY(auto kernel, soil_kernel(job, sites));
  if (kernel) // the curves are the soil's from the beginning
    for (IntensityLevels& given : job.intensity_levels)
      given.levels = std::vector<double>(soil_levels(job));
  OQ_TRY(ClassicalModel model, build_classical_model(job, tree, std::move(sites)));
  model.settings.kernel = std::move(kernel);
  if (log) {
    std::size_t points = 0, ruptures = 0;
    for (const RateGroup& group : model.groups) {
      points += group.set.point_locations();
      ruptures += group.set.locations() - group.set.point_locations();
    }
    log(LogLevel::info,
        fmt::format("{} sites, {} realizations, {} point sources and {} ruptures of faults in {} "
                    "groups",
                    model.sites.size(), tree.realizations.size(), points, ruptures,
                    model.groups.size()));
    if (model.groups.empty())
      log(LogLevel::warning, "no source has a rupture above the minimum magnitude");
  }
  return std::unique_ptr<Calculator>(std::make_unique<ClassicalCalculator>(
    std::move(job), std::move(tree), std::move(model), std::move(soil), std::move(after)));
}

} // namespace oq::engine
