// The classical damage calculator: hazard curves and fragility make damage distributions of assets.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

// REQUIRES: `inputs.hazard` holds hazard curves; without it Errc::invalid_input.
Result<std::unique_ptr<Calculator>> make_classical_damage_calculator(CalculatorInputs inputs);

} // namespace oq::engine
