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

} // namespace

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
