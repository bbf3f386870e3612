// bench/classical: where the processor seconds of a classical job go, on one core.
#include "engine/calculator/calculator.hpp"
#include "engine/calculator/classical_model.hpp"
#include "engine/calculator/hazard_sites.hpp"
#include "engine/logictree/read_logic_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <string>
#include <vector>

namespace {

using namespace oq;         // NOLINT(google-build-using-namespace)
using namespace oq::engine; // NOLINT(google-build-using-namespace)

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Passes a model's calls on and adds up what they cost.
class TimedModel : public GroundMotionModel {
public:
  explicit TimedModel(std::shared_ptr<const GroundMotionModel> model) : model_(std::move(model)) {}

  std::string name() const override { return model_->name(); }
  std::uint64_t needs() const override { return model_->needs(); }
  StandardDeviations standard_deviations() const override { return model_->standard_deviations(); }
  bool supports(const Imt& imt) const override { return model_->supports(imt); }
  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    const double start = cpu_seconds();
    model_->predict(imts, batch, out);
    seconds += cpu_seconds() - start;
    pairs += batch.pairs();
    motions += batch.pairs() * imts.size();
  }

  mutable double seconds = 0;
  mutable std::size_t pairs = 0, motions = 0;

private:
  std::shared_ptr<const GroundMotionModel> model_;
};

// Seconds since the start of a calculation, told after each task; what share of the weight was done
// says how true progress is.
struct Progress {
  std::vector<double> seconds, weight;

  // The largest difference between progress and time, both as shares, from `first` seconds on.
  double worst(double first) const {
    double worst = 0;
    for (std::size_t i = 0; i < seconds.size(); ++i)
      if (seconds[i] >= first)
        worst = std::max(worst, std::fabs(weight[i] / weight.back() - seconds[i] / seconds.back()));
    return worst;
  }
};

struct Stages {
  double preparing = 0, tasks = 0, products = 0; // CPU seconds
  std::size_t task_count = 0;
  Progress progress;
};

Result<Stages> run(const char* ini) {
  Stages stages;
  double start = cpu_seconds();
  OQ_TRY(Job job, read_job(ini));
  OQ_TRY(const std::unique_ptr<Calculator> calculator,
         make_calculator({std::move(job), nullptr, {}}));
  stages.preparing = cpu_seconds() - start;
  stages.task_count = calculator->task_count();
  start = cpu_seconds();
  double weight = 0;
  for (std::size_t task = 0; task < stages.task_count; ++task) {
    OQ_TRY(TaskResult result, calculator->run_task(task, StopToken()));
    OQ_CHECK(calculator->reduce(task, std::move(result)));
    weight += calculator->task_weight(task);
    stages.progress.seconds.push_back(cpu_seconds() - start);
    stages.progress.weight.push_back(weight);
  }
  stages.tasks = cpu_seconds() - start;
  start = cpu_seconds();
  const std::unique_ptr<Datastore> datastore = make_memory_datastore();
  OQ_CHECK(calculator->finish(*datastore));
  stages.products = cpu_seconds() - start;
  return stages;
}

Result<double> seconds_of_rates(const ClassicalModel& model) {
  const double start = cpu_seconds();
  for (const RateGroup& group : model.groups) {
    const auto rates = source_rates(model.settings, group.set, {0, group.set.locations()},
                                    model.sites, {0, model.sites.size()}, StopToken());
    if (!rates)
      return rates.error();
  }
  return cpu_seconds() - start;
}

void print_share(const char* stage, double seconds, double all, double units, const char* unit) {
  fmt::print("  {:<26} {:8.1f} ms  {:4.0f} %", stage, 1e3 * seconds, 100 * seconds / all);
  if (units > 0)
    fmt::print("  {:6.1f} ns a {}", 1e9 * seconds / units, unit);
  fmt::print("\n");
}

// The tasks' share, taken apart: distances and batches, models, exceedance.
Result<void> print_stages(const char* ini, const Stages& stages) {
  OQ_TRY(const Job job, read_job(ini));
  OQ_TRY(const FullLogicTree tree, read_logic_tree(job));
  OQ_TRY(SiteCollection sites, hazard_sites(job, tree, {}));
  OQ_TRY(ClassicalModel model, build_classical_model(job, tree, std::move(sites)));
  std::vector<std::shared_ptr<TimedModel>> timed;
  std::size_t pairs = 0;
  for (RateGroup& group : model.groups)
    for (auto& ground_motion : group.set.models) {
      timed.push_back(std::make_shared<TimedModel>(ground_motion));
      ground_motion = timed.back();
    }
  OQ_TRY(const double all, seconds_of_rates(model));
  for (const RateGroup& group : model.groups)
    pairs += static_cast<const TimedModel&>(*group.set.models.front()).pairs;
  double models = 0, motions = 0;
  for (const auto& one : timed) {
    models += one->seconds;
    motions += static_cast<double>(one->motions);
  }
  // Levels that nothing reaches leave distances, batches and models.
  for (LevelChunks& levels : model.settings.levels)
    levels = LevelChunks(std::vector<double>(levels.size(), 1e3));
  OQ_TRY(const double without_exceedance, seconds_of_rates(model));
  const double exceedance = all - without_exceedance, distances = all - exceedance - models;
  const double whole = stages.preparing + stages.tasks + stages.products;
  const double scale = stages.tasks / all;
  fmt::print("  {} sites, {} realizations, {} rupture-site pairs, {:.0f} motions; {:.2f} million "
             "pairs/s\n",
             model.sites.size(), tree.realizations.size(), pairs, motions,
             1e-6 * static_cast<double>(pairs) / stages.tasks);
  print_share("reading and planning", stages.preparing, whole, 0, "");
  print_share("ruptures and distances", scale * distances, whole, static_cast<double>(pairs),
              "pair");
  print_share("ground-motion models", scale * models, whole, motions, "motion");
  print_share("exceedance", scale * exceedance, whole, motions, "motion");
  print_share("products", stages.products, whole, 0, "");
  constexpr double kFirst = 10; // s, before which progress need not be true
  fmt::print("  {} tasks; progress and time differ by {:.0f} % at the most", stages.task_count,
             100 * stages.progress.worst(0));
  if (stages.tasks > kFirst)
    fmt::print(", by {:.0f} % from {:.0f} s on", 100 * stages.progress.worst(kFirst), kFirst);
  fmt::print("\n");
  return {};
}

Result<void> measure(const char* ini) {
  OQ_TRY(const Stages stages, run(ini));
  return print_stages(ini, stages);
}

} // namespace

// bench_classical JOB.ini
int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: bench_classical JOB.ini\n");
    return 2;
  }
  const Result<void> done = measure(argv[1]);
  if (done)
    return 0;
  fmt::print(stderr, "{}\n", done.error().text());
  return 1;
}
