// Hazard curves, maps, spectra and realizations in the layouts of OpenQuake's CSV exports.
#include "engine/base/json.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/hazard_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace oq::engine {
namespace {

std::vector<std::string> site_columns(const ExportSites& sites, bool with_depth) {
  std::vector<std::string> columns;
  if (!sites.custom_ids.empty())
    columns.emplace_back("custom_site_id");
  columns.insert(columns.end(), {"lon", "lat"});
  if (with_depth)
    columns.emplace_back("depth");
  return columns;
}

void write_site(CsvWriter& csv, const ExportSites& sites, std::size_t site, bool with_depth) {
  if (!sites.custom_ids.empty())
    csv.text(sites.custom_ids[site]);
  csv.coordinate(sites.lon[site]);
  csv.coordinate(sites.lat[site]);
  if (with_depth)
    csv.coordinate(sites.depth[site]);
}

CsvComment table_comment(const ExportJob& job, const ExportTable& table, std::size_t kind) {
  auto comment = job.comment();
  comment.text("kind", table.kinds[kind]).number("investigation_time", table.investigation_time);
  return comment;
}

std::string level_column(double level) {
  return fmt::format("poe-{:.7f}", level);
}

// Levels so near to each other that their columns would have one name make no readable file.
bool has_distinct_columns(const std::vector<double>& levels) {
  for (std::size_t i = 1; i < levels.size(); ++i)
    if (level_column(levels[i]) == level_column(levels[i - 1]))
      return false;
  return true;
}

Result<std::filesystem::path> write_curves(const ExportJob& job, const ExportSites& sites,
                                           const ExportTable& table, std::size_t kind,
                                           std::size_t imt) {
  OQ_TRY(auto csv, CsvWriter::create(
                     job.path(hazard_stem("curve", table.kinds[kind]) + "-" + table.imts[imt])));
  auto columns = site_columns(sites, true);
  for (double level : table.levels[imt])
    columns.push_back(level_column(level));
  csv.header(table_comment(job, table, kind).text("imt", table.imts[imt]), columns);
  for (std::size_t site = 0; site < table.sites; ++site) {
    OQ_TRY(const auto row, table.row(site, kind));
    write_site(csv, sites, site, true);
    for (std::size_t level = 0; level < table.last_axis; ++level)
      csv.value(row[imt * table.last_axis + level]);
    csv.end_row();
  }
  return csv.commit();
}

Result<std::filesystem::path> write_maps(const ExportJob& job, const ExportSites& sites,
                                         const ExportTable& table, std::size_t kind) {
  OQ_TRY(auto csv, CsvWriter::create(job.path(hazard_stem("map", table.kinds[kind]))));
  auto columns = site_columns(sites, false);
  for (const auto& imt : table.imts)
    for (double poe : table.poes)
      columns.push_back(imt + "-" + number_text(poe));
  csv.header(table_comment(job, table, kind), columns);
  for (std::size_t site = 0; site < table.sites; ++site) {
    OQ_TRY(const auto row, table.row(site, kind));
    write_site(csv, sites, site, false);
    for (std::size_t imt = 0; imt < table.imts.size(); ++imt)
      for (std::size_t poe = 0; poe < table.poes.size(); ++poe)
        csv.value(row[imt * table.last_axis + poe]);
    csv.end_row();
  }
  return csv.commit();
}

Result<std::filesystem::path> write_spectra(const ExportJob& job, const ExportSites& sites,
                                            const ExportTable& table, std::size_t kind) {
  OQ_TRY(auto csv, CsvWriter::create(job.path(hazard_stem("uhs", table.kinds[kind]))));
  auto columns = site_columns(sites, false);
  for (double poe : table.poes)
    for (const auto& imt : table.spectrum_imts)
      columns.push_back(fmt::format("{:.6f}~{}", poe, imt));
  csv.header(table_comment(job, table, kind), columns);
  for (std::size_t site = 0; site < table.sites; ++site) {
    OQ_TRY(const auto row, table.row(site, kind));
    write_site(csv, sites, site, false);
    for (std::size_t poe = 0; poe < table.poes.size(); ++poe)
      for (const auto& imt : table.spectrum_imts)
        csv.value(row[table.imt_index(imt) * table.last_axis + poe]);
    csv.end_row();
  }
  return csv.commit();
}

} // namespace

namespace {

// OpenQuake's folder of exports has files of the first twelve realizations only; the rest is in the
// datastore. Downloads of the service have them all.
bool is_left_out(const ExportJob& job, const std::string& kind) {
  constexpr std::string_view kRealization = "rlz-";
  constexpr int kMostRealizations = 12;
  return !job.request().single_site_realizations && kind.starts_with(kRealization)
         && std::atoi(kind.c_str() + kRealization.size()) >= kMostRealizations;
}

// Branch paths as the readers of this file know them: quotes doubled, then all cut to the longest
// path as it was before, so that a quoted argument at the end may lose its last characters.
std::vector<std::string> quoted_paths(std::vector<std::string> paths) {
  std::size_t width = 0;
  for (const std::string& path : paths)
    width = std::max(width, path.size());
  for (std::string& path : paths) {
    for (std::size_t at = 0; (at = path.find('"', at)) != std::string::npos; at += 2)
      path.insert(at, 1, '"');
    path.resize(std::min(path.size(), width));
  }
  return paths;
}

} // namespace

std::string hazard_stem(const std::string& what, const std::string& kind) {
  constexpr std::string_view kQuantile = "quantile-";
  if (kind.starts_with(kQuantile))
    return "quantile_" + what + "-" + kind.substr(kQuantile.size());
  return "hazard_" + what + "-" + kind;
}

Result<Paths> export_hazard_curves_csv(const ExportJob& job) {
  OQ_TRY(const auto hazard,
         read_hazard_export(job.datastore(), "hcurves", job.request().single_site_realizations));
  Paths paths;
  OQ_CHECK(hazard.for_each_kind([&](const ExportTable& table, std::size_t kind) -> Result<void> {
    if (is_left_out(job, table.kinds[kind]))
      return {};
    for (std::size_t imt = 0; imt < table.imts.size(); ++imt) {
      if (!has_distinct_columns(table.levels[imt]))
        continue;
      OQ_TRY(paths.emplace_back(), write_curves(job, hazard.sites, table, kind, imt));
    }
    return {};
  }));
  return paths;
}

Result<Paths> export_hazard_maps_csv(const ExportJob& job) {
  OQ_TRY(const auto hazard, read_hazard_export(job.datastore(), "hmaps"));
  Paths paths;
  OQ_CHECK(hazard.for_each_kind([&](const ExportTable& table, std::size_t kind) -> Result<void> {
    if (is_left_out(job, table.kinds[kind]))
      return {};
    OQ_TRY(paths.emplace_back(), write_maps(job, hazard.sites, table, kind));
    return {};
  }));
  return paths;
}

Result<Paths> export_spectra_csv(const ExportJob& job) {
  OQ_TRY(const auto hazard, read_hazard_export(job.datastore(), "hmaps"));
  Paths paths;
  OQ_CHECK(hazard.for_each_kind([&](const ExportTable& table, std::size_t kind) -> Result<void> {
    if (is_left_out(job, table.kinds[kind]))
      return {};
    OQ_TRY(paths.emplace_back(), write_spectra(job, hazard.sites, table, kind));
    return {};
  }));
  return paths;
}

Result<Paths> export_realizations_csv(const ExportJob& job) {
  OQ_TRY(auto read_paths, read_texts(job.datastore(), keys::kRealizationPaths));
  const auto branch_paths = quoted_paths(std::move(read_paths));
  OQ_TRY(const auto weights, read_numbers(job.datastore(), keys::kRealizationWeights, 1));
  if (branch_paths.size() != weights.values.size())
    return Error{Errc::internal, "columns of different lengths", "realizations"};
  OQ_TRY(auto csv, CsvWriter::create(job.path("realizations")));
  const std::string columns[] = {"rlz_id", "branch_path", "weight"};
  csv.header(job.comment(), columns);
  for (std::size_t i = 0; i < branch_paths.size(); ++i) {
    csv.integer(static_cast<std::int64_t>(i));
    csv.text(branch_paths[i]);
    csv.weight(weights.values[i]);
    csv.end_row();
  }
  OQ_TRY(auto path, csv.commit());
  return Paths{std::move(path)};
}

} // namespace oq::engine
