// build_sites: the site collection of a job, from `sites` or from `region` and a grid spacing.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/site_collection.hpp"
#include "engine/job/job.hpp"

namespace oq::engine {

// Sorted by lon, lat, depth; 5 decimals. Errc::invalid_input names the option: no sites, the same
// site twice, a region without spacing.
Result<SiteCollection> build_sites(const Job& job);

} // namespace oq::engine
