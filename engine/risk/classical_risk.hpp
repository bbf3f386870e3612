// The classical risk calculator: hazard curves and vulnerability make loss curves of every asset.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

// REQUIRES: `inputs.hazard` is a finished classical calculation; without one Errc::invalid_input.
// `insured_losses` adds the claims of each loss type ("structural_ins"): those of the mean and of
// quantiles follow from their loss curves. `loss_curve_resolution`, when given, is the number of
// points of the curves that are stored; `poes_disagg` adds what each taxonomy loses at these
// probabilities ("loss_fractions"). `asset_correlation` has no effect: a curve is of one asset.
Result<std::unique_ptr<Calculator>> make_classical_risk_calculator(CalculatorInputs inputs);

} // namespace oq::engine
