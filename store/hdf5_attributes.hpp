// JSON values as HDF5 attributes: numbers, texts and flat arrays natively, everything else as JSON
// text.
#pragma once

#include "engine/output/datastore.hpp"
#include "store/hdf5_handle.hpp"

namespace oq::store {

// REQUIRES of both: Hdf5Lock held; `object` is an open dataset or group.

// Writes or replaces the attributes that are named; others stay.
Result<void> write_attributes(hid_t object, const engine::Attributes& attributes,
                              const std::string& where);

Result<engine::Attributes> read_attributes(hid_t object, const std::string& where);

} // namespace oq::store
