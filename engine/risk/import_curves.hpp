// Hazard curves from CSV files, as OpenQuake exports them.
#pragma once

#include "engine/job/job.hpp"
#include "engine/output/datastore.hpp"

#include <memory>

namespace oq::engine {

// One file an intensity measure type, all of the same sites: as the datastore of a hazard
// calculation with one realization. Errors name file and line.
Result<std::shared_ptr<const Datastore>> import_hazard_curves(const Job& job);

} // namespace oq::engine
