// The list of what is read but not computed; an entry goes when its calculator comes.
#include "engine/calculator/unsupported_options.hpp"

#include "engine/calculator/post_processor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace oq::engine {
namespace {

// Options whose neutral value computes nothing else: "false", "0", "none" or nothing at all.
constexpr std::string_view kOptions[] = {
  "postproc_func",
  "secondary_perils",
};

// Keys of Job::inputs.
constexpr std::string_view kInputs[] = {
  "delta_rates",
  "geometry",
  "multi_peril",
  "post_loss_amplification",
};

bool is_neutral(std::string value) {
  std::ranges::transform(value, value.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  constexpr std::string_view kNeutral[] = {"",   "false", "0",   "0.0",       "none",
                                           "[]", "{}",    "avg", "dummy.main"};
  return std::ranges::find(kNeutral, value) != std::end(kNeutral);
}

} // namespace

Result<void> refuse_unsupported(const Job& job) {
  const bool is_scenario = job.mode == CalculationMode::scenario
                           || job.mode == CalculationMode::scenario_damage
                           || job.mode == CalculationMode::scenario_risk;
  for (const auto name : kOptions) {
    if (name == "secondary_perils" && is_scenario)
      continue;
    if (name == "postproc_func" && job.option(name) && is_post_processor(job.option(name)->value))
      continue;
    if (const auto* option = job.option(name); option && !is_neutral(option->value))
      return invalid_input(
        fmt::format("{} = {} is not supported yet; without it the calculation runs", name,
                    option->value.substr(0, 60)),
        job.where(name));
  }
  for (const auto name : kInputs) {
    if (!job.inputs.contains(std::string(name)))
      continue;
    for (const char* ending : {"_file", "_csv", "_hdf5"})
      if (const auto option = std::string(name) + ending; job.option(option))
        return invalid_input(fmt::format("{} is not supported yet", option), job.where(option));
    return invalid_input(fmt::format("{} is not supported yet", name), job.ini.filename().string());
  }
  return {};
}

} // namespace oq::engine
