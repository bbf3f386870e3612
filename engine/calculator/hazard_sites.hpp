// hazard_sites: the sites of a hazard calculation, with what its models need to know of them.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/geo/site_collection.hpp"
#include "engine/gmf/scenario_model.hpp"
#include "engine/logictree/logic_tree.hpp"

namespace oq::engine {

// Sites of the job or, without any, of its exposure; with an exposure, those that speak for an
// asset. Warnings go to the log. Errors are those of build_sites, of the exposure and of the
// models.
Result<SiteCollection> hazard_sites(const Job& job, const FullLogicTree& tree, const LogSink& log);

// The same of a scenario. With stations all sites are kept, for they all are conditioned together,
// and the stations' places are added.
Result<ScenarioSites> scenario_sites(const Job& job, const FullLogicTree& tree, const LogSink& log);

} // namespace oq::engine
