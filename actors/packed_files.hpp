// Files in the coding that a client takes, made once and kept beside the calculation's exports as
// long as there is room.
#pragma once

#include "actors/protocol.hpp"
#include "store/calculation_files.hpp"

#include <cstdint>

namespace oq::actors {

// Larger files are sent as they are: whoever fetches one wants to go on after an interruption
// rather than to wait until it is packed.
inline constexpr std::uint64_t kMostPackedBytes = 64 << 20;

// The file itself when it is too large, or the disk refuses.
FileAnswer packed(FileAnswer file, std::int64_t calculation_id, ContentCoding coding,
                  const store::CalculationFiles& files);

} // namespace oq::actors
