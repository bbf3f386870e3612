// build_sites: where the sites come from, their order and their reference parameters.
#include "engine/geo/build_sites.hpp"

#include "engine/geo/polygon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace oq::engine {

namespace {

// Half to even, as numpy rounds.
double five_decimals(double x) {
  return std::nearbyint(x * 1e5) / 1e5;
}

Result<std::vector<SitePoint>> grid_of(const Job& job) {
  const char* option = job.option("region") ? "region" : "region_constraint";
  if (!job.region_grid_spacing)
    return invalid_input("region_grid_spacing is missing", job.where(option));
  const double spacing = *job.region_grid_spacing;
  auto mesh = [&]() -> Result<std::vector<LonLat>> {
    OQ_TRY(const Polygon region, Polygon::make(job.region));
    OQ_TRY(const Polygon dilated, region.dilated(spacing));
    return dilated.discretized(spacing);
  }();
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

void fill(std::vector<double>& parameter, std::optional<double> value, std::size_t count) {
  if (value)
    parameter.assign(count, *value);
}

} // namespace

Result<SiteCollection> build_sites(const Job& job) {
  std::vector<SitePoint> points = job.sites;
  if (points.empty() && !job.region.empty()) {
    OQ_TRY(points, grid_of(job));
  }
  if (points.empty())
    return invalid_input("no sites: give `sites`, or `region` with `region_grid_spacing`",
                         job.ini.filename().string());
  // Sorted before they are rounded, as OpenQuake does: its order of equal fifth decimals follows.
  const auto key = [](const SitePoint& p) {
    return std::tuple(p.lon, p.lat, p.depth);
  };
  std::sort(points.begin(), points.end(), [&](const SitePoint& a, const SitePoint& b) {
    return key(a) < key(b);
  });

  SiteCollection sites;
  std::set<std::tuple<double, double, double>> seen;
  for (const SitePoint& given : points) {
    const SitePoint point{five_decimals(given.lon), five_decimals(given.lat), given.depth};
    if (!seen.insert(key(point)).second)
      return invalid_input(fmt::format("the site {} {} is given twice", point.lon, point.lat),
                           job.where("sites"));
    sites.lon.push_back(point.lon);
    sites.lat.push_back(point.lat);
    sites.depth.push_back(point.depth);
  }
  fill(sites.vs30, job.reference_vs30_value, points.size());
  fill(sites.vs30measured, job.reference_vs30_measured ? 1.0 : 0.0, points.size());
  fill(sites.z1pt0, job.reference_depth_to_1pt0km_per_sec, points.size());
  fill(sites.z2pt5, job.reference_depth_to_2pt5km_per_sec, points.size());
  fill(sites.backarc, job.reference_backarc ? 1.0 : 0.0, points.size());
  return sites;
}

} // namespace oq::engine
