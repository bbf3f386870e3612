// Extractions as .npz archives.
#pragma once

#include "engine/extract/extraction.hpp"

#include <filesystem>

namespace oq::actors {

// Writes the members into `folder`, which is empty, and packs them into `target`. Errc::unavailable
// when the disk refuses.
Result<void> write_npz(const engine::Extraction& extraction, const std::filesystem::path& folder,
                       const std::filesystem::path& target);

// The outputs that have this format beside those of their exporters: what clients load as layers.
bool has_npz(const std::string& output_type);

} // namespace oq::actors
