// Hazard and risk in one job: a hazard calculator whose end is followed by classical risk.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

// Tasks are those of `hazard`; when it has finished, the losses are computed on its curves and
// written to the same datastore. Exposure and vulnerability are read and checked at once, so that
// their mistakes show before the hazard is computed. `inputs.hazard` is not used.
Result<std::unique_ptr<Calculator>> with_classical_risk(std::unique_ptr<Calculator> hazard,
                                                        CalculatorInputs inputs);

} // namespace oq::engine
