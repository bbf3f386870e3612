// Region filter and nearest-site search.
#include "engine/risk/region.hpp"

#include "engine/base/json.hpp"
#include "engine/geo/planar_geometry.hpp"
#include "engine/geo/point_index.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/nrml/number.hpp"
#include "engine/output/array_access.hpp"
#include "engine/output/hazard_results.hpp"

#include <algorithm>
#include <numeric>

namespace oq::engine {
namespace {

constexpr double kDiagonal = 1.414; // of a square cell, in its sides

// On a grid the diagonal of a cell, else the option.
double farthest_site_km(const Job& job) {
  if (job.region_grid_spacing)
    return kDiagonal * *job.region_grid_spacing;
  double farthest = 0;
  for (const auto& [loss_type, distance] : job.asset_hazard_distance)
    farthest = std::max(farthest, distance);
  return farthest;
}

bool discards_assets(const Job& job) {
  const auto* option = job.option("discard_assets");
  if (option == nullptr)
    return false;
  std::string word = option->value;
  std::ranges::transform(word, word.begin(), [](unsigned char c) {
    return std::tolower(c);
  });
  return word == "true" || word == "1" || word == "yes";
}

// The order of the asset collection; assets of one site keep theirs.
void sort_by_site(AssetSites& assets) {
  std::vector<std::size_t> order(assets.site.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    return assets.site[i];
  });
  AssetSites sorted;
  for (const std::size_t i : order) {
    sorted.asset.push_back(assets.asset[i]);
    sorted.site.push_back(assets.site[i]);
  }
  assets = std::move(sorted);
}

} // namespace

Result<std::vector<std::size_t>> assets_in_region(const Assets& assets, const Job& job) {
  std::vector<std::size_t> inside;
  if (job.region.empty()) {
    for (std::size_t i = 0; i < assets.size(); ++i)
      inside.push_back(i);
    return inside;
  }
  const std::string option = job.option("region") != nullptr ? "region" : "region_constraint";
  std::vector<PlanePoint> ring;
  for (const auto& corner : job.region)
    ring.push_back({corner.lon, corner.lat}); // a plane of degrees, as the reference engine's
  if (ring.size() > 1 && job.region.front() == job.region.back())
    ring.pop_back();
  const auto polygon = PlanarPolygon::make(ring);
  if (!polygon)
    return invalid_input(option + ": " + polygon.error().message, job.where(option));
  for (std::size_t i = 0; i < assets.size(); ++i)
    if (polygon->contains({assets.lon[i], assets.lat[i]}))
      inside.push_back(i);
  if (inside.empty())
    return invalid_input(option + ": no asset of the exposure is inside", job.where(option));
  return inside;
}

Result<AssetSites> nearest_sites(const Assets& assets, std::span<const std::size_t> chosen,
                                 const SiteCollection& sites, const Job& job) {
  if (sites.size() == 0)
    return invalid_input("the hazard calculation has no sites");
  const PointIndex index(sites.lon, sites.lat);
  const double limit = farthest_site_km(job);
  const bool discard = discards_assets(job);
  AssetSites out;
  for (auto asset : chosen) {
    const auto [site, distance] = index.nearest({assets.lon[asset], assets.lat[asset]});
    if (distance <= limit) {
      out.asset.push_back(asset);
      out.site.push_back(site);
    } else if (!discard) {
      return invalid_input("asset " + in_quotes(assets.id[asset]) + " is "
                             + number_text(std::round(distance * 10) / 10)
                             + " km from the nearest hazard site, and asset_hazard_distance is "
                             + number_text(limit)
                             + " km; raise it, or drop such assets with discard_assets = true",
                           assets.where(asset));
    }
  }
  if (out.asset.empty())
    return invalid_input("no asset is within asset_hazard_distance of a hazard site",
                         job.where("asset_hazard_distance"));
  sort_by_site(out);
  return out;
}

Result<AssetSites> nearest_stored_sites(const Assets& assets, std::span<const std::size_t> chosen,
                                        const Datastore& hazard, const Job& job) {
  OQ_TRY(auto points, read_sites(hazard));
  SiteCollection sites;
  sites.lon = std::move(points.lon);
  sites.lat = std::move(points.lat);
  sites.depth = std::move(points.depth);
  if (!hazard.contains(keys::kSitesOfAssets))
    return nearest_sites(assets, chosen, sites, job);
  OQ_TRY(const auto stored, read_numbers(hazard, keys::kSitesOfAssets, 1));
  const std::vector<std::size_t> counting(stored.values.begin(), stored.values.end());
  OQ_TRY(auto out, nearest_sites(assets, chosen, sites.selected(counting), job));
  for (std::size_t& site : out.site)
    site = counting[site];
  return out;
}

} // namespace oq::engine
