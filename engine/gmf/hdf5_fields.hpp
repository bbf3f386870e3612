// Ground-motion fields from an HDF5 file as OpenQuake exports and stores them.
#pragma once

#include "engine/gmf/import_fields.hpp"

#include <filesystem>

namespace oq::engine {

// `gmf_data/sid`, `eid` and `gmv_0`, `gmv_1`, … (F values each), whose measures the attribute
// `imts` of gmf_data names. Sites are those of the file (`sitecol/lon`, `lat`, by sid), or else the
// job's in their order. Errors name the file and the array.
Result<ImportedTable> import_hdf5_fields(const Job& job, const std::filesystem::path& path);

} // namespace oq::engine
