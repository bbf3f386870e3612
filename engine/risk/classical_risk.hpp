// The classical risk calculator: hazard curves and vulnerability make loss curves of every asset.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

// REQUIRES: `inputs.hazard` is a finished classical calculation; without one Errc::invalid_input.
// `loss_curve_resolution`, `insured_losses`, `poes_disagg` and `asset_correlation` are accepted and
// have no effect: they belong to event-based risk and to disaggregation.
Result<std::unique_ptr<Calculator>> make_classical_risk_calculator(CalculatorInputs inputs);

} // namespace oq::engine
