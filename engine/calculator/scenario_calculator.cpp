// A task is a rupture with its events; rows of fields are put together in order of events.
#include "engine/calculator/scenario_calculator.hpp"

#include "engine/calculator/calculation_head.hpp"
#include "engine/gmf/average_fields.hpp"
#include "engine/gmf/field_table.hpp"
#include "engine/gmf/peril_fields.hpp"
#include "engine/hazard/datastore_keys.hpp"

#include <fmt/format.h>

#include <mutex>

namespace oq::engine {
namespace {

class ScenarioCalculator final : public Calculator {
public:
  ScenarioCalculator(Job job, ScenarioModel model)
    : job_(std::move(job)), model_(std::move(model)), motions_(model_.ruptures.size()) {
    for (const Imt& imt : model_.fields.imts)
      table_.imts.push_back(imt.name());
    const std::size_t rows =
      model_.computes_fields ? model_.event_count() * model_.sites.size() : 0;
    table_.event.reserve(rows); // at most; growing would need half as much again
    table_.site.reserve(rows);
    table_.values.reserve(rows * table_.imts.size());
  }

  std::size_t task_count() const override {
    return model_.computes_fields ? model_.parts.size() : 0;
  }
  double task_weight(std::size_t task) const override {
    return static_cast<double>(model_.parts[task].realizations.size() * model_.sites.size());
  }

  Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const override {
    if (stop.stop_requested())
      return Error{Errc::aborted, "stopped on request", ""};
    const ScenarioPart& part = model_.parts[task];
    OQ_TRY(const auto* motion, motion_of(part));
    std::vector<std::size_t> model_of_event;
    for (const auto realization : part.realizations)
      model_of_event.push_back(model_.tree.realizations[static_cast<std::size_t>(realization)]
                                 .gsim_branches[part.gsim_set]);
    OQ_TRY(const auto fields, motion->conditioned ? compute_conditioned_fields(
                                *motion->conditioned, model_of_event, part.seed, model_.fields)
                                                  : compute_fields(motion->motion, model_of_event,
                                                                   part.seed, model_.fields));
    TaskResult result;
    result.integers.assign(motion->motion.sites.begin(), motion->motion.sites.end());
    for (const auto* values : {&fields.sigma, &fields.epsilon, &fields.values})
      result.values.insert(result.values.end(), values->begin(), values->end());
    return result;
  }

  Result<void> reduce(std::size_t task, TaskResult result) override {
    const ScenarioPart& part = model_.parts[task];
    const std::size_t imts = table_.imts.size(), events = part.realizations.size();
    const std::size_t sites = result.integers.size(), head = 2 * events * imts;
    if (result.values.size() != head + events * sites * imts)
      return Error{Errc::internal, "a task returned a result of the wrong size",
                   fmt::format("task {}", task)};
    const auto at = [&](std::size_t i) {
      return static_cast<float>(result.values[i]);
    };
    for (std::size_t i = 0; i < events * imts; ++i) {
      table_.sigma.push_back(at(i));
      table_.epsilon.push_back(at(events * imts + i));
    }
    for (std::size_t event = 0; event < events; ++event)
      for (std::size_t site = 0; site < sites; ++site) {
        const std::size_t row = head + (event * sites + site) * imts;
        bool shaken = false;
        for (std::size_t imt = 0; imt < imts; ++imt)
          shaken = shaken || result.values[row + imt] != 0;
        if (!shaken)
          continue;
        table_.event.push_back(static_cast<std::int32_t>(part.first_event + event));
        table_.site.push_back(static_cast<std::int32_t>(result.integers[site]));
        for (std::size_t imt = 0; imt < imts; ++imt)
          table_.values.push_back(at(row + imt));
      }
    return {};
  }

  Result<void> finish(Datastore& datastore) override {
    OQ_CHECK(store_calculation_head(job_, model_.sites, model_.tree, datastore));
    const std::vector<std::int32_t> sites(model_.sites_of_assets.begin(),
                                          model_.sites_of_assets.end());
    if (!sites.empty())
      OQ_CHECK(datastore.put(keys::kSitesOfAssets, {{sites.size()}, sites}));
    FieldEvents events;
    std::int32_t rupture = 0;
    for (const auto& part : model_.parts) {
      events.rupture.insert(events.rupture.end(), part.realizations.size(), rupture++);
      events.realization.insert(events.realization.end(), part.realizations.begin(),
                                part.realizations.end());
    }
    OQ_CHECK(store_events(events, true, datastore));
    if (!model_.computes_fields)
      return {};
    constexpr double kNothing = 1e-10; // stands for 0 in geometric averages
    add_perils(model_.perils, model_.fields.imts, magnitudes(), table_);
    OQ_CHECK(store_fields(table_, events.size(), datastore));
    if (!model_.exports_fields)
      return datastore.put_attributes("gmf_data", {{"exported", false}});
    auto minimum = model_.fields.minimum;
    minimum.resize(table_.imts.size(), kNothing);
    std::vector<double> weights;
    for (const auto& realization : model_.tree.realizations)
      weights.push_back(realization.weight);
    return store_average(
      average_computed_fields(table_, events, weights, minimum, model_.sites.size()),
      model_.sites.size(), table_.imts, datastore);
  }

private:
  // Of the ruptures of the events.
  std::vector<double> magnitudes() const {
    std::vector<double> of_events;
    for (const auto& part : model_.parts)
      of_events.insert(of_events.end(), part.realizations.size(),
                       model_.ruptures[part.rupture].rupture.mag);
    return of_events;
  }

  struct Motion {
    RuptureMotion motion;
    std::optional<ConditionedMotion> conditioned; // when a station is near
  };

  // Ruptures with many seeds share what does not depend on the seed.
  Result<const Motion*> motion_of(const ScenarioPart& part) const {
    const std::lock_guard lock(mutex_);
    auto& motion = motions_[part.rupture];
    if (!motion) {
      OQ_TRY(auto made, make_motion(part));
      motion = std::make_unique<Motion>(std::move(made));
    }
    return Result<const Motion*>(motion.get());
  }

  Result<Motion> make_motion(const ScenarioPart& part) const {
    const auto& rupture = model_.ruptures[part.rupture];
    const auto& models = model_.models[part.gsim_set];
    Motion out;
    OQ_TRY(out.motion, predict_motion(rupture, models, model_.distances[part.gsim_set],
                                      model_.sites, model_.motion));
    if (model_.stations.size() == 0 || out.motion.sites.empty())
      return out;
    const double within = model_.conditioning.station_distance;
    const MaximumDistance distance = within > 0 ? MaximumDistance({{0.0, within}, {11.0, within}})
                                                : model_.distances[part.gsim_set];
    MotionSettings settings = model_.motion;
    settings.imts = model_.stations.imts;
    OQ_TRY(const auto at_stations,
           predict_motion(rupture, models, distance, model_.sites.selected(model_.stations.site),
                          settings));
    if (!at_stations.sites.empty()) {
      OQ_TRY(out.conditioned, condition_motion(out.motion, model_.motion.imts, model_.sites,
                                               at_stations, model_.stations, model_.conditioning));
    }
    return out;
  }

  Job job_;
  ScenarioModel model_;
  FieldTable table_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Motion>> motions_; // by rupture, when first wanted
};

} // namespace

Result<std::unique_ptr<Calculator>> make_scenario_calculator(Job job, ScenarioModel model,
                                                             LogSink log) {
  if (log)
    log(LogLevel::info,
        fmt::format("{} sites, {} realizations, {} ruptures, {} events", model.sites.size(),
                    model.tree.realizations.size(), model.parts.size(), model.event_count()));
  return std::unique_ptr<Calculator>(
    std::make_unique<ScenarioCalculator>(std::move(job), std::move(model)));
}

} // namespace oq::engine
