// Which assets take part, and which hazard site speaks for each.
#pragma once

#include "engine/geo/site_collection.hpp"
#include "engine/output/datastore.hpp"
#include "engine/risk/exposure.hpp"

#include <span>

namespace oq::engine {

// Indices of the assets strictly inside the job's region, ascending; all when it has no region.
// Errc::invalid_input: a region that is no polygon, or no asset inside.
Result<std::vector<std::size_t>> assets_in_region(const Assets& assets, const Job& job);

struct AssetSites {
  std::vector<std::size_t> asset; // index into the assets
  std::vector<std::size_t> site;  // index into the sites
};
// The nearest hazard site (straight line) of each of the chosen assets. An asset farther than the
// largest asset_hazard_distance is an error that names it, or is dropped with discard_assets.
Result<AssetSites> nearest_sites(const Assets& assets, std::span<const std::size_t> chosen,
                                 const SiteCollection& sites, const Job& job);
// The same of the sites of a calculation; those of stations that were added do not count.
Result<AssetSites> nearest_stored_sites(const Assets& assets, std::span<const std::size_t> chosen,
                                        const Datastore& hazard, const Job& job);

} // namespace oq::engine
