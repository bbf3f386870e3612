// SitePlaces: the order of precedence, and grids.
#include "engine/geo/site_places.hpp"

#include "engine/geo/five_decimals.hpp"
#include "engine/geo/polygon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace oq::engine {

namespace {

auto key(const SitePoint& point) {
  return std::tuple(point.lon, point.lat, point.depth);
}

Result<std::vector<LonLat>> mesh_of(const Job& job, const std::vector<SitePoint>& around) {
  const double spacing = *job.region_grid_spacing;
  if (!job.region.empty()) {
    OQ_TRY(const Polygon region, Polygon::make(job.region));
    OQ_TRY(const Polygon dilated, region.dilated(spacing));
    return dilated.discretized(spacing);
  }
  std::vector<LonLat> points;
  for (const SitePoint& point : around)
    points.push_back({point.lon, point.lat});
  OQ_TRY(const Polygon hull, Polygon::convex_hull(points));
  OQ_TRY(const Polygon dilated, hull.dilated(spacing));
  return dilated.discretized(spacing);
}

// A grid over the region, or over what stands around.
Result<std::vector<SitePoint>> grid_of(const Job& job, const std::vector<SitePoint>& around) {
  const char* const option = job.region.empty()     ? "region_grid_spacing"
                             : job.option("region") ? "region"
                                                    : "region_constraint";
  if (!job.region_grid_spacing)
    return invalid_input("region_grid_spacing is missing", job.where(option));
  auto mesh = mesh_of(job, around);
  if (!mesh) {
    Error error = mesh.error();
    error.message = fmt::format("{}: {}", option, error.message);
    error.where = job.where(option);
    return error;
  }
  std::vector<SitePoint> points;
  points.reserve(mesh->size());
  for (const LonLat& point : *mesh)
    points.push_back({point.lon, point.lat, 0.0});
  return points;
}

// Sorted before they are rounded, as OpenQuake does: its order of equal fifth decimals follows.
Result<SitePlaces> sorted(const Job& job, std::vector<SitePoint> points) {
  const auto before = [](const SitePoint& a, const SitePoint& b) {
    return key(a) < key(b);
  };
  std::ranges::sort(points, before);
  for (SitePoint& point : points) {
    point.lon = five_decimals(point.lon);
    point.lat = five_decimals(point.lat);
  }
  std::vector<SitePoint> ordered = points;
  std::ranges::sort(ordered, before);
  const auto twin = std::ranges::adjacent_find(ordered, {}, key);
  if (twin != ordered.end())
    return invalid_input(fmt::format("the site {} {} is given twice", twin->lon, twin->lat),
                         job.where("sites"));
  return SitePlaces{std::move(points), false};
}

// [2, 3] leaves the second of every three sites.
void keep_tile(const Job& job, SitePlaces& places) {
  if (!job.tile_spec)
    return;
  const auto [part, parts] = *job.tile_spec;
  std::vector<SitePoint> kept;
  for (std::size_t i = part - 1; i < places.points.size(); i += parts)
    kept.push_back(places.points[i]);
  places.points = std::move(kept);
}

Result<SitePlaces> all_places(const Job& job, const SiteRequest& request,
                              const SiteModel* site_model) {
  if (!request.places.empty())
    return sorted(job, request.places);
  if (!job.sites.empty())
    return sorted(job, job.sites);
  // Without a spacing, a region only limits the assets.
  const bool other_sites = site_model || !request.exposure.empty();
  if (other_sites ? job.region_grid_spacing.has_value() : !job.region.empty()) {
    const auto& around =
      request.exposure.empty() && site_model ? site_model->points : request.exposure;
    OQ_TRY(auto points, grid_of(job, around));
    return sorted(job, std::move(points));
  }
  if (site_model)
    return SitePlaces{site_model->points, true};
  if (!request.exposure.empty())
    return sorted(job, request.exposure);
  return invalid_input("no sites: give `sites`, or `region` with `region_grid_spacing`",
                       job.ini.filename().string());
}

} // namespace

Result<SitePlaces> site_places(const Job& job, const SiteRequest& request,
                               const SiteModel* site_model) {
  OQ_TRY(SitePlaces places, all_places(job, request, site_model));
  keep_tile(job, places);
  if (places.points.empty())
    return invalid_input("no site is left", job.where("tile_spec"));
  return places;
}

} // namespace oq::engine
