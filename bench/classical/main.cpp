// bench/classical: processor seconds of a classical calculation on one core, and where they go.
#include "area_model.hpp"
#include "engine/calculator/calculator.hpp"
#include "engine/calculator/classical_calculator.hpp"
#include "engine/calculator/classical_model.hpp"

#include <fmt/format.h>

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

struct Total {
  double preparing = 0, tasks = 0, finishing = 0; // CPU seconds
  double slowest_task = 0;
  std::size_t task_count = 0;

  double seconds() const { return preparing + tasks + finishing; }
};

Result<Total> run(const std::function<Result<std::unique_ptr<Calculator>>()>& make) {
  Total total;
  double start = cpu_seconds();
  OQ_TRY(const std::unique_ptr<Calculator> calculator, make());
  total.preparing = cpu_seconds() - start;
  total.task_count = calculator->task_count();
  for (std::size_t task = 0; task < calculator->task_count(); ++task) {
    start = cpu_seconds();
    OQ_TRY(TaskResult result, calculator->run_task(task, StopToken()));
    OQ_CHECK(calculator->reduce(task, std::move(result)));
    const double seconds = cpu_seconds() - start;
    total.tasks += seconds;
    total.slowest_task = std::max(total.slowest_task, seconds);
  }
  start = cpu_seconds();
  const std::unique_ptr<Datastore> datastore = make_memory_datastore();
  OQ_CHECK(calculator->finish(*datastore));
  total.finishing = cpu_seconds() - start;
  return total;
}

// Processor seconds of the tasks' stages: distances and batches, models, exceedance.
Result<void> print_stages(const bench::AreaModel& area) {
  OQ_TRY(ClassicalModel model, build_classical_model(area.job, area.tree, area.sites));
  std::vector<std::shared_ptr<TimedModel>> timed;
  for (RateGroup& group : model.groups)
    for (auto& ground_motion : group.set.models) {
      timed.push_back(std::make_shared<TimedModel>(ground_motion));
      ground_motion = timed.back();
    }
  const auto seconds_of = [&]() -> Result<double> {
    const double start = cpu_seconds();
    for (const RateGroup& group : model.groups) {
      const auto rates = source_rates(model.settings, group.set, {0, group.set.locations()},
                                      model.sites, {0, model.sites.size()}, StopToken());
      if (!rates)
        return rates.error();
    }
    return cpu_seconds() - start;
  };
  OQ_TRY(const double all, seconds_of());
  double models = 0;
  std::size_t pairs = 0, motions = 0;
  for (const auto& one : timed) {
    models += one->seconds;
    pairs += one->pairs;
    motions += one->motions;
  }
  // Levels that nothing reaches leave distances, batches and models.
  for (LevelChunks& levels : model.settings.levels)
    levels = LevelChunks(std::vector<double>(levels.size(), 1e3));
  OQ_TRY(const double without_exceedance, seconds_of());
  const double exceedance = all - without_exceedance, distances = all - exceedance - models;
  const auto share = [&](const char* stage, double seconds, std::size_t units, const char* unit) {
    fmt::print("  {:<24} {:6.1f} ms  {:4.0f} %  {:6.1f} ns a {}\n", stage, 1e3 * seconds,
               100 * seconds / all, 1e9 * seconds / static_cast<double>(units), unit);
  };
  fmt::print("stages of {} pairs x {} motions:\n", pairs,
             motions / std::max<std::size_t>(1, pairs));
  share("ruptures and distances", distances, pairs, "pair");
  share("ground-motion models", models, motions, "motion");
  share("exceedance", exceedance, motions, "motion");
  fmt::print("  {:.2f} million rupture-site pairs a second\n",
             1e-6 * static_cast<double>(pairs) / all);
  return {};
}

Result<void> measure(int repetitions, const char* ini) {
  std::function<Result<std::unique_ptr<Calculator>>()> make;
  OQ_TRY(const bench::AreaModel area, bench::make_area_model());
  if (ini) {
    make = [ini]() -> Result<std::unique_ptr<Calculator>> {
      OQ_TRY(Job job, read_job(ini));
      return make_calculator({std::move(job), nullptr, {}});
    };
  } else {
    make = [&area] {
      return make_classical_calculator(area.job, area.tree, area.sites, {});
    };
  }
  double best = 0;
  for (int i = 0; i < repetitions; ++i) {
    OQ_TRY(const Total total, run(make));
    fmt::print(
      "{:.3f} s CPU: preparing {:.3f}, {} tasks {:.3f} (slowest {:.3f}), finishing {:.3f}\n",
      total.seconds(), total.preparing, total.task_count, total.tasks, total.slowest_task,
      total.finishing);
    best = i == 0 ? total.seconds() : std::min(best, total.seconds());
  }
  if (!ini) {
    fmt::print("{} sites; best {:.3f} s CPU; OpenQuake 3.24 needs 13.2 s for its demo of this "
               "size: {:.0f} times\n",
               area.sites.size(), best, 13.2 / best);
    OQ_CHECK(print_stages(area));
  }
  return {};
}

} // namespace

// bench_classical [job.ini]
int main(int argc, char** argv) {
  const Result<void> done = measure(5, argc > 1 ? argv[1] : nullptr);
  if (done)
    return 0;
  fmt::print(stderr, "{}\n", done.error().text());
  return 1;
}
