// Preclassical: everything a classical calculation reads and checks, and nothing computed.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/logictree/logic_tree.hpp"

namespace oq::engine {

// Sites are not needed. Errors are those that a classical calculation would end with before its
// first rupture.
Result<std::unique_ptr<Calculator>> make_preclassical_calculator(Job job, FullLogicTree tree,
                                                                 const LogSink& log);

} // namespace oq::engine
