// Reads and checks the risk arrays.
#include "engine/output/risk_tables.hpp"

#include "engine/risk/datastore_keys.hpp"

namespace oq::engine {
namespace {

Error disagree(const std::string& key) {
  return {Errc::internal, "attributes and shape disagree", key};
}

Result<RiskAxes> read_axes(const Datastore& datastore, const std::string& key) {
  OQ_TRY(const auto attributes, datastore.attributes(key));
  RiskAxes axes;
  axes.kinds = texts_attribute(attributes, "kinds");
  axes.loss_types = texts_attribute(attributes, "loss_types");
  axes.poes = numbers_attribute(attributes, "poes");
  axes.damage_states = texts_attribute(attributes, "damage_states");
  axes.investigation_time = number_attribute(attributes, "investigation_time").value_or(0);
  axes.risk_investigation_time =
    number_attribute(attributes, "risk_investigation_time").value_or(0);
  return axes;
}

Result<LossCurveTable> read_curve_table(const Datastore& datastore, const std::string& group,
                                        const RiskAxes& axes, std::size_t assets) {
  OQ_TRY(auto losses, read_numbers(datastore, group + "/losses", 2));
  OQ_TRY(auto poes, read_numbers(datastore, group + "/poes", 3));
  LossCurveTable table;
  table.kinds = axes.kinds.size();
  table.points = losses.shape[1];
  if (losses.shape[0] != assets
      || poes.shape != std::vector<std::size_t>{assets, table.kinds, table.points})
    return disagree(group);
  table.losses = std::move(losses.values);
  table.poes = std::move(poes.values);
  return table;
}

Result<void> read_tags(const Datastore& datastore, const Attributes& about, AssetTable& table) {
  for (const auto& name : texts_attribute(about, "tag_names")) {
    const auto group = std::string(keys::kAssets) + "/tags/" + name;
    OQ_TRY(const auto words, read_texts(datastore, group + "/words"));
    OQ_TRY(const auto word_of, read_numbers(datastore, group + "/word", 1));
    auto& column = table.tags[name];
    for (const double word : word_of.values) {
      if (!(word >= 0 && word < static_cast<double>(words.size())))
        return disagree(group);
      column.push_back(words[static_cast<std::size_t>(word)]);
    }
    if (column.size() != table.size())
      return disagree(group);
  }
  return {};
}

} // namespace

std::map<std::string, const std::vector<std::string>*> tag_columns(const AssetTable& assets) {
  std::map<std::string, const std::vector<std::string>*> columns{{"taxonomy", &assets.taxonomy}};
  for (const auto& [name, words] : assets.tags)
    columns.emplace(name, &words);
  return columns;
}

std::vector<std::string> asset_columns(const AssetTable& assets) {
  std::vector<std::string> columns{"asset_id"};
  for (const auto& [name, words] : tag_columns(assets))
    columns.push_back(name);
  columns.insert(columns.end(), {"lon", "lat"});
  return columns;
}

void write_asset(CsvWriter& csv, const AssetTable& assets, std::size_t asset) {
  csv.text(assets.id[asset]);
  for (const auto& [name, words] : tag_columns(assets))
    csv.text((*words)[asset]);
  csv.coordinate(assets.lon[asset]);
  csv.coordinate(assets.lat[asset]);
}

Result<AssetTable> read_assets(const Datastore& datastore) {
  const std::string group = std::string(keys::kAssets) + "/";
  AssetTable table;
  OQ_TRY(table.id, read_texts(datastore, group + "id"));
  OQ_TRY(table.taxonomy, read_texts(datastore, group + "taxonomy"));
  OQ_TRY(auto lon, read_numbers(datastore, group + "lon", 1));
  OQ_TRY(auto lat, read_numbers(datastore, group + "lat", 1));
  table.lon = std::move(lon.values);
  table.lat = std::move(lat.values);
  const auto count = table.id.size();
  if (table.taxonomy.size() != count || table.lon.size() != count || table.lat.size() != count)
    return disagree(keys::kAssets);
  OQ_TRY(const auto attributes, datastore.attributes(keys::kAssets));
  for (const auto& loss_type : texts_attribute(attributes, "loss_types")) {
    const auto key = group + "value-" + loss_type;
    if (!datastore.contains(key))
      continue;
    OQ_TRY(auto values, read_numbers(datastore, key, 1));
    if (values.values.size() != count)
      return disagree(key);
    table.values[loss_type] = std::move(values.values);
  }
  OQ_CHECK(read_tags(datastore, attributes, table));
  if (flag_attribute(attributes, "site_is_tag")) {
    OQ_TRY(const auto sites, read_numbers(datastore, group + "site_id", 1));
    if (sites.values.size() != count)
      return disagree(group + "site_id");
    for (const double site : sites.values)
      table.tags[kSiteTag].push_back(std::to_string(static_cast<std::int64_t>(site)));
  }
  if (const auto units = attributes.find("units");
      units != attributes.end() && units->second.is_object())
    table.units = units->second.get_object();
  return table;
}

Result<AssetLossTable> read_asset_losses(const Datastore& datastore, const std::string& key,
                                         std::size_t assets) {
  AssetLossTable table;
  OQ_TRY(table.axes, read_axes(datastore, key));
  const bool is_map = !table.axes.poes.empty();
  OQ_TRY(auto array, read_numbers(datastore, key, is_map ? 4 : 3));
  std::vector<std::size_t> expected = {assets, table.axes.kinds.size(),
                                       table.axes.loss_types.size()};
  if (is_map)
    expected.push_back(table.axes.poes.size());
  if (array.shape != expected)
    return disagree(key);
  table.columns = table.axes.loss_types.size() * (is_map ? table.axes.poes.size() : 1);
  table.values = std::move(array.values);
  return table;
}

Result<AssetLossTable> read_asset_damages(const Datastore& datastore, const std::string& key,
                                          std::size_t assets) {
  AssetLossTable table;
  OQ_TRY(table.axes, read_axes(datastore, key));
  OQ_TRY(auto array, read_numbers(datastore, key, 4));
  if (array.shape
      != std::vector<std::size_t>{assets, table.axes.kinds.size(), table.axes.loss_types.size(),
                                  table.axes.damage_states.size()})
    return disagree(key);
  table.columns = array.shape[2] * array.shape[3];
  table.values = std::move(array.values);
  return table;
}

Result<AssetLossTable> read_asset_rows(const Datastore& datastore, const std::string& key,
                                       std::size_t assets) {
  AssetLossTable table;
  OQ_TRY(table.axes, read_axes(datastore, key));
  OQ_TRY(auto array, read_numbers(datastore, key, 3));
  if (array.shape[0] != assets || array.shape[1] != table.axes.kinds.size())
    return disagree(key);
  table.columns = array.shape[2];
  table.values = std::move(array.values);
  return table;
}

Result<LossCurves> read_loss_curves(const Datastore& datastore, const std::string& key,
                                    std::size_t assets) {
  LossCurves curves;
  OQ_TRY(curves.axes, read_axes(datastore, key));
  for (const auto& loss_type : curves.axes.loss_types) {
    OQ_TRY(curves.by_loss_type[loss_type],
           read_curve_table(datastore, key + "/" + loss_type, curves.axes, assets));
  }
  return curves;
}

} // namespace oq::engine
