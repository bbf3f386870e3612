// Risk results of the datastore with what their attributes say (engine/risk/datastore_keys.hpp).
#pragma once

#include "engine/output/array_access.hpp"
#include "engine/output/csv_writer.hpp"

#include <boost/json/object.hpp>

#include <span>

namespace oq::engine {

struct AssetTable {
  std::vector<std::string> id, taxonomy;
  std::map<std::string, std::vector<std::string>> tags; // by name
  std::vector<double> lon, lat;                         // degrees
  std::map<std::string, std::vector<double>> values;    // by loss type; empty where not stored
  boost::json::object units;                            // cost type -> unit
  std::size_t size() const noexcept { return id.size(); }
};
// A tag when losses are added up by site: of the results, not of the exposure.
inline constexpr char kSiteTag[] = "site_id";
// Tags and the taxonomy, by name.
std::map<std::string, const std::vector<std::string>*> tag_columns(const AssetTable& assets);

Result<AssetTable> read_assets(const Datastore& datastore);

// Columns and cells that describe an asset: id, tags, place.
std::vector<std::string> asset_columns(const AssetTable& assets);
void write_asset(CsvWriter& csv, const AssetTable& assets, std::size_t asset);

// What avg_losses-*, loss_curves-* and loss_maps-* say about themselves.
struct RiskAxes {
  std::vector<std::string> kinds, loss_types;
  std::vector<double> poes;                                   // maps
  std::vector<std::string> damage_states;                     // damages, "no_damage" first
  double investigation_time = 0, risk_investigation_time = 0; // years
};

// Average losses (one column a loss type) or loss maps (loss types x probabilities).
struct AssetLossTable {
  RiskAxes axes;
  std::size_t columns = 0; // a row
  std::vector<double> values;
  double at(std::size_t asset, std::size_t kind, std::size_t column) const {
    return values[(asset * axes.kinds.size() + kind) * columns + column];
  }
};
// `name` with "-stats" or "-rlzs". Errc::internal when shape, attributes and assets disagree.
Result<AssetLossTable> read_asset_losses(const Datastore& datastore, const std::string& key,
                                         std::size_t assets);

// Damages: a row has every state of every loss type.
Result<AssetLossTable> read_asset_damages(const Datastore& datastore, const std::string& key,
                                          std::size_t assets);
// Any array of asset, kind and columns.
Result<AssetLossTable> read_asset_rows(const Datastore& datastore, const std::string& key,
                                       std::size_t assets);

// Loss curves of all assets for one loss type.
struct LossCurveTable {
  std::size_t kinds = 0, points = 0;
  std::vector<double> losses; // assets x points
  std::vector<double> poes;   // assets x kinds x points
  std::span<const double> losses_of(std::size_t asset) const {
    return {losses.data() + asset * points, points};
  }
  std::span<const double> poes_of(std::size_t asset, std::size_t kind) const {
    return {poes.data() + (asset * kinds + kind) * points, points};
  }
};
struct LossCurves {
  RiskAxes axes;
  std::map<std::string, LossCurveTable> by_loss_type;
};
Result<LossCurves> read_loss_curves(const Datastore& datastore, const std::string& key,
                                    std::size_t assets);

} // namespace oq::engine
