// Ground-motion fields from CSV or HDF5 files.
#pragma once

#include "engine/geo/site_collection.hpp"
#include "engine/gmf/field_table.hpp"
#include "engine/job/job.hpp"

namespace oq::engine {

struct ImportedTable {
  SiteCollection sites; // all have ids
  FieldEvents events;
  FieldTable fields;
};

// Sites are those of sites_csv (any ids) or of the option `sites` (numbered from 0), or of the HDF5
// files. The events of a later file are numbered on after those of the files before. Errors name
// file and line: an unknown site, an event twice, a negative intensity, other measures than before.
Result<ImportedTable> import_fields(const Job& job);

} // namespace oq::engine
