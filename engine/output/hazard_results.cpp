// Reads the hazard arrays (keys and attributes: engine/hazard/datastore_keys.hpp).
#include "engine/output/hazard_results.hpp"

#include "engine/hazard/datastore_keys.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr const char* kSuffixes[] = {"-stats", "-rlzs"};

Attributes attributes_or_none(const Datastore& datastore, const std::string& key) {
  if (!datastore.contains(key))
    return {};
  auto attributes = datastore.attributes(key);
  return attributes ? *std::move(attributes) : Attributes{};
}

Result<void> check_axes(const HazardTable& table, const std::vector<std::size_t>& shape,
                        const std::string& key) {
  const bool fits = shape[1] == table.kinds.size() && shape[2] == table.imts.size();
  const bool levels_fit = table.levels.size() == table.imts.size()
                          && std::ranges::all_of(table.levels, [&](const auto& list) {
                               return list.size() == table.last_axis;
                             });
  if (!fits || (table.poes.empty() ? !levels_fit : table.poes.size() != table.last_axis))
    return Error{Errc::internal, "attributes and shape disagree", key};
  for (const auto& imt : table.spectrum_imts)
    if (std::ranges::find(table.imts, imt) == table.imts.end())
      return Error{Errc::internal, "the spectra need " + imt + ", which is not there", key};
  return {};
}

} // namespace

std::size_t HazardTable::imt_index(const std::string& imt) const {
  return static_cast<std::size_t>(std::ranges::find(imts, imt) - imts.begin());
}

Result<HazardTable> read_hazard_axes(const Datastore& datastore, const std::string& key) {
  OQ_TRY(const auto array, datastore.describe(key));
  OQ_TRY(const auto attributes, datastore.attributes(key));
  if (array.shape.size() != 4)
    return Error{Errc::internal, "unexpected number of axes", key};
  HazardTable table;
  table.kinds = texts_attribute(attributes, "kinds");
  table.imts = texts_attribute(attributes, "imts");
  table.levels = lists_attribute(attributes, "levels");
  table.poes = numbers_attribute(attributes, "poes");
  table.spectrum_imts = texts_attribute(attributes, "uhs_imts");
  table.investigation_time = number_attribute(attributes, "investigation_time").value_or(0);
  table.exported = flag_attribute(attributes, "exported");
  table.is_map_output = flag_attribute(attributes, "hazard_maps");
  table.is_spectrum_output = flag_attribute(attributes, "uniform_hazard_spectra");
  table.sites = array.shape[0];
  table.last_axis = array.shape[3];
  OQ_CHECK(check_axes(table, array.shape, key));
  return table;
}

Result<HazardTable> read_hazard_table(const Datastore& datastore, const std::string& key) {
  OQ_TRY(auto table, read_hazard_axes(datastore, key));
  OQ_TRY(auto array, read_numbers(datastore, key, 4));
  table.values = std::move(array.values);
  return table;
}

Result<ExportSites> read_sites(const Datastore& datastore) {
  const std::string group = keys::kSitecol;
  ExportSites sites;
  for (auto [name, target] :
       {std::pair{"lon", &sites.lon}, {"lat", &sites.lat}, {"depth", &sites.depth}}) {
    OQ_TRY(auto numbers, read_numbers(datastore, group + name, 1));
    *target = std::move(numbers.values);
  }
  if (datastore.contains(group + "custom_site_id")) {
    OQ_TRY(sites.custom_ids, read_texts(datastore, group + "custom_site_id"));
  }
  const auto count = sites.lon.size();
  if (sites.lat.size() != count || sites.depth.size() != count
      || (!sites.custom_ids.empty() && sites.custom_ids.size() != count))
    return Error{Errc::internal, "columns of different lengths", "sitecol"};
  return sites;
}

Result<HazardExport> read_hazard_export(const Datastore& datastore, const std::string& name,
                                        bool single_site) {
  HazardExport out;
  OQ_TRY(out.sites, read_sites(datastore));
  for (const char* suffix : kSuffixes) {
    const auto key = name + suffix;
    const auto attributes = attributes_or_none(datastore, key);
    if (!flag_attribute(attributes, "exported")
        && !(single_site && flag_attribute(attributes, "single_site")))
      continue;
    ExportTable table;
    OQ_TRY(static_cast<HazardTable&>(table), read_hazard_axes(datastore, key));
    if (table.sites != out.sites.lon.size())
      return Error{Errc::internal, "not one row a site", key};
    table.window = std::make_shared<HazardWindow>(
      datastore, key,
      std::vector{table.sites, table.kinds.size(), table.imts.size(), table.last_axis});
    out.tables.push_back(std::move(table));
  }
  return out;
}

bool has_exported(const Datastore& datastore, const std::string& name) {
  return std::ranges::any_of(kSuffixes, [&](const char* suffix) {
    return flag_attribute(attributes_or_none(datastore, name + suffix), "exported");
  });
}

bool has_exported_map(const Datastore& datastore, const std::string& flag) {
  return std::ranges::any_of(kSuffixes, [&](const char* suffix) {
    const auto attributes = attributes_or_none(datastore, std::string("hmaps") + suffix);
    return flag_attribute(attributes, "exported") && flag_attribute(attributes, flag);
  });
}

} // namespace oq::engine
