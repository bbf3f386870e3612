// hazard_sites: exposure, needs of the models, sites that no asset needs.
#include "engine/calculator/hazard_sites.hpp"

#include "engine/geo/build_sites.hpp"
#include "engine/gsim/site_parameters.hpp"
#include "engine/risk/exposure.hpp"
#include "engine/risk/region.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

Result<std::vector<std::string>> required_parameters(const FullLogicTree& tree) {
  std::uint64_t needs = 0;
  for (const GsimBranchSet& set : tree.gsims)
    for (const GsimBranch& branch : set.branches) {
      OQ_TRY(const auto model, make_ground_motion_model(branch.gsim));
      needs |= model->needs();
    }
  return required_site_parameters(needs);
}

bool is_scenario(CalculationMode mode) {
  return mode == CalculationMode::scenario || mode == CalculationMode::scenario_risk
         || mode == CalculationMode::scenario_damage;
}

// The points of assets sorted by place, as they are in an exposure.
std::vector<SitePoint> places_of(const Assets& assets, const std::vector<std::size_t>& chosen) {
  std::vector<SitePoint> places;
  for (const std::size_t asset : chosen) {
    const SitePoint place{assets.lon[asset], assets.lat[asset], 0};
    if (places.empty() || places.back().lon != place.lon || places.back().lat != place.lat)
      places.push_back(place);
  }
  return places;
}

// Only the sites that are nearest to an asset.
Result<SiteCollection> with_assets(const Job& job, const Assets& assets,
                                   const std::vector<std::size_t>& chosen, SiteCollection sites) {
  OQ_TRY(const AssetSites nearest, nearest_sites(assets, chosen, sites, job));
  std::vector<std::size_t> used = nearest.site;
  std::ranges::sort(used);
  const auto rest = std::ranges::unique(used);
  used.erase(rest.begin(), rest.end());
  if (used.size() == sites.size())
    return sites;
  return sites.selected(used);
}

} // namespace

Result<SiteCollection> hazard_sites(const Job& job, const FullLogicTree& tree, const LogSink& log) {
  SiteRequest request;
  OQ_TRY(request.required, required_parameters(tree));
  if (job.inputs.contains("amplification"))
    request.required.insert(request.required.begin(), "ampcode");
  request.named = is_scenario(job.mode);
  Exposure exposure;
  std::vector<std::size_t> chosen;
  const bool has_assets = job.inputs.contains("exposure");
  if (has_assets) {
    OQ_TRY(exposure, read_exposure(job));
    OQ_TRY(chosen, assets_in_region(exposure.assets, job));
    request.exposure = places_of(exposure.assets, chosen);
  }
  OQ_TRY(BuiltSites built, build_sites(job, request));
  if (log)
    for (const std::string& warning : built.warnings)
      log(LogLevel::warning, warning);
  if (!has_assets)
    return std::move(built.sites);
  return with_assets(job, exposure.assets, chosen, std::move(built.sites));
}

} // namespace oq::engine
