// mean_rates_by_src-SITE.csv: what each source alone contributes, where it contributes anything.
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/array_access.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/hazard_results.hpp"

#include <algorithm>
#include <numeric>

namespace oq::engine {
namespace {

struct RatesTable {
  std::vector<std::string> sources, imts;
  std::vector<std::vector<double>> levels;
  Numbers rates; // site x IMT x level x source
};

Result<RatesTable> read_rates(const Datastore& datastore) {
  OQ_TRY(const auto attributes, datastore.attributes(keys::kRatesBySource));
  RatesTable table;
  table.sources = texts_attribute(attributes, "src_id");
  table.imts = texts_attribute(attributes, "imts");
  table.levels = lists_attribute(attributes, "levels");
  OQ_TRY(table.rates, read_numbers(datastore, keys::kRatesBySource, 4));
  const auto& shape = table.rates.shape;
  bool fits = shape[1] == table.imts.size() && shape[3] == table.sources.size()
              && table.levels.size() == table.imts.size();
  for (const auto& levels : table.levels)
    fits = fits && levels.size() == shape[2];
  if (!fits)
    return Error{Errc::internal, "attributes that do not fit the shape", keys::kRatesBySource};
  return table;
}

void write_rows(CsvWriter& csv, const RatesTable& table, std::size_t site) {
  const auto& shape = table.rates.shape;
  std::vector<std::size_t> by_name(shape[1]); // SA(10.0) before SA(2.0), as OpenQuake sorts rows
  std::iota(by_name.begin(), by_name.end(), std::size_t{0});
  std::ranges::sort(by_name, {}, [&](std::size_t imt) -> const std::string& {
    return table.imts[imt];
  });
  for (std::size_t source = 0; source < shape[3]; ++source)
    for (const std::size_t imt : by_name)
      for (std::size_t level = 0; level < shape[2]; ++level) {
        const double rate =
          table.rates.values[((site * shape[1] + imt) * shape[2] + level) * shape[3] + source];
        if (!(rate > 0))
          continue;
        csv.text(table.sources[source]);
        csv.text(table.imts[imt]);
        csv.loss(table.levels[imt][level]);
        csv.loss(rate);
        csv.end_row();
      }
}

} // namespace

Result<Paths> export_rates_by_source_csv(const ExportJob& job) {
  OQ_TRY(const auto table, read_rates(job.datastore()));
  OQ_TRY(const auto sites, read_sites(job.datastore()));
  std::vector<double> vs30;
  if (const std::string key = std::string(keys::kSitecol) + "vs30"; job.datastore().contains(key)) {
    OQ_TRY(Numbers stored, read_numbers(job.datastore(), key, 1));
    vs30 = std::move(stored.values);
  }
  Paths paths;
  const std::string header[] = {"source_id", "imt", "iml", "afoe"};
  for (std::size_t site = 0; site < std::min(sites.lon.size(), table.rates.shape[0]); ++site) {
    OQ_TRY(auto csv, CsvWriter::create(job.path("mean_rates_by_src-" + std::to_string(site))));
    CsvComment comment = job.comment();
    comment.number("lon", sites.lon[site]).number("lat", sites.lat[site]);
    if (site < vs30.size())
      comment.number("vs30", vs30[site]);
    csv.header(comment, header);
    write_rows(csv, table, site);
    OQ_TRY(paths.emplace_back(), csv.commit());
  }
  return paths;
}

} // namespace oq::engine
