// The benefit-cost calculator: what retrofitting saves over what it costs.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

// REQUIRES: `inputs.hazard` holds hazard curves; without it Errc::invalid_input.
Result<std::unique_ptr<Calculator>> make_classical_bcr_calculator(CalculatorInputs inputs);

// The net present value of the losses avoided during the building's life, over the cost:
// interest_rate a year, life in years.
double benefit_cost_ratio(double loss_original, double loss_retrofitted, double interest_rate,
                          double life_years, double cost);

} // namespace oq::engine
