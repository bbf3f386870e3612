// make_calculator: from a job to the calculator of its mode.
#include "engine/calculator/calculator.hpp"
#include "engine/calculator/classical_calculator.hpp"
#include "engine/calculator/hazard_sites.hpp"
#include "engine/calculator/make_scenario.hpp"
#include "engine/calculator/preclassical_calculator.hpp"
#include "engine/calculator/unsupported_options.hpp"
#include "engine/logictree/read_logic_tree.hpp"
#include "engine/risk/classical_bcr.hpp"
#include "engine/risk/classical_damage.hpp"
#include "engine/risk/classical_risk.hpp"
#include "engine/risk/hazard_and_risk.hpp"
#include "engine/risk/import_curves.hpp"

#include <fmt/format.h>

namespace oq::engine {

namespace {

// Risk has the curves of all sites and realizations in memory, and what it makes of them.
Result<void> check_memory(const CalculatorInputs& inputs, const SiteCollection& sites,
                          const FullLogicTree& tree) {
  constexpr double kCopies = 3, kBytes = sizeof(double);
  double values = 0;
  for (const auto& imt : inputs.job.intensity_levels)
    values += static_cast<double>(imt.levels.size());
  values *= static_cast<double>(sites.size()) * static_cast<double>(tree.realizations.size());
  const double needed = kCopies * kBytes * values;
  if (needed <= inputs.memory)
    return {};
  constexpr double kMebibyte = 1 << 20;
  return Error{
    Errc::invalid_input,
    fmt::format(
      "{} sites, {} realizations and their levels need {:.1f} MiB of memory, more than the "
      "{:.1f} MiB given",
      sites.size(), tree.realizations.size(), needed / kMebibyte, inputs.memory / kMebibyte),
    inputs.job.ini.filename().string()};
}

Result<std::unique_ptr<Calculator>> make_classical(CalculatorInputs inputs) {
  OQ_TRY(FullLogicTree tree, read_logic_tree(inputs.job));
  OQ_TRY(SiteCollection sites, hazard_sites(inputs.job, tree, inputs.log));
  if (inputs.job.mode != CalculationMode::classical)
    OQ_CHECK(check_memory(inputs, sites, tree));
  return make_classical_calculator(std::move(inputs.job), std::move(tree), std::move(sites),
                                   std::move(inputs.log), {inputs.memory, inputs.tiles});
}

Result<std::unique_ptr<Calculator>> make_preclassical(CalculatorInputs inputs) {
  OQ_TRY(FullLogicTree tree, read_logic_tree(inputs.job));
  return make_preclassical_calculator(std::move(inputs.job), std::move(tree), inputs.log);
}

// On the hazard of a parent calculation, from files, or on hazard that the same job describes.
Result<std::unique_ptr<Calculator>> make_classical_with(MakeCalculator make_risk,
                                                        CalculatorInputs inputs) {
  if (!inputs.hazard && inputs.job.inputs.contains("hazard_curves")) {
    OQ_TRY(inputs.hazard, import_hazard_curves(inputs.job));
  }
  if (inputs.hazard || !inputs.job.inputs.contains("source_model_logic_tree"))
    return make_risk(std::move(inputs));
  OQ_TRY(auto hazard, make_classical(inputs));
  return with_risk(std::move(hazard), std::move(inputs), make_risk);
}

} // namespace

Result<std::unique_ptr<Calculator>> make_calculator(CalculatorInputs inputs) {
  OQ_CHECK(refuse_unsupported(inputs.job));
  switch (inputs.job.mode) {
  case CalculationMode::classical: {
    const Job job = inputs.job;
    OQ_TRY(auto hazard, make_classical(std::move(inputs)));
    return with_exposure(std::move(hazard), job);
  }
  case CalculationMode::preclassical:
    return make_preclassical(std::move(inputs));
  case CalculationMode::classical_risk:
    return make_classical_with(make_classical_risk_calculator, std::move(inputs));
  case CalculationMode::classical_damage:
    return make_classical_with(make_classical_damage_calculator, std::move(inputs));
  case CalculationMode::classical_bcr:
    return make_classical_with(make_classical_bcr_calculator, std::move(inputs));
  case CalculationMode::scenario:
  case CalculationMode::scenario_risk:
  case CalculationMode::scenario_damage:
    return make_scenario(std::move(inputs));
  default:
    break;
  }
  return invalid_input(
    fmt::format("calculation_mode '{}' is not supported yet; supported: "
                "classical, preclassical, classical_risk, classical_damage, classical_bcr, "
                "scenario, scenario_risk, scenario_damage",
                to_string(inputs.job.mode)),
    inputs.job.where("calculation_mode"));
}

} // namespace oq::engine
