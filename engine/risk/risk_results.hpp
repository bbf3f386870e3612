// Writing of a classical risk calculation's results (keys: engine/risk/datastore_keys.hpp).
#pragma once

#include "engine/risk/loss_units.hpp"

namespace oq::engine {

// `results` holds the values of every unit.
Result<void> write_risk_results(const Job& job, const Datastore& hazard, const RiskInputs& inputs,
                                const LossUnits& units,
                                const std::vector<std::vector<double>>& results,
                                Datastore& datastore);

} // namespace oq::engine
