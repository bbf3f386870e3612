// Ground-motion fields, their events and averages in the layouts of OpenQuake's CSV exports.
#include "engine/output/exporters.hpp"
#include "engine/output/hazard_results.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

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

Result<std::vector<std::string>> imts_of(const Datastore& datastore, const std::string& key) {
  OQ_TRY(const auto about, datastore.attributes(key));
  return texts_attribute(about, "imts");
}

Result<std::filesystem::path> write_rows(const ExportJob& job, const SiteNames& sites) {
  const auto& datastore = job.datastore();
  OQ_TRY(const auto imts, imts_of(datastore, "gmf_data"));
  OQ_TRY(const auto event, read_numbers(datastore, "gmf_data/eid", 1));
  OQ_TRY(const auto site, read_numbers(datastore, "gmf_data/sid", 1));
  OQ_TRY(const auto values, read_numbers(datastore, "gmf_data/gmv", 2));
  const std::size_t rows = event.values.size();
  if (site.values.size() != rows || values.shape[0] != rows || values.shape[1] != imts.size())
    return Error{Errc::internal, "the arrays of the fields disagree", "gmf_data"};
  std::vector<std::string> header{"event_id"};
  OQ_TRY(const auto about, datastore.attributes("gmf_data"));
  const std::size_t secondary = texts_attribute(about, "secondary_imts").size();
  for (std::size_t imt = 0; imt < imts.size(); ++imt)
    header.push_back((imt + secondary < imts.size() ? "gmv_" : "sep_") + imts[imt]);
  header.push_back(sites.column);
  OQ_TRY(auto csv, CsvWriter::create(job.path("gmf-data")));
  csv.header(job.comment(), header);
  for (std::size_t row = 0; row < rows; ++row) {
    csv.integer(static_cast<std::int64_t>(event.values[row]));
    for (std::size_t imt = 0; imt < imts.size(); ++imt)
      csv.loss(values.values[row * imts.size() + imt]);
    const auto index = static_cast<std::size_t>(site.values[row]);
    if (index >= sites.names.size())
      return Error{Errc::internal, "a field at an unknown site", "gmf_data"};
    csv.text(sites.names[index]);
    csv.end_row();
  }
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

Result<std::filesystem::path> write_residuals(const ExportJob& job) {
  const auto& datastore = job.datastore();
  OQ_TRY(auto imts, imts_of(datastore, "gmf_data"));
  OQ_TRY(const auto about, datastore.attributes("gmf_data"));
  imts.resize(imts.size() - std::min(imts.size(), texts_attribute(about, "secondary_imts").size()));
  OQ_TRY(const auto sigma, read_numbers(datastore, "gmf_data/sigma", 2));
  OQ_TRY(const auto epsilon, read_numbers(datastore, "gmf_data/epsilon", 2));
  OQ_TRY(const auto realization, read_numbers(datastore, "events/rlz_id", 1));
  const std::size_t events = realization.values.size(), count = imts.size();
  if (sigma.shape != std::vector<std::size_t>{events, count} || epsilon.shape != sigma.shape)
    return Error{Errc::internal, "the arrays of the events disagree", "gmf_data"};
  std::vector<std::string> header{"event_id", "rlz_id"};
  for (const char* prefix : {"sig_inter_", "eps_inter_"})
    for (const auto& imt : imts)
      header.push_back(prefix + imt);
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
  OQ_TRY(const auto about, job.datastore().attributes("gmf_data"));
  if (!flag_attribute(about, "only_sites")) {
    OQ_TRY(paths.emplace_back(), write_rows(job, names));
  }
  OQ_TRY(paths.emplace_back(), write_mesh(job, sites, names));
  if (job.datastore().contains("gmf_data/sigma")) {
    OQ_TRY(paths.emplace_back(), write_residuals(job));
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
  OQ_TRY(const auto imts, imts_of(datastore, "avg_gmf"));
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
