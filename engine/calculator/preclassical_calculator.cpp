// Preclassical: the model is built, counted and dropped.
#include "engine/calculator/preclassical_calculator.hpp"

#include "engine/calculator/calculation_head.hpp"
#include "engine/calculator/classical_model.hpp"
#include "engine/calculator/hazard_sites.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {

namespace {

class PreclassicalCalculator : public Calculator {
public:
  PreclassicalCalculator(Job job, FullLogicTree tree, SiteCollection sites)
    : job_(std::move(job)), tree_(std::move(tree)), sites_(std::move(sites)) {}

  std::size_t task_count() const override { return 0; }
  double task_weight(std::size_t) const override { return 1; }
  Result<TaskResult> run_task(std::size_t task, const StopToken&) const override {
    return Error{Errc::internal, "there is no such task", fmt::format("task {}", task)};
  }
  Result<void> reduce(std::size_t, TaskResult) override { return {}; }
  Result<void> finish(Datastore& datastore) override {
    return store_calculation_head(job_, sites_, tree_, datastore);
  }

private:
  Job job_;
  FullLogicTree tree_;
  SiteCollection sites_;
};

bool has_sites(const Job& job) {
  constexpr const char* kPlaces[] = {"site_model", "exposure"};
  return !job.sites.empty() || !job.region.empty()
         || std::ranges::any_of(kPlaces, [&](const char* input) {
              return job.inputs.contains(input);
            });
}

// Counts what would be computed.
Result<void> check_model(const Job& job, const FullLogicTree& tree, const SiteCollection& sites,
                         const LogSink& log) {
  OQ_TRY(const ClassicalModel model, build_classical_model(job, tree, sites));
  std::size_t points = 0, ruptures = 0;
  for (const RateGroup& group : model.groups) {
    points += group.set.point_locations();
    ruptures += group.set.locations() - group.set.point_locations();
  }
  if (log)
    log(LogLevel::info,
        fmt::format("{} realizations, {} point sources and {} ruptures of faults in {} groups",
                    tree.realizations.size(), points, ruptures, model.groups.size()));
  return {};
}

} // namespace

Result<std::unique_ptr<Calculator>> make_preclassical_calculator(Job job, FullLogicTree tree,
                                                                 const LogSink& log) {
  SiteCollection sites;
  if (has_sites(job)) {
    OQ_TRY(sites, hazard_sites(job, tree, log));
  }
  OQ_CHECK(check_model(job, tree, sites, log));
  return std::unique_ptr<Calculator>(
    std::make_unique<PreclassicalCalculator>(std::move(job), std::move(tree), std::move(sites)));
}

} // namespace oq::engine
