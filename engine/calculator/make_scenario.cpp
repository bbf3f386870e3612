// Which hazard a scenario has, and what follows it.
#include "engine/calculator/make_scenario.hpp"

#include "engine/calculator/hazard_sites.hpp"
#include "engine/calculator/imported_fields.hpp"
#include "engine/calculator/parent_fields.hpp"
#include "engine/calculator/scenario_calculator.hpp"
#include "engine/risk/hazard_and_risk.hpp"
#include "engine/risk/risk_files.hpp"
#include "engine/risk/risk_intensities.hpp"
#include "engine/risk/scenario_damage.hpp"
#include "engine/risk/scenario_risk.hpp"

namespace oq::engine {
namespace {

Result<std::unique_ptr<Calculator>> make_fields(CalculatorInputs inputs) {
  Job& job = inputs.job;
  if (job.inputs.contains("gmfs"))
    return make_imported_fields(job);
  const auto sites_of = [&](const FullLogicTree& tree) {
    return scenario_sites(job, tree, inputs.log);
  };
  if (!job.inputs.contains("rupture_model") && !job.option("rupture_dict")) {
    OQ_TRY(auto sites, sites_of(FullLogicTree{}));
    return make_sites_only(job, std::move(sites.sites));
  }
  OQ_TRY(const auto files, RiskFiles::read(job, nullptr));
  OQ_TRY(const auto intensities, risk_intensities(job, files));
  std::vector<Imt> imts;
  for (const auto& given : job.intensity_levels)
    imts.push_back(given.imt);
  if (imts.empty())
    for (const auto& intensity : intensities)
      imts.push_back(intensity.imt);
  if (imts.empty())
    return invalid_input("intensity_measure_types is missing: fields are computed of them",
                         job.ini.filename().string());
  std::vector<double> minimum(imts.size(), 0.0);
  for (std::size_t i = 0; i < imts.size(); ++i)
    for (const auto& intensity : intensities)
      if (intensity.imt == imts[i])
        minimum[i] = intensity.minimum;
  OQ_TRY(auto model, make_scenario_model(job, sites_of, std::move(imts), minimum));
  return make_scenario_calculator(std::move(job), std::move(model), std::move(inputs.log));
}

Result<std::unique_ptr<Calculator>> with(MakeCalculator make_risk, CalculatorInputs inputs) {
  if (inputs.hazard)
    return make_risk(std::move(inputs));
  OQ_TRY(auto hazard, make_fields(inputs));
  return with_risk(std::move(hazard), std::move(inputs), make_risk);
}

} // namespace

Result<std::unique_ptr<Calculator>> make_scenario(CalculatorInputs inputs) {
  if (inputs.job.mode == CalculationMode::scenario_risk)
    return with(make_scenario_risk_calculator, std::move(inputs));
  if (inputs.job.mode == CalculationMode::scenario_damage)
    return with(make_scenario_damage_calculator, std::move(inputs));
  if (inputs.hazard && inputs.hazard->contains("gmf_data/eid"))
    return make_parent_fields(inputs.job, inputs.hazard);
  const Job job = inputs.job;
  OQ_TRY(auto hazard, make_fields(std::move(inputs)));
  return with_exposure(std::move(hazard), job);
}

} // namespace oq::engine
