// ClassicalCalculator: classical PSHA as tasks over source locations and sites.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/geo/site_collection.hpp"
#include "engine/logictree/logic_tree.hpp"

namespace oq::engine {

struct ClassicalMemory {
  double bytes = 4.0 * (1 << 30); // that rates, results on their way and products may take
  std::size_t tiles = 0;          // of the plan that is made again; 0: as many as the bytes ask for
};

// For a job whose files were read already. Errc::invalid_input names what cannot be used.
Result<std::unique_ptr<Calculator>> make_classical_calculator(Job job, FullLogicTree tree,
                                                              SiteCollection sites, LogSink log,
                                                              const ClassicalMemory& memory = {});

} // namespace oq::engine
