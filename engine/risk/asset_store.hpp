// The asset collection in the datastore, so that a calculation can start from another's assets.
#pragma once

#include "engine/output/datastore.hpp"
#include "engine/risk/exposure.hpp"
#include "engine/risk/region.hpp"

namespace oq::engine {

// `exported`: the calculation read the exposure itself, so that its file is among the outputs.
// Keys: engine/risk/datastore_keys.hpp.
Result<void> store_assets(const Exposure& exposure, const AssetSites& where,
                          const std::vector<std::string>& loss_types, bool exported,
                          Datastore& datastore);

bool has_assets(const Datastore& datastore);
// The calculation has assets of its own, which its outputs show: `hazard` stored none, or others.
Result<bool> are_other_assets(const Exposure& exposure, const AssetSites& where,
                              const Datastore& hazard);
// The exposure as another calculation stored it. Errc::internal when arrays disagree.
Result<Exposure> read_stored_assets(const Datastore& datastore);

// The job's own exposure, else that of the hazard calculation (may be null).
// Errc::invalid_input when there is neither.
Result<Exposure> exposure_of(const Job& job, const Datastore* hazard);

} // namespace oq::engine
