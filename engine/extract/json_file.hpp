// An extraction as one JSON object: a member an array, records as objects, no number as null.
#pragma once

#include "engine/extract/extraction.hpp"

#include <filesystem>

namespace oq::engine {

// What `about` holds is merged into the object; an array of the same name wins.
Result<std::filesystem::path> write_json_file(const Extraction& extraction,
                                              const std::filesystem::path& path);

} // namespace oq::engine
