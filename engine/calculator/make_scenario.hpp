// Calculators of scenarios: fields of a rupture or of a file, and what they do to assets.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

// REQUIRES: the mode is scenario, scenario_risk or scenario_damage.
Result<std::unique_ptr<Calculator>> make_scenario(CalculatorInputs inputs);

} // namespace oq::engine
