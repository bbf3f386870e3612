// Zip archives: extracting one that nobody vouches for, and making one of files on the disk.
#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace oq::store {

struct ZipLimits {
  std::uint64_t files = 10'000;
  std::uint64_t bytes = 4ULL << 30; // all files together, extracted
  // Text of one repeated line deflates 1:1000; models of this trade stay below 1:100.
  std::uint64_t ratio = 250;
  std::uint64_t ratio_free_bytes = 64 << 20; // below this total no ratio is too high
};

// Extracts into `folder`, which exists; returns the names below it in the archive's order. Leading
// slashes and drive letters are stripped, __MACOSX is skipped. Errc::invalid_input for what is no
// zip, damaged or encrypted, for links, "..", a name that comes twice, and beyond the limits, which
// are checked on the bytes that really come out. Errc::unavailable when the disk is full. An error
// may leave some files.
Result<std::vector<std::string>> extract_zip(const std::filesystem::path& archive,
                                             const std::filesystem::path& folder,
                                             const ZipLimits& limits = {});

struct ZipMember {
  std::filesystem::path file;
  std::string name; // inside the archive
};

// Writes `archive`, whole under its name or not there; files are streamed, none is held in memory.
// Several may write the same one at the same time, the last one stays.
// Errc::not_found for a file that is not there, Errc::unavailable when the disk is full.
Result<void> make_zip(const std::vector<ZipMember>& members, const std::filesystem::path& archive);

} // namespace oq::store
