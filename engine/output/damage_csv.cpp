// Damage distributions and benefit-cost ratios in the layouts of OpenQuake's CSV exports.
#include "engine/output/exporters.hpp"
#include "engine/output/risk_tables.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

std::size_t most_frequent(const AssetLossTable& table, std::size_t asset, std::size_t kind,
                          std::size_t first, std::size_t states) {
  std::size_t best = 0;
  for (std::size_t state = 1; state < std::min(states, table.columns - first); ++state)
    if (table.at(asset, kind, first + state) > table.at(asset, kind, first + best))
      best = state;
  return best;
}

} // namespace

Result<Paths> export_damages_csv(const ExportJob& job) {
  OQ_TRY(const auto assets, read_assets(job.datastore()));
  OQ_TRY(const auto table, read_asset_damages(job.datastore(), job.request().type, assets.size()));
  auto comment = job.comment();
  comment.number("investigation_time", table.axes.investigation_time)
    .number("risk_investigation_time", table.axes.risk_investigation_time);
  OQ_TRY(const auto about, job.datastore().attributes(job.request().type));
  const auto stem = text_attribute(about, "stem");
  // The most frequent of the first so many states instead of their numbers.
  const auto modal = static_cast<std::size_t>(number_attribute(about, "modal").value_or(0));
  const auto& states = table.axes.damage_states;
  auto columns = asset_columns(assets);
  for (const auto& loss_type : table.axes.loss_types)
    if (modal > 0)
      columns.push_back("modal-ds-" + loss_type);
    else
      for (const auto& state : states)
        columns.push_back(loss_type + "-" + state);
  Paths paths;
  for (std::size_t kind = 0; kind < table.axes.kinds.size(); ++kind) {
    OQ_TRY(auto csv, CsvWriter::create(
                       job.path((stem.empty() ? "damages" : stem) + "-" + table.axes.kinds[kind])));
    csv.header(comment, columns);
    for (std::size_t asset = 0; asset < assets.size(); ++asset) {
      write_asset(csv, assets, asset);
      for (std::size_t column = 0; column < table.columns; ++column)
        if (modal == 0)
          csv.value(table.at(asset, kind, column));
        else if (column % states.size() == 0)
          csv.text(states[most_frequent(table, asset, kind, column, modal)]);
      csv.end_row();
    }
    OQ_TRY(paths.emplace_back(), csv.commit());
  }
  return paths;
}

Result<Paths> export_benefit_cost_csv(const ExportJob& job) {
  OQ_TRY(const auto assets, read_assets(job.datastore()));
  OQ_TRY(const auto table, read_asset_rows(job.datastore(), job.request().type, assets.size()));
  auto columns = asset_columns(assets);
  columns.insert(columns.end(), {"annual_loss_orig", "annual_loss_retro", "bcr"});
  Paths paths;
  for (std::size_t kind = 0; kind < table.axes.kinds.size(); ++kind) {
    OQ_TRY(auto csv, CsvWriter::create(job.path("bcr-" + table.axes.kinds[kind])));
    csv.header(columns); // without program and date in the reference engine's file
    for (std::size_t asset = 0; asset < assets.size(); ++asset) {
      write_asset(csv, assets, asset);
      for (std::size_t column = 0; column < table.columns; ++column)
        csv.loss(table.at(asset, kind, column));
      csv.end_row();
    }
    OQ_TRY(paths.emplace_back(), csv.commit());
  }
  return paths;
}

} // namespace oq::engine
