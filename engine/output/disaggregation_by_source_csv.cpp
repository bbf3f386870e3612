// mean_disagg_by_src.csv: exceedances of one level by source, magnitude, distance and epsilon.
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/array_access.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/hazard_results.hpp"

namespace oq::engine {
namespace {

struct Table {
  Numbers means; // site x source x magnitude x distance x epsilon x IMT
  std::vector<std::string> sources, imts;
  std::vector<double> middles[3]; // of the bins
  std::vector<double> levels;     // site x IMT; 0: none
};

Result<Table> read_table(const Datastore& datastore) {
  OQ_TRY(const auto attributes, datastore.attributes(keys::kMeansBySource));
  Table table;
  OQ_TRY(table.means, read_numbers(datastore, keys::kMeansBySource, 6));
  table.sources = texts_attribute(attributes, "source_id");
  table.imts = texts_attribute(attributes, "imt");
  table.levels = numbers_attribute(attributes, "iml_disagg");
  const auto& shape = table.means.shape;
  bool fits = shape[1] == table.sources.size() && shape[5] == table.imts.size()
              && table.levels.size() == shape[0] * shape[5];
  const char* const axes[] = {"mag", "dist", "eps"};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto edges = numbers_attribute(attributes, axes[axis]);
    for (std::size_t i = 1; i < edges.size(); ++i)
      table.middles[axis].push_back((edges[i - 1] + edges[i]) / 2);
    fits = fits && table.middles[axis].size() == shape[2 + axis];
  }
  if (!fits)
    return Error{Errc::internal, "attributes that do not fit the shape", keys::kMeansBySource};
  return table;
}

void write_rows(CsvWriter& csv, const Table& table, std::size_t site) {
  const auto& shape = table.means.shape;
  const std::size_t values = shape[1] * shape[2] * shape[3] * shape[4] * shape[5];
  for (std::size_t i = 0; i < values; ++i) {
    const double mean = table.means.values[site * values + i];
    if (!(mean > 0))
      continue;
    const std::size_t imt = i % shape[5], epsilon = i / shape[5] % shape[4],
                      distance = i / shape[5] / shape[4] % shape[3],
                      magnitude = i / shape[5] / shape[4] / shape[3] % shape[2];
    csv.text(table.sources[i / (values / shape[1])]);
    csv.loss(table.middles[0][magnitude]);
    csv.loss(table.middles[1][distance]);
    csv.loss(table.middles[2][epsilon]);
    csv.text(table.imts[imt]);
    csv.loss(mean);
    csv.end_row();
  }
}

bool has_level(const Table& table, std::size_t site) {
  for (std::size_t imt = 0; imt < table.imts.size(); ++imt)
    if (table.levels[site * table.imts.size() + imt] > 0)
      return true;
  return false;
}

} // namespace

// One site has the plain name; of several, each file the number of its site.
Result<Paths> export_disaggregation_by_source_csv(const ExportJob& job) {
  OQ_TRY(const auto table, read_table(job.datastore()));
  OQ_TRY(const auto sites, read_sites(job.datastore()));
  Paths paths;
  const std::string header[] = {"source_id", "mag", "dist", "eps", "imt", "afoe"};
  for (std::size_t site = 0; site < std::min(sites.lon.size(), table.means.shape[0]); ++site) {
    if (!has_level(table, site))
      continue;
    std::string stem = "mean_disagg_by_src";
    if (table.means.shape[0] > 1)
      stem += "-" + std::to_string(site);
    OQ_TRY(auto csv, CsvWriter::create(job.path(stem)));
    CsvComment comment = job.comment();
    comment.number("lon", sites.lon[site]).number("lat", sites.lat[site]);
    for (std::size_t imt = 0; imt < table.imts.size(); ++imt)
      if (const double level = table.levels[site * table.imts.size() + imt]; level > 0)
        comment.number("iml_" + table.imts[imt], level);
    csv.header(comment, header);
    write_rows(csv, table, site);
    OQ_TRY(paths.emplace_back(), csv.commit());
  }
  return paths;
}

} // namespace oq::engine
