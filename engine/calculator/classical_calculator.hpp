// ClassicalCalculator: classical PSHA as tasks over source locations and sites.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/geo/site_collection.hpp"
#include "engine/logictree/logic_tree.hpp"

namespace oq::engine {

// For a job whose files were read already. Errc::invalid_input names what cannot be used.
Result<std::unique_ptr<Calculator>> make_classical_calculator(Job job, FullLogicTree tree,
                                                              SiteCollection sites, LogSink log);

} // namespace oq::engine
