// CRC-32 of a calculation's input files: what results are marked with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace oq::store {

// Of the bytes of all files in this order; nothing when one cannot be read.
std::optional<std::uint32_t> crc32_of(const std::vector<std::filesystem::path>& files);

} // namespace oq::store
