// build_sites: the site collection of a job: where its sites come from and what they stand on.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/site_collection.hpp"
#include "engine/job/job.hpp"

#include <string>
#include <vector>

namespace oq::engine {

struct SiteRequest {
  // Different points of the exposure: the sites when the job has no others.
  std::vector<SitePoint> exposure = {};
  // Not empty: the sites, whatever else the job says.
  std::vector<SitePoint> places = {};
  // Parameters that the ground-motion models read (required_site_parameters()), sorted.
  std::vector<std::string> required = {};
  // Sites without ids are called by their geohash, and site_model.csv shows it.
  bool named = false;
};

struct BuiltSites {
  SiteCollection sites;
  std::vector<std::string> warnings; // one sentence each
};

// In this order: `sites`, `sites_csv`, `region` and region_grid_spacing, the site model, the
// exposure (engine notes 2.2). Coordinates have 5 decimals; sorted by lon, lat, depth, but for a
// site model, which keeps its order. Parameters come from the nearest point of the site model, or
// from the reference options. Errc::invalid_input names the option or file:line: no sites, the same
// site twice, a region without spacing.
Result<BuiltSites> build_sites(const Job& job, const SiteRequest& request);
Result<SiteCollection> build_sites(const Job& job);

} // namespace oq::engine
