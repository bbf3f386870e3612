// ClassicalCalculator: tasks from the plan, rates added up in task order, products at the end.
#include "engine/calculator/classical_calculator.hpp"

#include "engine/calculator/calculation_head.hpp"
#include "engine/calculator/classical_plan.hpp"
#include "engine/calculator/classical_products.hpp"
#include "engine/calculator/dependent_groups.hpp"
#include "engine/calculator/post_processor.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {

namespace {

// What all of the calculator's parts refer to.
struct ClassicalInputs {
  Job job;
  FullLogicTree tree;
  ClassicalModel model;
  std::optional<SoilCurves> soil;
};

class ClassicalCalculator : public Calculator {
public:
  ClassicalCalculator(ClassicalInputs inputs, const ClassicalTiles& tiles,
                      std::unique_ptr<PostProcessor> after)
    : in_(std::move(inputs)), tiles_(tiles), after_(std::move(after)),
      tasks_(plan_classical(in_.model, tiles)),
      products_(in_.job, in_.tree, in_.model, in_.soil ? &*in_.soil : nullptr, tiles.part_sites) {}

  std::size_t task_count() const override { return tasks_.size(); }

  double task_weight(std::size_t task) const override {
    return std::max(tasks_[task].weight, 1e-6);
  }

  std::size_t tiles() const override { return tiles_.count; }
  std::size_t tasks_ahead() const override { return tiles_.tasks_ahead; }
  void write_early(OpenDatastore open) override { open_ = std::move(open); }
  void watch(const FinishWatch& watch) override { watch_ = watch; }

  // A post-processor looks at all ruptures once more.
  double finish_weight() const override {
    double weight = 0;
    for (const ClassicalTask& task : tasks_)
      weight += task.weight;
    return after_ ? weight : 0;
  }

  Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const override {
    const ClassicalTask& work = tasks_[task];
    OQ_TRY(std::vector<double> values,
           source_rates(in_.model.settings, in_.model.groups[work.group].set, work.locations,
                        in_.model.sites, work.sites, stop));
    return TaskResult{std::move(values), {}};
  }

  Result<void> reduce(std::size_t task, TaskResult result) override {
    const ClassicalTask& work = tasks_[task];
    OQ_CHECK(go_to(work.tile));
    if (result.values.empty())
      return {};
    const RateGroup& group = in_.model.groups[work.group];
    const std::size_t size = in_.model.values_per_site(group);
    const std::size_t values = (work.sites.end - work.sites.begin) * size;
    if (result.values.size() != values * (1 + group.variants.size()))
      return Error{Errc::internal, "a task returned a result of the wrong size",
                   fmt::format("task {}", task)};
    const double* value = result.values.data();
    const auto add_to = [&](std::size_t index) {
      double* const sum =
        rates_.values[index].data() + (work.sites.begin - rates_.sites.begin) * size;
      for (std::size_t i = 0; i < values; ++i)
        sum[i] += *value++;
    };
    add_to(work.group);
    for (const std::size_t variant : group.variants)
      add_to(variant);
    return {};
  }

  Result<void> finish(Datastore& datastore) override {
    if (rates_.values.empty())
      begin_tile(tile_);
    OQ_CHECK(store_tile(datastore));
    rates_ = {};
    return after_ ? after_->run(in_.job, in_.tree, in_.model, datastore, watch_) : Result<void>();
  }

private:
  // Stores the tile before; the last one is left to finish().
  Result<void> go_to(std::size_t tile) {
    if (tile != tile_) {
      if (!open_)
        return Error{Errc::internal, "there is nowhere to write a tile", {}};
      OQ_TRY(Datastore* const datastore, open_());
      OQ_CHECK(store_tile(*datastore));
      rates_ = {};
    }
    if (rates_.values.empty())
      begin_tile(tile);
    return {};
  }

  void begin_tile(std::size_t tile) {
    tile_ = tile;
    rates_.sites = sites_of(tiles_, tile, in_.model.sites.size());
    for (const RateGroup& group : in_.model.groups)
      rates_.values.emplace_back((rates_.sites.end - rates_.sites.begin)
                                 * in_.model.values_per_site(group));
  }

  Result<void> store_tile(Datastore& datastore) {
    if (tile_ == 0) {
      OQ_CHECK(store_calculation_head(in_.job, in_.model.sites, in_.tree, datastore));
      OQ_CHECK(products_.create(datastore));
    }
    // What depends on each other counts for the first of its sources.
    combine(in_.model, rates_.values);
    return products_.store(rates_, datastore);
  }

  const ClassicalInputs in_;
  const ClassicalTiles tiles_;
  const std::unique_ptr<PostProcessor> after_; // may be null
  const std::vector<ClassicalTask> tasks_;
  const ClassicalProducts products_;
  OpenDatastore open_;
  FinishWatch watch_;
  std::size_t tile_ = 0;
  TileRates rates_; // of the tile
};

void tell(const ClassicalInputs& in, const ClassicalTiles& tiles, const LogSink& log) {
  if (!log)
    return;
  std::size_t points = 0, ruptures = 0;
  for (const RateGroup& group : in.model.groups) {
    points += group.set.point_locations();
    ruptures += group.set.locations() - group.set.point_locations();
  }
  log(LogLevel::info,
      fmt::format("{} sites, {} realizations, {} point sources and {} ruptures of faults in {} "
                  "groups",
                  in.model.sites.size(), in.tree.realizations.size(), points, ruptures,
                  in.model.groups.size()));
  if (tiles.count > 1)
    log(LogLevel::info,
        fmt::format("In {} tiles of {} sites, for the memory given", tiles.count, tiles.sites));
  if (in.model.groups.empty())
    log(LogLevel::warning, "no source has a rupture above the minimum magnitude");
}

} // namespace

Result<std::unique_ptr<Calculator>> make_classical_calculator(Job job, FullLogicTree tree,
                                                              SiteCollection sites, LogSink log,
                                                              const ClassicalMemory& memory) {
  OQ_TRY(auto soil, SoilCurves::make(job, sites));
  OQ_TRY(auto after, make_post_processor(job, sites, log));
  OQ_TRY(auto kernel, soil_kernel(job, sites));
  if (kernel) // the curves are the soil's from the beginning
    for (IntensityLevels& given : job.intensity_levels)
      given.levels = std::vector<double>(soil_levels(job));
  OQ_TRY(ClassicalModel model, build_classical_model(job, tree, std::move(sites)));
  model.settings.kernel = std::move(kernel);
  ClassicalInputs in{std::move(job), std::move(tree), std::move(model), std::move(soil)};
  const SiteBytes bytes = site_bytes(in.job, in.tree, in.model);
  OQ_TRY(const ClassicalTiles least,
         tiles_for(memory.bytes, in.model.sites.size(), bytes, in.job.ini.filename().string()));
  const ClassicalTiles tiles =
    memory.tiles > 0 ? tiles_of(memory.tiles, memory.bytes, in.model.sites.size(), bytes) : least;
  tell(in, tiles, log);
  return std::unique_ptr<Calculator>(
    std::make_unique<ClassicalCalculator>(std::move(in), tiles, std::move(after)));
}

} // namespace oq::engine
