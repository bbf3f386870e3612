// Source models: NRML 0.4 (sources below the model) and 0.5 (sources in groups) into Source
// structures.
#pragma once

#include "engine/nrml/xml.hpp"
#include "engine/source/source.hpp"

#include <filesystem>

namespace oq::engine {

// Every source is checked; errors name file:line. A 0.4 model becomes a group for each tectonic
// region, in the order of their first sources. A <geometryModel> has sections and no groups.
Result<SourceModel> read_source_model(const std::filesystem::path& file);
Result<SourceModel> read_source_model(const XmlDocument& document);

} // namespace oq::engine
