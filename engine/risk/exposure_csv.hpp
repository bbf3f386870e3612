// Assets in CSV files, as NRML 0.5 exposures name them.
#pragma once

#include "engine/risk/asset_list.hpp"

namespace oq::engine {

// Which column of the CSV holds a field of ours: "structural" -> "value_str". Fields that are not
// named have their own name.
using ExposureFields = std::map<std::string, std::string>;

// Adds the file's assets. The header names the columns; unknown ones (tags) are passed over.
// Errc::invalid_input names file and line.
Result<void> read_assets_csv(const std::filesystem::path& file,
                             const ExposureConversions& conversions, const ExposureFields& fields,
                             AssetList& assets);

} // namespace oq::engine
