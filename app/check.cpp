// `check` and `gsims`: answers that need the engine alone.
#include "app/commands.hpp"
#include "engine/calculator/calculator.hpp"
#include "engine/gsim/registry.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace oq::app {
namespace {

int refuse(const Error& error) {
  fmt::print(stderr, "error: {}\n", error.text());
  return 2;
}

} // namespace

int check(const CheckSettings& settings) {
  auto job = engine::read_job(settings.ini, {.has_hazard = settings.has_hazard});
  if (!job)
    return refuse(job.error());
  for (const auto& warning : job->warnings)
    fmt::print(stderr, "warning: {}\n", warning);
  const std::string mode(engine::to_string(job->mode));
  if (settings.has_hazard) {
    fmt::print("{}: {} job, options and paths are valid\n", settings.ini.string(), mode);
    return 0;
  }
  const auto calculator = engine::make_calculator({*std::move(job), nullptr, {}});
  if (!calculator)
    return refuse(calculator.error());
  fmt::print("{}: {} job, every input is valid; {} tasks\n", settings.ini.string(), mode,
             (*calculator)->task_count());
  return 0;
}

int list_ground_motion_models() {
  for (const auto& name : engine::available_ground_motion_models())
    fmt::print("{}\n", name);
  return 0;
}

} // namespace oq::app
