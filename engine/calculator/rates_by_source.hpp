// Rates by source: mean annual rates of exceedance of each source alone, into the datastore.
#pragma once

#include "engine/calculator/classical_model.hpp"
#include "engine/output/datastore.hpp"

#include <string>
#include <vector>

namespace oq::engine {

// The name under which a source is known to users: without what follows `!`, `;`, `:` or `.`
// (branch, version of a logic tree, component, fragment).
std::string base_source_id(const std::string& id);

// Weight of all realizations that use a model of a group for the group's sources: model x IMT.
std::vector<double> model_weights(const FullLogicTree& tree, const RateGroup& group,
                                  std::size_t imts);

// With `disagg_by_src`: `mean_rates_by_src` of datastore_keys.hpp, empty. REQUIRES of both: each
// group holds sources of one base name.
Result<void> create_rates_by_source(const Job& job, const ClassicalModel& model,
                                    Datastore& datastore);
// Fills it for some sites.
Result<void> store_rates_by_source(const Job& job, const FullLogicTree& tree,
                                   const ClassicalModel& model, const TileRates& rates,
                                   SiteRange sites, Datastore& datastore);

} // namespace oq::engine
