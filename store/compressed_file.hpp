// A file packed for its way to a client, streamed from one file into another.
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>

namespace oq::store {

enum class Compression { gzip, zstd };

// Writes `target`, whole under its name or not there; the same bytes for the same source. Any
// number of processes may write the same one. Errc::not_found: no source; Errc::unavailable: the
// disk refused.
Result<void> compress_file(const std::filesystem::path& source, const std::filesystem::path& target,
                           Compression compression);

} // namespace oq::store
