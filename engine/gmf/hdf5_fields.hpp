// Ground-motion fields from HDF5 files as OpenQuake exports and stores them.
#pragma once

#include "engine/gmf/import_fields.hpp"

#include <filesystem>
#include <vector>

namespace oq::engine {

// `gmf_data/sid`, `eid` and `gmv_0`, `gmv_1`, … (F values each), whose measures the attribute
// `imts` of gmf_data names. Sites are those of the files (`sitecol/lon`, `lat`, by sid), each place
// once, or else the job's in their order: all files have sites, or none. Errors name the file and
// the array.
Result<ImportedTable> import_hdf5_fields(const Job& job,
                                         const std::vector<std::filesystem::path>& paths);

} // namespace oq::engine
