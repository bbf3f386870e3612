// calculation_head: what every hazard calculation stores before its products: job, sites, logic
// tree.
#pragma once

#include "engine/geo/site_collection.hpp"
#include "engine/job/job.hpp"
#include "engine/logictree/logic_tree.hpp"
#include "engine/output/datastore.hpp"

namespace oq::engine {

// Root attributes, oqparam, sitecol, full_lt, realizations and weights of datastore_keys.hpp.
Result<void> store_calculation_head(const Job& job, const SiteCollection& sites,
                                    const FullLogicTree& tree, Datastore& datastore);

} // namespace oq::engine
