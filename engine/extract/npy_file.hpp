// Extractions as .npy files, the members of an .npz (NEP 1: numpy's file format).
#pragma once

#include "engine/extract/extraction.hpp"

#include <filesystem>
#include <vector>

namespace oq::engine {

// The magic, the version (1.0, or 2.0 when the description needs more than 64 KiB), and the
// description padded so that the data starts at a multiple of 64.
std::string npy_header(const Dtype& dtype, const std::vector<std::size_t>& shape);

// One file a member, "NAME.npy", in the extraction's order; `about`, when there is any, comes first
// as json.npy. Errc::invalid_input: two arrays of one name, or a name that is none for a file.
Result<std::vector<std::filesystem::path>> write_npy_files(const Extraction& extraction,
                                                           const std::filesystem::path& folder);

} // namespace oq::engine
