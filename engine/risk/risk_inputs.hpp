// RiskInputs: what a classical risk calculation starts from, read and checked.
#pragma once

#include "engine/risk/insurance.hpp"
#include "engine/risk/loss_models.hpp"
#include "engine/risk/risk_base.hpp"

#include <map>
#include <optional>

namespace oq::engine {

struct RiskInputs : RiskBase {
  std::vector<LossModel> models;
  std::map<std::string, std::string> function_of; // id of the functions of a taxonomy
  std::vector<InsuredType> insured;               // loss types whose claims are results, too

  // Index into the model's functions of an asset (its index in the exposure).
  std::optional<std::size_t> find(const LossModel& model, std::size_t asset) const {
    return model.find(function_of.at(exposure.assets.taxonomy[asset]));
  }
};

// `hazard` is a finished hazard calculation. Errors name file and line.
Result<RiskInputs> read_risk_inputs(const Job& job, const Datastore& hazard);

// Every asset that takes part has a function, a value and hazard for every model.
Result<void> check_models(const RiskInputs& inputs);

} // namespace oq::engine
