// Arrays as HDF5 datasets: chunked, shuffled and deflated when they are large.
#pragma once

#include "engine/output/datastore.hpp"
#include "store/hdf5_handle.hpp"

namespace oq::store {

// REQUIRES of both: Hdf5Lock held. `where` names file and key in errors.

// Creates the dataset `key` with the groups above it. Errc::unavailable when the disk is full.
Result<Handle> write_array(hid_t file, const std::string& key, const engine::Array& array,
                           const std::string& where);

// An array of zeros of the same type and shape, but for texts. Errors as above.
Result<Handle> create_array(hid_t file, const std::string& key, const engine::Array& array,
                            const std::string& where);
// As Datastore::put_part.
Result<void> write_part(hid_t dataset, const std::vector<engine::Range>& ranges,
                        const engine::ArrayValues& values, const std::string& where);

// Reads a dataset. Never allocates much more than the file can hold, whatever the file claims.
Result<engine::Array> read_array(hid_t dataset, const std::string& where);
// Type and shape; the values are left empty.
Result<engine::Array> describe_array(hid_t dataset, const std::string& where);
// As Datastore::get_part.
Result<engine::Array> read_part(hid_t dataset, const std::vector<engine::Range>& ranges,
                                const std::string& where);

} // namespace oq::store
