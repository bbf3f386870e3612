// Ground-motion fields from CSV or HDF5 files.
#pragma once

#include "engine/gmf/field_table.hpp"
#include "engine/job/job.hpp"

#include <memory>

namespace oq::engine {

// As the datastore of a scenario calculation with one realization: sites, events, fields. Sites are
// those of sites_csv (any ids) or of the option `sites` (numbered from 0). Errors name file and
// line: an unknown site, an event twice, a negative intensity.
Result<std::shared_ptr<const Datastore>> import_fields(const Job& job);

} // namespace oq::engine
