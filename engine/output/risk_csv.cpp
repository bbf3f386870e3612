// Average losses, loss curves and loss maps in the layouts of OpenQuake's CSV exports.
#include "engine/base/json.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/risk_tables.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace oq::engine {
namespace {

Result<std::filesystem::path> write_losses(const ExportJob& job, const std::string& stem,
                                           const CsvComment& comment,
                                           const std::vector<std::string>& columns,
                                           const AssetTable& assets, const AssetLossTable& table,
                                           std::size_t kind) {
  OQ_TRY(auto csv, CsvWriter::create(job.path(stem + "-" + table.axes.kinds[kind])));
  csv.header(comment, columns);
  for (std::size_t asset = 0; asset < assets.size(); ++asset) {
    write_asset(csv, assets, asset);
    for (std::size_t column = 0; column < table.columns; ++column)
      csv.loss(table.at(asset, kind, column));
    csv.end_row();
  }
  return csv.commit();
}

// Assets by id, as the reference engine lists curves (its other tables go by place).
std::vector<std::size_t> by_id(const AssetTable& assets) {
  std::vector<std::size_t> order(assets.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t asset) {
    return assets.id[asset];
  });
  return order;
}

// People are no column of the reference engine's asset values, so that their loss ratios come out
// as x/0 there; users compare files, so here too.
double ratio(double loss, const AssetTable& assets, const std::string& loss_type,
             std::size_t asset) {
  constexpr std::string_view kInsured = "_ins"; // claims, as a share of what is insured
  const auto values = assets.values.find(loss_type.ends_with(kInsured)
                                           ? loss_type.substr(0, loss_type.size() - kInsured.size())
                                           : loss_type);
  const double value =
    values == assets.values.end() || loss_type == "occupants" ? 0 : values->second[asset];
  if (value != 0)
    return loss / value;
  return loss == 0 ? std::numeric_limits<double>::quiet_NaN()
                   : std::numeric_limits<double>::infinity();
}

Result<std::filesystem::path> write_curves(const ExportJob& job, const AssetTable& assets,
                                           const LossCurves& curves, std::size_t kind) {
  const auto& name = curves.axes.kinds[kind];
  OQ_TRY(auto csv, CsvWriter::create(job.path("loss_curves-" + name)));
  CsvComment comment; // without program and date in the reference engine's files
  comment.text("kind", name).number("risk_investigation_time", curves.axes.risk_investigation_time);
  csv.header(comment,
             std::vector<std::string>{"asset_id", "loss_type", "loss_value", "loss_ratio", "poe"});
  for (auto asset : by_id(assets))
    for (const auto& [loss_type, table] : curves.by_loss_type) {
      const auto losses = table.losses_of(asset);
      const auto poes = table.poes_of(asset, kind);
      for (std::size_t i = 0; i < table.points; ++i) {
        csv.text(assets.id[asset]);
        csv.text(loss_type);
        csv.loss(losses[i]);
        csv.loss(ratio(losses[i], assets, loss_type, asset));
        csv.loss(poes[i]);
        csv.end_row();
      }
    }
  return csv.commit();
}

} // namespace

Result<Paths> export_average_losses_csv(const ExportJob& job) {
  OQ_TRY(const auto assets, read_assets(job.datastore()));
  OQ_TRY(const auto table, read_asset_losses(job.datastore(), job.request().type, assets.size()));
  auto comment = job.comment();
  comment.number("investigation_time", table.axes.investigation_time)
    .number("risk_investigation_time", table.axes.risk_investigation_time);
  auto columns = asset_columns(assets);
  columns.insert(columns.end(), table.axes.loss_types.begin(), table.axes.loss_types.end());
  Paths paths;
  for (std::size_t kind = 0; kind < table.axes.kinds.size(); ++kind) {
    OQ_TRY(paths.emplace_back(),
           write_losses(job, "avg_losses", comment, columns, assets, table, kind));
  }
  return paths;
}

Result<Paths> export_loss_maps_csv(const ExportJob& job) {
  OQ_TRY(const auto assets, read_assets(job.datastore()));
  OQ_TRY(const auto table, read_asset_losses(job.datastore(), job.request().type, assets.size()));
  auto columns = asset_columns(assets);
  for (const auto& loss_type : table.axes.loss_types)
    for (double poe : table.axes.poes)
      columns.push_back(loss_type + "~poe-" + number_text(poe));
  Paths paths;
  for (std::size_t kind = 0; kind < table.axes.kinds.size(); ++kind) {
    auto comment = job.comment();
    comment.text("kind", table.axes.kinds[kind])
      .number("risk_investigation_time", table.axes.risk_investigation_time);
    OQ_TRY(paths.emplace_back(),
           write_losses(job, "loss_maps", comment, columns, assets, table, kind));
  }
  return paths;
}

Result<Paths> export_loss_curves_csv(const ExportJob& job) {
  OQ_TRY(const auto assets, read_assets(job.datastore()));
  OQ_TRY(const auto curves, read_loss_curves(job.datastore(), job.request().type, assets.size()));
  Paths paths;
  for (std::size_t kind = 0; kind < curves.axes.kinds.size(); ++kind) {
    OQ_TRY(paths.emplace_back(), write_curves(job, assets, curves, kind));
  }
  return paths;
}

} // namespace oq::engine
