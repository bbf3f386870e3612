// A folder of files that can be made again: the newest are kept.
#pragma once

#include <cstdint>
#include <filesystem>

namespace oq::actors {

// Beyond either the oldest go; what is being sent stays readable.
inline constexpr std::size_t kMostKeptFiles = 64;
inline constexpr std::uint64_t kMostKeptBytes = 2ULL << 30;

// Takes away files beyond the bounds.
void keep_newest(const std::filesystem::path& folder);

} // namespace oq::actors
