// Reads fields and assets and puts them side by side.
#include "engine/risk/event_base.hpp"

#include "engine/base/json.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/nrml/number.hpp"
#include "engine/output/hazard_results.hpp"
#include "engine/risk/asset_store.hpp"
#include "engine/risk/datastore_keys.hpp"
#include "engine/risk/loss_models.hpp"
#include "engine/risk/risk_base.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

namespace oq::engine {
namespace {

Result<void> read_hazard(const Job& job, const Datastore& hazard, EventBase& base) {
  auto fields = read_fields(hazard);
  if (!fields && fields.error().code == Errc::not_found)
    return invalid_input("the hazard calculation has no ground-motion fields",
                         job.where("hazard_calculation_id"));
  if (!fields)
    return fields.error();
  base.fields = *std::move(fields);
  OQ_TRY(base.events, read_events(hazard));
  OQ_TRY(auto weights, read_numbers(hazard, keys::kRealizationWeights, 1));
  base.weights = std::move(weights.values);
  base.events_of.assign(base.weights.size(), 0);
  for (const auto realization : base.events.realization) {
    if (realization < 0 || static_cast<std::size_t>(realization) >= base.weights.size())
      return Error{Errc::internal, "an event of an unknown realization", "events"};
    base.events_of[static_cast<std::size_t>(realization)] += 1;
  }
  base.first_row.assign(base.event_count() + 1, 0);
  std::int32_t last = 0;
  for (const auto event : base.fields.event) {
    if (event < last || static_cast<std::size_t>(event) >= base.event_count())
      return Error{Errc::internal, "the fields are not sorted by event", "gmf_data"};
    last = event;
    ++base.first_row[static_cast<std::size_t>(event) + 1];
  }
  for (std::size_t e = 0; e < base.event_count(); ++e)
    base.first_row[e + 1] += base.first_row[e];
  base.fields.event = {}; // first_row says the same in less room
  return {};
}

Result<void> associate(const Job& job, const Datastore& hazard, EventBase& base) {
  OQ_TRY(const auto points, read_sites(hazard));
  base.sites = points.lon.size();
  for (const auto site : base.fields.site)
    if (site < 0 || static_cast<std::size_t>(site) >= base.sites)
      return Error{Errc::internal, "a field at an unknown site", "gmf_data"};
  OQ_TRY(const auto inside, assets_in_region(base.exposure.assets, job));
  OQ_TRY(base.assets, nearest_stored_sites(base.exposure.assets, inside, hazard, job));
  return {};
}

// `aggregate_by = ID_1;OCCUPANCY`: groups of tags separated by semicolons.
Result<void> read_aggregation(const Job& job, EventBase& base) {
  const auto* option = job.option("aggregate_by");
  if (option == nullptr)
    return {};
  for (std::size_t at = 0; at <= option->value.size();) {
    const auto end = std::min(option->value.find(';', at), option->value.size());
    const auto group = trimmed(std::string_view(option->value).substr(at, end - at));
    if (!group.empty())
      base.aggregate_by.emplace_back(group);
    at = end + 1;
  }
  for (const auto& group : base.aggregate_by)
    for (const auto tag : split_list(group, ListSeparators::blanks_and_commas))
      if (tag != "id" && tag != "site_id" && tag != "taxonomy"
          && !base.exposure.assets.tags.contains(std::string(tag)))
        return invalid_input("aggregate_by: the exposure has no tag " + in_quotes(tag),
                             job.where("aggregate_by"));
  return {};
}

std::string tag_value(const EventBase& base, const std::string& tag, std::size_t position) {
  const auto asset = base.assets.asset[position];
  if (tag == "id")
    return base.exposure.assets.id[asset];
  if (tag == "taxonomy")
    return base.exposure.assets.taxonomy[asset];
  if (tag == "site_id")
    return std::to_string(base.assets.site[position]);
  return base.exposure.assets.tags.at(tag).at(asset);
}

template <class Texts>
boost::json::array json_list(const Texts& list) {
  return boost::json::array(list.begin(), list.end());
}

} // namespace

float EventBase::value(const std::string& name, std::size_t position) const {
  const auto found = exposure.assets.values.find(name);
  return found == exposure.assets.values.end() ? std::numeric_limits<float>::quiet_NaN()
                                               : found->second[assets.asset[position]];
}

Result<EventBase> read_event_base(const Job& job, const Datastore& hazard) {
  EventBase base;
  OQ_CHECK(read_hazard(job, hazard, base));
  OQ_TRY(base.exposure, exposure_of(job, &hazard));
  OQ_CHECK(associate(job, hazard, base));
  OQ_CHECK(read_aggregation(job, base));
  if (base.weights.size() > 1)
    base.statistics = risk_statistics(job);
  base.time_event = time_event_of(job);
  if (const auto* seed = job.parameters.if_contains("master_seed"))
    base.master_seed = static_cast<std::uint64_t>(seed->as_int64());
  return base;
}

std::vector<TaxonomyAssets> by_taxonomy(const EventBase& base) {
  using Sites = std::map<std::size_t, std::vector<std::size_t>>;
  std::map<std::pair<std::string, std::string>, Sites> found; // by country and taxonomy
  const auto& assets = base.exposure.assets;
  const auto country = assets.tags.find("ID_0");
  for (std::size_t i = 0; i < base.asset_count(); ++i) {
    const auto asset = base.assets.asset[i];
    found[{country == assets.tags.end() ? "" : country->second.at(asset), assets.taxonomy[asset]}]
         [base.assets.site[i]]
           .push_back(i);
  }
  std::vector<TaxonomyAssets> taxonomies;
  for (auto& [key, sites] : found) {
    auto& group = taxonomies.emplace_back();
    group.taxonomy = key.second;
    for (auto& [site, positions] : sites) {
      group.sites.push_back(site);
      group.positions.push_back(std::move(positions));
    }
  }
  return taxonomies;
}

void rows_of_event(const EventBase& base, std::size_t event,
                   std::vector<std::int64_t>& row_of_site) {
  row_of_site.assign(base.sites, -1);
  for (std::size_t row = base.first_row[event]; row < base.first_row[event + 1]; ++row)
    row_of_site[static_cast<std::size_t>(base.fields.site[row])] = static_cast<std::int64_t>(row);
}

bool shakes_assets(const EventBase& base, std::size_t event) {
  for (std::size_t row = base.first_row[event]; row < base.first_row[event + 1]; ++row)
    if (std::ranges::find(base.assets.site, static_cast<std::size_t>(base.fields.site[row]))
        != base.assets.site.end())
      return true;
  return false;
}

Result<std::size_t> field_of(const EventBase& base, const std::string& imt,
                             const std::string& function, const std::string& where) {
  const auto found = std::ranges::find(base.fields.imts, imt);
  if (found != base.fields.imts.end())
    return static_cast<std::size_t>(found - base.fields.imts.begin());
  return invalid_input("the function " + in_quotes(function) + " needs " + imt
                         + ", which the ground-motion fields do not have",
                       where);
}

std::vector<AssetGroup> asset_groups(const EventBase& base, const std::vector<std::string>& tags) {
  std::map<std::vector<std::string>, std::size_t> known;
  std::vector<AssetGroup> groups;
  for (std::size_t i = 0; i < base.asset_count(); ++i) {
    std::vector<std::string> values;
    for (const auto& tag : tags)
      values.push_back(tag_value(base, tag, i));
    const auto [entry, is_new] = known.try_emplace(values, groups.size());
    if (is_new)
      groups.push_back({values, {}});
    groups[entry->second].positions.push_back(i);
  }
  const bool by_number = tags.size() == 1 && tags.front() == "site_id";
  std::ranges::stable_sort(groups, [&](const AssetGroup& a, const AssetGroup& b) {
    return by_number ? std::stoul(a.values.front()) < std::stoul(b.values.front())
                     : a.values < b.values;
  });
  return groups;
}

Result<void> store_event_head(const Job& job, const EventBase& base,
                              const std::vector<std::string>& loss_types, const Datastore& hazard,
                              Datastore& datastore) {
  if (!datastore.contains(keys::kOqparam))
    OQ_CHECK(
      datastore.put(keys::kOqparam, {{1}, std::vector<std::string>{json_text(oqparam(job))}}));
  Attributes about;
  about["calculation_mode"] = std::string(to_string(job.mode));
  about["description"] = job.description;
  OQ_CHECK(datastore.put_attributes("", about));
  for (const char* key : {"sitecol/sids", "sitecol/lon", "sitecol/lat", "sitecol/depth",
                          "sitecol/custom_site_id", "realizations/rlz_id", keys::kRealizationPaths,
                          keys::kRealizationWeights, keys::kWeights}) {
    if (!hazard.contains(key) || datastore.contains(key))
      continue;
    OQ_TRY(const auto array, hazard.get(key));
    OQ_CHECK(datastore.put(key, array));
  }
  OQ_TRY(const bool own, are_other_assets(base.exposure, base.assets, hazard));
  // With "id" as a tag the reference engine's file would have two such columns: it has none.
  const bool by_id = std::ranges::find(base.aggregate_by, "id") != base.aggregate_by.end();
  OQ_CHECK(store_assets(base.exposure, base.assets, loss_types, own && !by_id, datastore));
  const bool by_site = std::ranges::find(base.aggregate_by, "site_id") != base.aggregate_by.end();
  return datastore.put_attributes(keys::kAssets, {{"site_is_tag", by_site}});
}

Attributes event_attributes(const std::vector<std::string>& kinds,
                            const std::vector<std::string>& loss_types) {
  return {{"kinds", json_list(kinds)}, {"loss_types", json_list(loss_types)}, {"exported", true}};
}

std::vector<double> kinds_of(const EventBase& base, const std::vector<double>& by_realization,
                             std::size_t width) {
  if (base.statistics.empty())
    return by_realization;
  std::vector<double> out, column(base.weights.size());
  std::vector<std::size_t> scratch;
  for (const auto& statistic : base.statistics)
    for (std::size_t i = 0; i < width; ++i) {
      for (std::size_t r = 0; r < column.size(); ++r)
        column[r] = by_realization[r * width + i];
      out.push_back(evaluate(statistic, column, base.weights, scratch));
    }
  return out;
}

std::vector<std::string> kind_names(const EventBase& base) {
  std::vector<std::string> names;
  for (const auto& statistic : base.statistics)
    names.push_back(statistic.name());
  if (base.statistics.empty())
    for (std::size_t r = 0; r < base.weights.size(); ++r)
      names.push_back(fmt::format("rlz-{:03}", r));
  return names;
}

std::string kind_suffix(const EventBase& base) {
  return base.statistics.empty() ? "-rlzs" : "-stats";
}

} // namespace oq::engine
