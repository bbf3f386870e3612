// make_calculator: from a job to the calculator of its mode.
#include "engine/calculator/calculator.hpp"
#include "engine/calculator/classical_calculator.hpp"
#include "engine/geo/build_sites.hpp"
#include "engine/logictree/read_logic_tree.hpp"
#include "engine/risk/classical_risk.hpp"

#include <fmt/format.h>

namespace oq::engine {

namespace {

Result<std::unique_ptr<Calculator>> make_classical(CalculatorInputs inputs) {
  OQ_TRY(SiteCollection sites, build_sites(inputs.job));
  OQ_TRY(FullLogicTree tree, read_logic_tree(inputs.job));
  return make_classical_calculator(std::move(inputs.job), std::move(tree), std::move(sites),
                                   std::move(inputs.log));
}

} // namespace

Result<std::unique_ptr<Calculator>> make_calculator(CalculatorInputs inputs) {
  if (inputs.job.mode == CalculationMode::classical)
    return make_classical(std::move(inputs));
  if (inputs.job.mode == CalculationMode::classical_risk)
    return make_classical_risk_calculator(std::move(inputs));
  return invalid_input(fmt::format("calculation_mode '{}' is not supported yet; supported: "
                                   "classical, classical_risk",
                                   to_string(inputs.job.mode)),
                       inputs.job.where("calculation_mode"));
}

} // namespace oq::engine
