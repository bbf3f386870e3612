// Loss curves and loss maps as NRML 0.5, and loss maps as GeoJSON.
#include "engine/base/json.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/geojson_file.hpp"
#include "engine/output/nrml_file.hpp"
#include "engine/output/risk_tables.hpp"

namespace oq::engine {
namespace {

Result<std::vector<std::string>> branch_paths(const Datastore& datastore) {
  if (!datastore.contains(keys::kRealizationPaths))
    return std::vector<std::string>();
  return read_texts(datastore, keys::kRealizationPaths);
}

XmlAttributes common(const RiskAxes& axes, std::size_t kind,
                     const std::vector<std::string>& branches, const AssetTable& assets,
                     const std::string& loss_type) {
  auto attributes = kind_attributes(axes.kinds[kind], branches);
  attributes.emplace_back("investigationTime", number_text(axes.risk_investigation_time));
  attributes.emplace_back("lossCategory", loss_type);
  attributes.emplace_back("lossType", loss_type);
  if (const auto* unit = assets.units.if_contains(loss_type); unit != nullptr && unit->is_string())
    attributes.emplace_back("unit", std::string(unit->get_string()));
  return attributes;
}

double area_under(std::span<const double> losses, std::span<const double> poes) {
  double area = 0;
  for (std::size_t i = 0; i + 1 < losses.size(); ++i)
    area += (losses[i + 1] - losses[i]) * (poes[i] + poes[i + 1]) / 2;
  return area;
}

Result<std::filesystem::path> write_curves(const ExportJob& job, const AssetTable& assets,
                                           const LossCurveTable& table,
                                           const std::string& kind_name, std::size_t kind,
                                           const std::string& loss_type,
                                           const XmlAttributes& attributes) {
  OQ_TRY(auto file, NrmlFile::create(job.path("loss_curves-" + kind_name + "-" + loss_type),
                                     "lossCurves", attributes));
  const auto values = assets.values.find(loss_type);
  for (std::size_t asset = 0; asset < assets.size(); ++asset) {
    const auto losses = table.losses_of(asset), poes = table.poes_of(asset, kind);
    file.open("lossCurve", {{"assetRef", assets.id[asset]}});
    file.point(assets.lon[asset], assets.lat[asset]);
    file.numbers("poEs", poes);
    file.numbers("losses", losses);
    if (values != assets.values.end() && values->second[asset] > 0) {
      std::vector<double> ratios(losses.begin(), losses.end());
      for (double& ratio : ratios)
        ratio /= values->second[asset];
      file.numbers("lossRatios", ratios);
    }
    file.number("averageLoss", area_under(losses, poes));
    file.close("lossCurve");
  }
  return file.commit();
}

Result<std::filesystem::path> write_map(const ExportJob& job, const AssetTable& assets,
                                        const AssetLossTable& table, std::size_t kind,
                                        std::size_t column, const std::string& stem,
                                        const XmlAttributes& attributes) {
  OQ_TRY(auto file, NrmlFile::create(job.path(stem), "lossMap", attributes));
  for (std::size_t asset = 0; asset < assets.size(); ++asset) {
    file.open("node");
    file.point(assets.lon[asset], assets.lat[asset]);
    file.empty("loss", {{"assetRef", assets.id[asset]},
                        {"value", value_text(table.at(asset, kind, column))}});
    file.close("node");
  }
  return file.commit();
}

Result<std::filesystem::path> write_map_geojson(const ExportJob& job, const AssetTable& assets,
                                                const AssetLossTable& table, std::size_t kind) {
  const auto& axes = table.axes;
  OQ_TRY(auto file, GeoJsonFile::create(job.path("loss_maps-" + axes.kinds[kind]),
                                        {{"kind", axes.kinds[kind]},
                                         {"risk_investigation_time", axes.risk_investigation_time},
                                         {"units", assets.units}}));
  for (std::size_t asset = 0; asset < assets.size(); ++asset) {
    boost::json::object properties = {{"asset_id", assets.id[asset]},
                                      {"taxonomy", assets.taxonomy[asset]}};
    std::size_t column = 0;
    for (const auto& loss_type : axes.loss_types)
      for (double poe : axes.poes)
        properties[loss_type + "~poe-" + number_text(poe)] = table.at(asset, kind, column++);
    file.point(assets.lon[asset], assets.lat[asset], properties);
  }
  return file.commit();
}

} // namespace

Result<Paths> export_loss_curves_nrml(const ExportJob& job) {
  OQ_TRY(const auto assets, read_assets(job.datastore()));
  OQ_TRY(const auto curves, read_loss_curves(job.datastore(), job.request().type, assets.size()));
  OQ_TRY(const auto branches, branch_paths(job.datastore()));
  Paths paths;
  for (std::size_t kind = 0; kind < curves.axes.kinds.size(); ++kind)
    for (const auto& [loss_type, table] : curves.by_loss_type) {
      OQ_TRY(paths.emplace_back(),
             write_curves(job, assets, table, curves.axes.kinds[kind], kind, loss_type,
                          common(curves.axes, kind, branches, assets, loss_type)));
    }
  return paths;
}

Result<Paths> export_loss_maps_nrml(const ExportJob& job) {
  OQ_TRY(const auto assets, read_assets(job.datastore()));
  OQ_TRY(const auto table, read_asset_losses(job.datastore(), job.request().type, assets.size()));
  OQ_TRY(const auto branches, branch_paths(job.datastore()));
  const auto& axes = table.axes;
  Paths paths;
  for (std::size_t kind = 0; kind < axes.kinds.size(); ++kind)
    for (std::size_t type = 0; type < axes.loss_types.size(); ++type)
      for (std::size_t poe = 0; poe < axes.poes.size(); ++poe) {
        const auto& loss_type = axes.loss_types[type];
        const auto poe_text = number_text(axes.poes[poe]);
        auto attributes = common(axes, kind, branches, assets, loss_type);
        attributes.emplace_back("poE", poe_text);
        OQ_TRY(paths.emplace_back(),
               write_map(job, assets, table, kind, type * axes.poes.size() + poe,
                         "loss_maps-" + axes.kinds[kind] + "-" + loss_type + "-" + poe_text,
                         attributes));
      }
  return paths;
}

Result<Paths> export_loss_maps_geojson(const ExportJob& job) {
  OQ_TRY(const auto assets, read_assets(job.datastore()));
  OQ_TRY(const auto table, read_asset_losses(job.datastore(), job.request().type, assets.size()));
  Paths paths;
  for (std::size_t kind = 0; kind < table.axes.kinds.size(); ++kind) {
    OQ_TRY(paths.emplace_back(), write_map_geojson(job, assets, table, kind));
  }
  return paths;
}

} // namespace oq::engine
