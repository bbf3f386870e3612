// Hazard curves and maps as GeoJSON points, one file a statistic or realization.
#include "engine/base/json.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/geojson_file.hpp"
#include "engine/output/hazard_results.hpp"

#include <boost/json/array.hpp>

namespace oq::engine {
namespace {

boost::json::array list(std::span<const double> values) {
  return boost::json::array(values.begin(), values.end());
}

boost::json::object about(const ExportTable& table, std::size_t kind) {
  return {{"kind", table.kinds[kind]}, {"investigation_time", table.investigation_time}};
}

Result<std::filesystem::path> write_curves(const ExportJob& job, const ExportSites& sites,
                                           const ExportTable& table, std::size_t kind) {
  auto header = about(table, kind);
  boost::json::object levels;
  for (std::size_t imt = 0; imt < table.imts.size(); ++imt)
    levels[table.imts[imt]] = list(table.levels[imt]);
  header["levels"] = std::move(levels);
  OQ_TRY(auto file, GeoJsonFile::create(job.path(hazard_stem("curve", table.kinds[kind])), header));
  for (std::size_t site = 0; site < table.sites; ++site) {
    OQ_TRY(const auto row, table.row(site, kind));
    boost::json::object properties;
    for (std::size_t imt = 0; imt < table.imts.size(); ++imt) {
      boost::json::array poes;
      for (std::size_t level = 0; level < table.last_axis; ++level)
        poes.emplace_back(row[imt * table.last_axis + level]);
      properties[table.imts[imt]] = std::move(poes);
    }
    file.point(sites.lon[site], sites.lat[site], properties);
  }
  return file.commit();
}

Result<std::filesystem::path> write_maps(const ExportJob& job, const ExportSites& sites,
                                         const ExportTable& table, std::size_t kind) {
  OQ_TRY(auto file,
         GeoJsonFile::create(job.path(hazard_stem("map", table.kinds[kind])), about(table, kind)));
  for (std::size_t site = 0; site < table.sites; ++site) {
    OQ_TRY(const auto row, table.row(site, kind));
    boost::json::object properties;
    for (std::size_t imt = 0; imt < table.imts.size(); ++imt)
      for (std::size_t poe = 0; poe < table.poes.size(); ++poe)
        properties[table.imts[imt] + "-" + number_text(table.poes[poe])] =
          row[imt * table.last_axis + poe];
    file.point(sites.lon[site], sites.lat[site], properties);
  }
  return file.commit();
}

} // namespace

Result<Paths> export_hazard_curves_geojson(const ExportJob& job) {
  OQ_TRY(const auto hazard,
         read_hazard_export(job.datastore(), "hcurves", job.request().single_site_realizations));
  Paths paths;
  OQ_CHECK(hazard.for_each_kind([&](const ExportTable& table, std::size_t kind) -> Result<void> {
    OQ_TRY(paths.emplace_back(), write_curves(job, hazard.sites, table, kind));
    return {};
  }));
  return paths;
}

Result<Paths> export_hazard_maps_geojson(const ExportJob& job) {
  OQ_TRY(const auto hazard, read_hazard_export(job.datastore(), "hmaps"));
  Paths paths;
  OQ_CHECK(hazard.for_each_kind([&](const ExportTable& table, std::size_t kind) -> Result<void> {
    OQ_TRY(paths.emplace_back(), write_maps(job, hazard.sites, table, kind));
    return {};
  }));
  return paths;
}

} // namespace oq::engine
