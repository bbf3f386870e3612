// hazard_sites: the sites of a hazard calculation, with what its models need to know of them.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/geo/site_collection.hpp"
#include "engine/logictree/logic_tree.hpp"

namespace oq::engine {

// Sites of the job or, without any, of its exposure; with an exposure, those that speak for an
// asset. Warnings go to the log. Errors are those of build_sites, of the exposure and of the
// models.
Result<SiteCollection> hazard_sites(const Job& job, const FullLogicTree& tree, const LogSink& log);

} // namespace oq::engine
