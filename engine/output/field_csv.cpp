// Ground-motion fields, their events and averages in the layouts of OpenQuake's CSV exports.
#include "engine/output/exporters.hpp"
#include "engine/output/field_columns.hpp"
#include "engine/output/hazard_results.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kWindow = 65'536; // rows of fields

// How files name the sites: by their own ids, else by number.
struct SiteNames {
  std::string column;
  std::vector<std::string> names;
};

SiteNames site_names(const ExportSites& sites) {
  if (!sites.custom_ids.empty())
    return {"custom_site_id", sites.custom_ids};
  SiteNames out{"site_id", {}};
  for (std::size_t site = 0; site < sites.lon.size(); ++site)
    out.names.push_back(std::to_string(site));
  return out;
}

// A window of rows is in memory at a time.
Result<void> write_window(const ExportJob& job, const FieldColumns& columns, const SiteNames& sites,
                          Range rows, CsvWriter& csv) {
  const auto& datastore = job.datastore();
  OQ_TRY(const auto event, read_number_part(datastore, "gmf_data/eid", {rows}));
  OQ_TRY(const auto site, read_number_part(datastore, "gmf_data/sid", {rows}));
  OQ_TRY(const auto values, read_field_rows(datastore, columns, rows));
  const std::size_t imts = columns.imts.size();
  for (std::size_t row = 0; row < rows.count; ++row) {
    csv.integer(static_cast<std::int64_t>(event[row]));
    for (std::size_t imt = 0; imt < imts; ++imt)
      csv.loss(values[row * imts + imt]);
    const auto index = static_cast<std::size_t>(site[row]);
    if (index >= sites.names.size())
      return Error{Errc::internal, "a field at an unknown site", "gmf_data"};
    csv.text(sites.names[index]);
    csv.end_row();
  }
  return {};
}

Result<std::filesystem::path> write_rows(const ExportJob& job, const FieldColumns& columns,
                                         const SiteNames& sites) {
  OQ_TRY(const auto events, job.datastore().describe("gmf_data/eid"));
  std::vector<std::string> header{"event_id"};
  for (std::size_t imt = 0; imt < columns.imts.size(); ++imt)
    header.push_back((imt < columns.computed() ? "gmv_" : "sep_") + columns.imts[imt]);
  header.push_back(sites.column);
  OQ_TRY(auto csv, CsvWriter::create(job.path("gmf-data")));
  csv.header(job.comment(), header);
  const std::size_t rows = events.shape.empty() ? 0 : events.shape[0];
  for (std::size_t first = 0; first < rows; first += kWindow)
    OQ_CHECK(write_window(job, columns, sites, {first, std::min(kWindow, rows - first)}, csv));
  return csv.commit();
}

Result<std::filesystem::path> write_mesh(const ExportJob& job, const ExportSites& sites,
                                         const SiteNames& names) {
  OQ_TRY(auto csv, CsvWriter::create(job.path("sitemesh")));
  csv.header(job.comment(), std::vector<std::string>{names.column, "lon", "lat"});
  for (std::size_t site = 0; site < names.names.size(); ++site) {
    csv.text(names.names[site]);
    csv.coordinate(sites.lon[site]);
    csv.coordinate(sites.lat[site]);
    csv.end_row();
  }
  return csv.commit();
}

Result<std::filesystem::path> write_residuals(const ExportJob& job, const FieldColumns& columns) {
  const auto& datastore = job.datastore();
  OQ_TRY(const auto sigma, read_numbers(datastore, "gmf_data/sigma", 2));
  OQ_TRY(const auto epsilon, read_numbers(datastore, "gmf_data/epsilon", 2));
  OQ_TRY(const auto realization, read_numbers(datastore, "events/rlz_id", 1));
  const std::size_t events = realization.values.size(), count = columns.computed();
  if (sigma.shape != std::vector<std::size_t>{events, count} || epsilon.shape != sigma.shape)
    return Error{Errc::internal, "the arrays of the events disagree", "gmf_data"};
  std::vector<std::string> header{"event_id", "rlz_id"};
  for (const char* prefix : {"sig_inter_", "eps_inter_"})
    for (std::size_t imt = 0; imt < count; ++imt)
      header.push_back(prefix + columns.imts[imt]);
  OQ_TRY(auto csv, CsvWriter::create(job.path("sigma_epsilon")));
  csv.header(job.comment(), header);
  for (std::size_t event = 0; event < events; ++event) {
    csv.integer(static_cast<std::int64_t>(event));
    csv.integer(static_cast<std::int64_t>(realization.values[event]));
    for (const auto* table : {&sigma, &epsilon})
      for (std::size_t imt = 0; imt < count; ++imt)
        csv.value(table->values[event * count + imt]);
    csv.end_row();
  }
  return csv.commit();
}

} // namespace

Result<Paths> export_fields_csv(const ExportJob& job) {
  OQ_TRY(const auto sites, read_sites(job.datastore()));
  const auto names = site_names(sites);
  Paths paths;
  OQ_TRY(const auto columns, read_field_columns(job.datastore()));
  OQ_TRY(const auto about, job.datastore().attributes("gmf_data"));
  if (!flag_attribute(about, "only_sites")) {
    OQ_TRY(paths.emplace_back(), write_rows(job, columns, names));
  }
  OQ_TRY(paths.emplace_back(), write_mesh(job, sites, names));
  if (job.datastore().contains("gmf_data/sigma")) {
    OQ_TRY(paths.emplace_back(), write_residuals(job, columns));
  }
  return paths;
}

Result<Paths> export_events_csv(const ExportJob& job) {
  const auto& datastore = job.datastore();
  std::vector<std::string> header{"event_id"};
  std::vector<Numbers> columns;
  OQ_TRY(columns.emplace_back(), read_numbers(datastore, "events/id", 1));
  for (const char* name : {"rup_id", "rlz_id", "year", "ses_id"}) {
    const auto key = std::string("events/") + name;
    if (!datastore.contains(key))
      continue;
    header.emplace_back(name);
    OQ_TRY(columns.emplace_back(), read_numbers(datastore, key, 1));
    if (columns.back().values.size() != columns.front().values.size())
      return Error{Errc::internal, "the arrays of the events disagree", "events"};
  }
  OQ_TRY(auto csv, CsvWriter::create(job.path("events")));
  csv.header(job.comment(), header);
  for (std::size_t event = 0; event < columns.front().values.size(); ++event) {
    for (const auto& column : columns)
      csv.integer(static_cast<std::int64_t>(column.values[event]));
    csv.end_row();
  }
  OQ_TRY(auto path, csv.commit());
  return Paths{std::move(path)};
}

Result<Paths> export_average_field_csv(const ExportJob& job) {
  const auto& datastore = job.datastore();
  OQ_TRY(const auto sites, read_sites(datastore));
  const auto names = site_names(sites);
  OQ_TRY(const auto about, datastore.attributes("avg_gmf"));
  const auto imts = texts_attribute(about, "imts");
  OQ_TRY(const auto average, read_numbers(datastore, "avg_gmf", 3));
  const std::size_t count = names.names.size();
  if (average.shape != std::vector<std::size_t>{2, count, imts.size()})
    return Error{Errc::internal, "the average field does not fit the sites", "avg_gmf"};
  std::vector<std::string> header{names.column, "lon", "lat"};
  for (const auto& imt : imts)
    header.insert(header.end(), {"gmv_" + imt, "gsd_" + imt});
  OQ_TRY(auto csv, CsvWriter::create(job.path("avg_gmf")));
  csv.header(job.comment(), header);
  for (std::size_t site = 0; site < count; ++site) {
    csv.text(names.names[site]);
    csv.loss(sites.lon[site]);
    csv.loss(sites.lat[site]);
    for (std::size_t imt = 0; imt < imts.size(); ++imt)
      for (std::size_t moment : {0, 1})
        csv.loss(average.values[(moment * count + site) * imts.size() + imt]);
    csv.end_row();
  }
  OQ_TRY(auto path, csv.commit());
  return Paths{std::move(path)};
}

} // namespace oq::engine
