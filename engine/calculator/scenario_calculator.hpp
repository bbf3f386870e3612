// The scenario calculator: ground-motion fields of given ruptures.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/gmf/scenario_model.hpp"

namespace oq::engine {

Result<std::unique_ptr<Calculator>> make_scenario_calculator(Job job, ScenarioModel model,
                                                             LogSink log);

} // namespace oq::engine
