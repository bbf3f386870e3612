// The scenario damage calculator: fields and fragility make damage distributions by event.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

// REQUIRES: `inputs.hazard` holds ground-motion fields; without it Errc::invalid_input.
Result<std::unique_ptr<Calculator>> make_scenario_damage_calculator(CalculatorInputs inputs);

} // namespace oq::engine
