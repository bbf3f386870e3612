// build_sites: places and their parameters put together.
#include "engine/geo/build_sites.hpp"

#include "engine/geo/geohash.hpp"
#include "engine/geo/site_model.hpp"
#include "engine/geo/site_parameters.hpp"
#include "engine/geo/site_places.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

// A `sites_csv` whose header names more than coordinates.
Result<SiteModel> sites_table(const Job& job) {
  const auto file = job.inputs.find("sites");
  if (file == job.inputs.end() || job.option("sites"))
    return SiteModel{};
  return read_site_model(file->second);
}

// Sites of one tile of many are known by where they are, not by their number.
void add_geohashes(SiteCollection& sites) {
  constexpr std::size_t kLetters = 6;
  SiteColumn column{"custom_site_id", SiteColumn::Kind::text, {}, {}};
  for (std::size_t site = 0; site < sites.size(); ++site)
    column.texts.push_back(geohash({sites.lon[site], sites.lat[site]}, kLetters));
  sites.custom_ids = column.texts;
  if (!sites.columns.empty())
    sites.columns.push_back(std::move(column));
}

} // namespace

Result<BuiltSites> build_sites(const Job& job, const SiteRequest& request) {
  SiteModel model;
  const auto files = job.inputs.find("site_model");
  if (files != job.inputs.end()) {
    OQ_TRY(model, read_site_model(files->second));
  }
  const SiteModel* const given = model.points.empty() ? nullptr : &model;
  OQ_TRY(const SitePlaces places, site_places(job, request, given));

  BuiltSites built;
  for (const SitePoint& point : places.points) {
    built.sites.lon.push_back(point.lon);
    built.sites.lat.push_back(point.lat);
    built.sites.depth.push_back(point.depth);
  }
  if (given) {
    OQ_CHECK(add_site_model(job, request, *given, places.of_site_model, built));
  } else {
    OQ_TRY(const SiteModel table, sites_table(job));
    OQ_CHECK(add_reference_parameters(job, request, table, built));
  }
  override_vs30(job, built.sites);
  if (job.tile_spec && built.sites.custom_ids.empty())
    add_geohashes(built.sites);
  return built;
}

Result<SiteCollection> build_sites(const Job& job) {
  OQ_TRY(BuiltSites built, build_sites(job, SiteRequest{}));
  return std::move(built.sites);
}

} // namespace oq::engine
