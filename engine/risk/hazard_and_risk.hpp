// Hazard and risk in one job: a hazard calculator whose end is followed by its risk.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

using MakeCalculator = Result<std::unique_ptr<Calculator>> (*)(CalculatorInputs inputs);

// Tasks are those of `hazard`; when it has finished, the risk is computed on its results and
// written to the same datastore. Exposure and risk functions are read and checked at once, so that
// their mistakes show before the hazard is computed. `inputs.hazard` is not used.
Result<std::unique_ptr<Calculator>> with_risk(std::unique_ptr<Calculator> hazard,
                                              CalculatorInputs inputs, MakeCalculator make_risk);

// A hazard calculator that also stores the job's assets and risk functions, for risk calculations
// that start from it.
Result<std::unique_ptr<Calculator>> with_exposure(std::unique_ptr<Calculator> hazard,
                                                  const Job& job);

} // namespace oq::engine
