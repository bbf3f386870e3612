// Groups of a datastore copied into an HDF5 file of their own, a part at a time.
#pragma once

#include "engine/output/datastore.hpp"

#include <filesystem>

namespace oq::store {

// The arrays and attributes of `groups` ("gmf_data"), with a few MiB of them in memory at a time.
// Errc::unavailable when the disk refuses; then there is no file.
Result<void> copy_groups(const engine::Datastore& from, const std::vector<std::string>& groups,
                         const std::filesystem::path& to);

} // namespace oq::store
