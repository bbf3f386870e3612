// HazardTable: one of the hazard arrays of the datastore with what its attributes say about the
// axes.
#pragma once

#include "engine/output/array_access.hpp"
#include "engine/output/hazard_window.hpp"

#include <memory>
#include <span>

namespace oq::engine {

struct ExportSites {
  std::vector<double> lon, lat, depth; // degrees, degrees, km
  std::vector<std::string> custom_ids; // one a site, or empty
};
// Axes: site, kind (realization or statistic), intensity measure type, level or probability.
struct HazardTable {
  std::vector<std::string> kinds; // "rlz-000", "mean", "quantile-0.15"
  std::vector<std::string> imts;
  std::vector<std::vector<double>> levels; // one list an IMT; curves
  std::vector<double> poes;                // maps
  std::vector<std::string> spectrum_imts;  // maps: PGA and SA, by period
  double investigation_time = 0;           // years
  bool exported = false, is_map_output = false, is_spectrum_output = false;
  std::size_t sites = 0, last_axis = 0;
  std::vector<double> values; // of read_hazard_table

  double at(std::size_t site, std::size_t kind, std::size_t imt, std::size_t last) const {
    return values[((site * kinds.size() + kind) * imts.size() + imt) * last_axis + last];
  }
  // Position of an IMT on its axis. REQUIRES: it occurs.
  std::size_t imt_index(const std::string& imt) const;
};

// Everything but the values. Errc::not_found without the key; Errc::internal when attributes and
// shape disagree.
Result<HazardTable> read_hazard_axes(const Datastore& datastore, const std::string& key);
Result<HazardTable> read_hazard_table(const Datastore& datastore, const std::string& key);
Result<ExportSites> read_sites(const Datastore& datastore);

// A table whose values are read while it is written out.
struct ExportTable : HazardTable {
  std::shared_ptr<HazardWindow> window;

  // Of one site and kind: IMTs x levels or probabilities. Valid until the next call.
  Result<std::span<const double>> row(std::size_t site, std::size_t kind) const {
    return window->row(site, kind);
  }
};

struct HazardExport {
  ExportSites sites;
  std::vector<ExportTable> tables;

  // Calls `write(table, kind)`, which returns Result<void>, for every curve set or map set.
  template <class Write>
  Result<void> for_each_kind(Write write) const {
    for (const auto& table : tables)
      for (std::size_t kind = 0; kind < table.kinds.size(); ++kind)
        OQ_CHECK(write(table, kind));
    return {};
  }
};
// Those of "NAME-stats" and "NAME-rlzs" that OpenQuake would write files from, statistics first;
// every table has a row for every site. `datastore` must outlive it. `single_site`: also the
// realizations of a single site.
Result<HazardExport> read_hazard_export(const Datastore& datastore, const std::string& name,
                                        bool single_site = false);

// Cheap questions for the list of outputs: they read attributes only.
bool has_exported(const Datastore& datastore, const std::string& name);
bool has_exported_map(const Datastore& datastore, const std::string& flag);

} // namespace oq::engine
