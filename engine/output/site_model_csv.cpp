// site_model.csv: what every site stands on, in the columns of the site model.
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/array_access.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/hazard_results.hpp"

#include <numeric>

namespace oq::engine {
namespace {

struct Column {
  std::string name;
  Array values;
};

void write_cell(CsvWriter& csv, const Array& column, std::size_t row) {
  if (const auto* texts = std::get_if<std::vector<std::string>>(&column.values))
    csv.text((*texts)[row]);
  else if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&column.values))
    csv.integer((*whole)[row]);
  else if (const auto* numbers = std::get_if<std::vector<double>>(&column.values))
    csv.loss((*numbers)[row]);
  else
    csv.text("");
}

Result<std::vector<Column>> read_columns(const Datastore& datastore, std::size_t rows) {
  OQ_TRY(const auto names, read_texts(datastore, keys::kSiteModel));
  std::vector<Column> columns;
  for (const std::string& name : names) {
    OQ_TRY(Array values, datastore.get(keys::kSitecol + name));
    if (values.shape.size() != 1 || values.shape[0] != rows)
      return Error{Errc::internal, "not one value a site", keys::kSitecol + name};
    columns.push_back({name, std::move(values)});
  }
  return columns;
}

} // namespace

Result<Paths> export_site_model_csv(const ExportJob& job) {
  OQ_TRY(const auto sites, read_sites(job.datastore()));
  OQ_TRY(const auto columns, read_columns(job.datastore(), sites.lon.size()));
  OQ_TRY(auto csv, CsvWriter::create(job.path("site_model")));
  std::vector<std::string> header{"sids", "lon", "lat", "depth"};
  for (const Column& column : columns)
    header.push_back(column.name);
  csv.header(job.comment(), header);
  std::vector<std::size_t> shown(sites.lon.size());
  std::iota(shown.begin(), shown.end(), std::size_t{0});
  if (job.datastore().contains(keys::kSitesOfAssets)) {
    OQ_TRY(const auto stored, read_numbers(job.datastore(), keys::kSitesOfAssets, 1));
    shown.assign(stored.values.begin(), stored.values.end());
  }
  for (const std::size_t site : shown) {
    if (site >= sites.lon.size())
      return Error{Errc::internal, "an asset at an unknown site", keys::kSitesOfAssets};
    csv.integer(static_cast<std::int64_t>(site));
    for (const double coordinate : {sites.lon[site], sites.lat[site], sites.depth[site]})
      csv.coordinate(coordinate);
    for (const Column& column : columns)
      write_cell(csv, column.values, site);
    csv.end_row();
  }
  OQ_TRY(auto path, csv.commit());
  return Paths{std::move(path)};
}

} // namespace oq::engine
