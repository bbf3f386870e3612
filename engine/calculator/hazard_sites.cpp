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

// Indices of the sites that are nearest to an asset, ascending.
Result<std::vector<std::size_t>> with_assets(const Job& job, const Assets& assets,
                                             const std::vector<std::size_t>& chosen,
                                             const SiteCollection& sites) {
  OQ_TRY(const AssetSites nearest, nearest_sites(assets, chosen, sites, job));
  std::vector<std::size_t> used = nearest.site;
  std::ranges::sort(used);
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

struct AllSites {
  SiteRequest request;
  SiteCollection sites;
  std::vector<std::size_t> of_assets; // empty without an exposure
};

Result<AllSites> all_sites(const Job& job, const FullLogicTree& tree, const LogSink& log) {
  AllSites all;
  OQ_TRY(all.request.required, required_parameters(tree));
  if (job.inputs.contains("amplification"))
    all.request.required.insert(all.request.required.begin(), "ampcode");
  all.request.named = is_scenario(job.mode);
  Exposure exposure;
  std::vector<std::size_t> chosen;
  const bool has_assets = job.inputs.contains("exposure");
  if (has_assets) {
    OQ_TRY(exposure, read_exposure(job));
    OQ_TRY(chosen, assets_in_region(exposure.assets, job));
    all.request.exposure = places_of(exposure.assets, chosen);
  }
  OQ_TRY(BuiltSites built, build_sites(job, all.request));
  if (log)
    for (const std::string& warning : built.warnings)
      log(LogLevel::warning, warning);
  all.sites = std::move(built.sites);
  if (has_assets) {
    OQ_TRY(all.of_assets, with_assets(job, exposure.assets, chosen, all.sites));
  }
  return all;
}

SiteCollection reduced(AllSites all) {
  if (all.of_assets.empty() || all.of_assets.size() == all.sites.size())
    return std::move(all.sites);
  return all.sites.selected(all.of_assets);
}

// What stations stand on; they have no names.
Result<SiteCollection> ground_of(const Job& job, SiteRequest request, const StationData& stations) {
  for (std::size_t i = 0; i < stations.size(); ++i)
    request.places.push_back({stations.lon[i], stations.lat[i], 0});
  OQ_TRY(BuiltSites built, build_sites(job, request));
  for (std::string& id : built.sites.custom_ids)
    id.clear();
  for (SiteColumn& column : built.sites.columns)
    if (column.name == "custom_site_id")
      column.texts.assign(built.sites.size(), "");
  return std::move(built.sites);
}

} // namespace

Result<SiteCollection> hazard_sites(const Job& job, const FullLogicTree& tree, const LogSink& log) {
  OQ_TRY(AllSites all, all_sites(job, tree, log));
  return reduced(std::move(all));
}

Result<ScenarioSites> scenario_sites(const Job& job, const FullLogicTree& tree,
                                     const LogSink& log) {
  ScenarioSites out;
  OQ_TRY(AllSites all, all_sites(job, tree, log));
  if (!job.inputs.contains("station_data")) {
    out.sites = reduced(std::move(all));
    return out;
  }
  OQ_TRY(out.stations, read_station_data(job));
  OQ_TRY(const auto ground, ground_of(job, all.request, out.stations));
  out.of_assets = std::move(all.of_assets);
  out.sites = with_stations(std::move(all.sites), ground, out.stations);
  return out;
}

} // namespace oq::engine
