// conditional-spectrum-SITE.csv: what motions of all periods are when one of them is exceeded.
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/array_access.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/hazard_results.hpp"

namespace oq::engine {

Result<Paths> export_conditional_spectra_csv(const ExportJob& job) {
  OQ_TRY(const auto attributes, job.datastore().attributes(keys::kConditionalSpectra));
  OQ_TRY(const auto spectra, read_numbers(job.datastore(), keys::kConditionalSpectra, 5));
  OQ_TRY(const auto sites, read_sites(job.datastore()));
  const auto statistics = texts_attribute(attributes, "stat");
  const auto poes = numbers_attribute(attributes, "poe"),
             periods = numbers_attribute(attributes, "period");
  if (spectra.shape
      != std::vector{sites.lon.size(), statistics.size(), poes.size(), periods.size(),
                     std::size_t{2}})
    return Error{Errc::internal, "attributes that do not fit the shape", keys::kConditionalSpectra};
  Paths paths;
  const std::string header[] = {"poe", "stat", "period", "mea", "std"};
  auto value = spectra.values.begin();
  for (std::size_t site = 0; site < sites.lon.size(); ++site) {
    OQ_TRY(auto csv, CsvWriter::create(job.path("conditional-spectrum-" + std::to_string(site))));
    CsvComment comment = job.comment();
    comment.integer("site_id", static_cast<std::int64_t>(site));
    comment.number("lon", sites.lon[site]).number("lat", sites.lat[site]);
    csv.header(comment, header);
    for (const std::string& statistic : statistics)
      for (const double poe : poes)
        for (const double period : periods) {
          csv.loss(poe);
          csv.text(statistic);
          csv.loss(period);
          csv.loss(*value++);
          csv.loss(*value++);
          csv.end_row();
        }
    OQ_TRY(paths.emplace_back(), csv.commit());
  }
  return paths;
}

} // namespace oq::engine
