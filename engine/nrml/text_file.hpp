// Reads a whole text file, plain or gzip-compressed, within limits.
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>
#include <string>

namespace oq::engine {

inline constexpr std::size_t kLargestTextFile = std::size_t{2} << 30; // bytes, unpacked

// A name that ends with ".gz" is unpacked. Errc::not_found when there is no such file,
// Errc::invalid_input when it is too large, broken or not UTF-8.
Result<std::string> read_text_file(const std::filesystem::path& file,
                                   std::size_t largest = kLargestTextFile);

} // namespace oq::engine
