// Brings hazard, exposure and vulnerability together and checks that they fit.
#include "engine/risk/risk_inputs.hpp"

#include "engine/nrml/number.hpp"
#include "engine/risk/check_assets.hpp"
#include "engine/risk/taxonomy_mapping.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

// Every asset needs a function and a value for every loss type.
Result<void> check_assets_of(const RiskInputs& inputs, const LossModel& model) {
  const auto& assets = inputs.exposure.assets;
  const auto values = assets.values.find(model.value);
  for (auto asset : inputs.assets.asset) {
    if (!inputs.find(model, asset))
      return missing_function(assets, asset, model.loss_type, "vulnerability",
                              inputs.function_of.at(assets.taxonomy[asset]));
    if (values == assets.values.end() || std::isnan(values->second[asset]))
      return missing_value(assets, asset, model.value,
                           "the " + model.loss_type + " vulnerability model");
  }
  return {};
}

Result<void> check_intensities(const RiskInputs& inputs, const LossModel& model) {
  for (auto asset : inputs.assets.asset) {
    const auto& function = model.functions[*inputs.find(model, asset)];
    OQ_CHECK(check_intensity(inputs, function.imt.name(), function.id, function.where));
  }
  return {};
}

// A loss curve belongs to one function: weighted taxonomies are for events.
Result<void> map_taxonomies(const RiskFiles& files, RiskInputs& inputs) {
  OQ_TRY(const auto mapping, TaxonomyMapping::read(files));
  const auto& assets = inputs.exposure.assets;
  for (auto asset : inputs.assets.asset) {
    const auto& taxonomy = assets.taxonomy[asset];
    if (inputs.function_of.contains(taxonomy))
      continue;
    OQ_TRY(const auto choices, mapping.of(taxonomy));
    if (choices.size() != 1)
      return invalid_input("taxonomy " + in_quotes(taxonomy)
                             + " is mapped to several functions; loss curves take one",
                           assets.where(asset));
    inputs.function_of[taxonomy] = choices.front().function;
  }
  return {};
}

} // namespace

Result<RiskInputs> read_risk_inputs(const Job& job, const Datastore& hazard) {
  RiskInputs inputs;
  OQ_TRY(static_cast<RiskBase&>(inputs), read_risk_base(job, hazard));
  OQ_TRY(const auto files, RiskFiles::read(job, &hazard));
  OQ_TRY(inputs.models, read_loss_models(job, files));
  OQ_CHECK(map_taxonomies(files, inputs));
  OQ_CHECK(check_models(inputs));
  if (!files.of_input("insurance").empty())
    return invalid_input(
      "insurance_csv needs losses of events, which classical_risk does not have; "
      "insured_losses takes the policies of the exposure",
      job.where("insurance_csv"));
  std::vector<std::string> loss_types;
  for (const auto& model : inputs.models)
    loss_types.push_back(model.loss_type);
  OQ_TRY(inputs.insured,
         read_insurance(job, files, inputs.exposure.assets, inputs.assets.asset, loss_types));
  return inputs;
}

Result<void> check_models(const RiskInputs& inputs) {
  for (const auto& model : inputs.models) {
    OQ_CHECK(check_assets_of(inputs, model));
    OQ_CHECK(check_intensities(inputs, model));
  }
  return {};
}

} // namespace oq::engine
