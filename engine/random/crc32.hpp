// CRC-32 of a text with a start value: how a source's id and a seed become the source's own seed.
#pragma once

#include <cstdint>
#include <string_view>

namespace oq::engine {

// The CRC of ISO 3309 (zlib, PNG), continued from `start`.
std::uint32_t crc32(std::string_view text, std::uint32_t start = 0) noexcept;

} // namespace oq::engine
