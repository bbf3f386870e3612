// The scenario risk calculator: fields and vulnerability make losses of assets by event.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

// REQUIRES: `inputs.hazard` holds ground-motion fields; without it Errc::invalid_input.
Result<std::unique_ptr<Calculator>> make_scenario_risk_calculator(CalculatorInputs inputs);

} // namespace oq::engine
