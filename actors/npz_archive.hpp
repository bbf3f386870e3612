// Extractions as .npz archives.
#pragma once

#include "engine/extract/extraction.hpp"

#include <filesystem>
#include <optional>

namespace oq::actors {

// Writes the members into `folder`, which is empty, and packs them into `target`. Errc::unavailable
// when the disk refuses.
Result<void> write_npz(const engine::Extraction& extraction, const std::filesystem::path& folder,
                       const std::filesystem::path& target);

// What to extract for an output that has this format beside those of its exporters: what clients
// load as layers. Nothing for the others.
std::optional<engine::ExtractRequest> npz_request(const std::string& output_type);

} // namespace oq::actors
