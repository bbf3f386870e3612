// EventBase: fields, assets and realizations: what every risk calculation by event starts from.
#pragma once

#include "engine/gmf/field_table.hpp"
#include "engine/hazard/statistics.hpp"
#include "engine/risk/exposure.hpp"
#include "engine/risk/region.hpp"
#include "engine/risk/taxonomy_mapping.hpp"

#include <optional>

namespace oq::engine {

struct EventBase {
  Exposure exposure;
  AssetSites assets; // those that take part; `site` indexes the hazard's sites
  std::size_t sites = 0;
  FieldTable fields;
  std::vector<std::size_t> first_row; // of an event; one more than there are events
  FieldEvents events;
  std::vector<double> weights;           // of realizations
  std::vector<double> events_of;         // number of events of a realization
  std::vector<Statistic> statistics;     // over realizations; none when there is one realization
  std::vector<std::string> aggregate_by; // tags, "id" or "site_id"; one file each
  std::string time_event = "avg";
  std::uint64_t master_seed = 123456789;

  std::size_t asset_count() const { return assets.asset.size(); }
  std::size_t event_count() const { return events.size(); }
  std::size_t realization_of(std::size_t event) const {
    return static_cast<std::size_t>(events.realization[event]);
  }
  // Of Assets::values; NaN where not given.
  float value(const std::string& name, std::size_t position) const;
};

Result<EventBase> read_event_base(const Job& job, const Datastore& hazard);

// Assets of one taxonomy, by site: `positions` count the assets that take part.
struct TaxonomyAssets {
  std::string taxonomy;
  std::vector<std::size_t> sites;                  // ascending
  std::vector<std::vector<std::size_t>> positions; // a site
};
// In the order in which the reference engine computes them: by country (tag ID_0), then by name.
std::vector<TaxonomyAssets> by_taxonomy(const EventBase& base);

// Row of a field at each site for one event, -1 where the event does not shake it.
void rows_of_event(const EventBase& base, std::size_t event,
                   std::vector<std::int64_t>& row_of_site);

bool shakes_assets(const EventBase& base, std::size_t event);

// Position of an intensity measure among the fields'. Errc::invalid_input naming the function.
Result<std::size_t> field_of(const EventBase& base, const std::string& imt,
                             const std::string& function, const std::string& where);

// An asset group of an aggregate table: its tag values and its assets.
struct AssetGroup {
  std::vector<std::string> values;
  std::vector<std::size_t> positions;
};
// All assets for an empty list of tags, else a group for each combination that occurs.
std::vector<AssetGroup> asset_groups(const EventBase& base, const std::vector<std::string>& tags);

// Sites, realizations, events and assets in the datastore of a risk calculation.
Result<void> store_event_head(const Job& job, const EventBase& base,
                              const std::vector<std::string>& loss_types, const Datastore& hazard,
                              Datastore& datastore);

// Attributes "kinds", "loss_types", "exported" of an array of assets.
Attributes event_attributes(const std::vector<std::string>& kinds,
                            const std::vector<std::string>& loss_types);

// Values of an asset by realization become those of the kinds that are written: statistics, or the
// one realization. `width` values a realization.
std::vector<double> kinds_of(const EventBase& base, const std::vector<double>& by_realization,
                             std::size_t width);
std::vector<std::string> kind_names(const EventBase& base);
// "-stats" or "-rlzs".
std::string kind_suffix(const EventBase& base);

} // namespace oq::engine
