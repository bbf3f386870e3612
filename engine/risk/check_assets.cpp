// Each taxonomy is looked up once.
#include "engine/risk/check_assets.hpp"

#include "engine/nrml/number.hpp"
#include "engine/perils/secondary_perils.hpp"
#include "engine/risk/consequences.hpp"
#include "engine/risk/event_functions.hpp"
#include "engine/risk/insurance.hpp"
#include "engine/risk/loss_models.hpp"
#include "engine/risk/network.hpp"
#include "engine/risk/reinsurance.hpp"
#include "engine/risk/taxonomy_mapping.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace oq::engine {
namespace {

// The intensity measures of the hazard are known where the job lists them; secondary perils add
// theirs.
Result<void> check_intensity(const Job& job, const std::string& imt, const std::string& function,
                             const std::string& where) {
  const auto has_name = [&](const IntensityLevels& levels) {
    return levels.imt.name() == imt;
  };
  if (job.intensity_levels.empty() || std::ranges::any_of(job.intensity_levels, has_name))
    return {};
  const auto of_perils = measures_of_perils(job);
  if (std::ranges::find(of_perils, imt) != of_perils.end())
    return {};
  return invalid_input("the function " + in_quotes(function) + " needs " + imt
                         + ", which is not among the intensity measures of the hazard",
                       where);
}

template <class Model>
Result<void> check_functions(const Job& job, const std::vector<Model>& models, const char* kind,
                             const TaxonomyMapping& mapping, const Assets& assets,
                             const std::vector<std::size_t>& chosen) {
  std::unordered_set<std::string_view> known;
  for (const auto asset : chosen) {
    const auto& taxonomy = assets.taxonomy[asset];
    if (!known.insert(taxonomy).second)
      continue;
    for (std::size_t i = 0; i < models.size(); ++i) {
      const auto& model = models[i];
      const auto choices = mapping.of(taxonomy, peril_of(model));
      if (!choices)
        return invalid_input("asset " + in_quotes(assets.id[asset]) + ": "
                               + choices.error().message,
                             assets.where(asset));
      for (const auto& choice : *choices) {
        const auto* function = model.find(choice.function);
        if (function == nullptr)
          return missing_function(assets, asset, model.loss_type, kind, choice.function);
        if (leader_of(models, i) == nullptr)
          OQ_CHECK(check_intensity(job, imt_of(*function), function->id, function->where));
      }
    }
  }
  return {};
}

Result<void> check_values(const std::vector<VulnerabilityModel>& models, const Assets& assets,
                          const std::vector<std::size_t>& chosen) {
  for (const auto& model : models) {
    const auto values = assets.values.find(model.value);
    for (const auto asset : chosen)
      if (values == assets.values.end() || std::isnan(values->second[asset]))
        return missing_value(assets, asset, model.value,
                             "the " + model.loss_type + " vulnerability model");
  }
  return {};
}

Result<void> check_policies(const Job& job, const RiskFiles& files,
                            const std::vector<VulnerabilityModel>& models, const Assets& assets,
                            const std::vector<std::size_t>& chosen) {
  std::vector<std::string> loss_types;
  for (const auto& model : models)
    loss_types.push_back(model.loss_type);
  OQ_TRY(const auto insured, read_insurance(job, files, assets, chosen, loss_types));
  if (has_reinsurance(job) && job.mode == CalculationMode::scenario_risk) {
    OQ_TRY(const auto model, read_reinsurance(job, assets, chosen));
  }
  return {};
}

} // namespace

Error missing_function(const Assets& assets, std::size_t asset, const std::string& loss_type,
                       const std::string& kind, const std::string& function) {
  return invalid_input("asset " + in_quotes(assets.id[asset]) + ": the " + loss_type + " " + kind
                         + " model has no function for taxonomy " + in_quotes(function),
                       assets.where(asset));
}

Error missing_value(const Assets& assets, std::size_t asset, const std::string& value,
                    const std::string& needed_by) {
  return invalid_input("asset " + in_quotes(assets.id[asset]) + ": no value of " + value
                         + ", which " + needed_by + " needs",
                       assets.where(asset));
}

Result<void> check_assets(const Job& job, const RiskFiles& files, const Assets& assets,
                          const std::vector<std::size_t>& chosen) {
  OQ_TRY(const auto mapping, TaxonomyMapping::read(files));
  const bool of_damage =
    job.mode == CalculationMode::scenario_damage || job.mode == CalculationMode::classical_damage;
  if (of_damage) {
    if (has_network(job))
      OQ_CHECK(check_network(assets, chosen));
    OQ_TRY(const auto models, read_fragility_models(files, job.ini.filename().string()));
    OQ_TRY(const auto consequences, read_consequences(files, models.front().limit_states));
    return check_functions(job, models, "fragility", mapping, assets, chosen);
  }
  OQ_TRY(const auto models, read_vulnerability_models(job, files));
  OQ_CHECK(check_functions(job, models, "vulnerability", mapping, assets, chosen));
  OQ_CHECK(check_values(models, assets, chosen));
  return check_policies(job, files, models, assets, chosen);
}

} // namespace oq::engine
