// The classical risk calculator: hazard curves and vulnerability make loss curves of every asset.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

// REQUIRES: `inputs.hazard` is a finished classical calculation; without one Errc::invalid_input.
// `insured_losses` adds the claims of each loss type ("structural_ins"): those of the mean and of
// quantiles follow from their loss curves. `loss_curve_resolution`, `poes_disagg` and
// `asset_correlation` have no effect: they belong to event-based risk and to disaggregation.
Result<std::unique_ptr<Calculator>> make_classical_risk_calculator(CalculatorInputs inputs);

} // namespace oq::engine
