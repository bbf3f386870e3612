// median_spectrum-SITE-POE.csv: what models predict for the ruptures behind a spectrum; and
// median_spectra-SITE-POE.csv, the same by group of sources where there are several.
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/array_access.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/hazard_results.hpp"

#include <cmath>

namespace oq::engine {
namespace {

constexpr std::size_t kKinds = 3; // mea, sig, wei

struct Spectra {
  Numbers sums; // group x site x period x probability x kind
  std::vector<std::string> kinds;
  std::vector<double> periods, poes;

  double at(std::size_t group, std::size_t site, std::size_t period, std::size_t poe,
            std::size_t kind) const {
    const auto& shape = sums.shape;
    return sums
      .values[(((group * shape[1] + site) * shape[2] + period) * shape[3] + poe) * kKinds + kind];
  }
};

Result<Spectra> read_spectra(const Datastore& datastore) {
  OQ_TRY(const auto attributes, datastore.attributes(keys::kMedianSpectra));
  Spectra spectra;
  OQ_TRY(spectra.sums, read_numbers(datastore, keys::kMedianSpectra, 5));
  spectra.kinds = texts_attribute(attributes, "kind");
  spectra.periods = numbers_attribute(attributes, "period");
  spectra.poes = numbers_attribute(attributes, "poe");
  const auto& shape = spectra.sums.shape;
  if (shape[2] != spectra.periods.size() || shape[3] != spectra.poes.size() || shape[4] != kKinds
      || spectra.kinds.size() != kKinds)
    return Error{Errc::internal, "attributes that do not fit the shape", keys::kMedianSpectra};
  return spectra;
}

void write_total(CsvWriter& csv, const CsvComment& comment, const Spectra& spectra,
                 std::size_t site, std::size_t poe) {
  const std::string header[] = {"period", "spec", "mea", "sig", "wei"};
  csv.header(comment, header);
  for (std::size_t period = 0; period < spectra.periods.size(); ++period) {
    double totals[kKinds] = {};
    for (std::size_t group = 0; group < spectra.sums.shape[0]; ++group)
      for (std::size_t kind = 0; kind < kKinds; ++kind)
        totals[kind] += spectra.at(group, site, period, poe, kind);
    csv.loss(spectra.periods[period]);
    csv.loss(std::exp(totals[0]));
    for (const double total : totals)
      csv.loss(total);
    csv.end_row();
  }
}

void write_groups(CsvWriter& csv, const CsvComment& comment, const Spectra& spectra,
                  std::size_t site, std::size_t poe) {
  const std::string header[] = {"grp_id", "kind", "period", "value"};
  csv.header(comment, header);
  for (std::size_t group = 0; group < spectra.sums.shape[0]; ++group)
    for (std::size_t period = 0; period < spectra.periods.size(); ++period)
      for (std::size_t kind = 0; kind < kKinds; ++kind) {
        csv.integer(static_cast<std::int64_t>(group));
        csv.text(spectra.kinds[kind]);
        csv.loss(spectra.periods[period]);
        csv.loss(spectra.at(group, site, period, poe, kind));
        csv.end_row();
      }
}

} // namespace

Result<Paths> export_median_spectra_csv(const ExportJob& job) {
  OQ_TRY(const auto spectra, read_spectra(job.datastore()));
  OQ_TRY(const auto sites, read_sites(job.datastore()));
  Paths paths;
  for (std::size_t site = 0; site < std::min(sites.lon.size(), spectra.sums.shape[1]); ++site)
    for (std::size_t poe = 0; poe < spectra.poes.size(); ++poe) {
      CsvComment comment = job.comment();
      comment.integer("site_id", static_cast<std::int64_t>(site));
      comment.number("lon", sites.lon[site]).number("lat", sites.lat[site]);
      comment.number("poe", spectra.poes[poe]);
      const std::string place = std::to_string(site) + "-" + std::to_string(poe);
      if (spectra.sums.shape[0] > 1) {
        OQ_TRY(auto csv, CsvWriter::create(job.path("median_spectra-" + place)));
        write_groups(csv, comment, spectra, site, poe);
        OQ_TRY(paths.emplace_back(), csv.commit());
      }
      OQ_TRY(auto csv, CsvWriter::create(job.path("median_spectrum-" + place)));
      write_total(csv, comment, spectra, site, poe);
      OQ_TRY(paths.emplace_back(), csv.commit());
    }
  return paths;
}

} // namespace oq::engine
