// Losses of assets from the results of their units: values times the units' ratios.
#include "engine/risk/risk_results.hpp"

#include "engine/risk/aggregate_table.hpp"
#include "engine/risk/datastore_keys.hpp"
#include "engine/risk/risk_head.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace oq::engine {
namespace {

class ResultWriter {
public:
  ResultWriter(const Job& job, const RiskInputs& inputs, const LossUnits& units,
               const std::vector<std::vector<double>>& results, Datastore& datastore)
    : job_(job), inputs_(inputs), units_(units), results_(results), datastore_(datastore) {
    for (std::size_t model = 0; model < inputs.models.size(); ++model)
      columns_.push_back({inputs.models[model].loss_type, model, nullptr});
    if (job.option("loss_curve_resolution") != nullptr)
      resolution_ = static_cast<std::size_t>(job.loss_curve_resolution);
    for (const auto& insured : inputs.insured) {
      const auto model = std::ranges::find(inputs.models, insured.losses, &LossModel::loss_type);
      columns_.push_back({insured.losses + "_ins",
                          static_cast<std::size_t>(model - inputs.models.begin()), &insured});
    }
  }

  std::vector<std::string> loss_types() const {
    std::vector<std::string> types;
    for (const auto& column : columns_)
      types.push_back(column.name);
    return types;
  }
  Result<void> write_losses(const KindRange& kinds);
  // What each taxonomy loses at the probabilities of poes_disagg, of all kinds in one table.
  Result<void> write_fractions(const std::vector<KindRange>& kinds);

private:
  Result<void> write_averages(const KindRange& kinds);
  Result<void> write_curves(const KindRange& kinds);
  Result<void> write_maps(const KindRange& kinds);

  std::size_t asset_count() const { return inputs_.assets.asset.size(); }
  double value(std::size_t model, std::size_t asset) const {
    return inputs_.exposure.assets.values.at(
      inputs_.models[model].value)[inputs_.assets.asset[asset]];
  }
  struct Column { // a loss type of the results
    std::string name;
    std::size_t model = 0;
    const InsuredType* insured = nullptr; // null: losses, not claims
  };
  struct Curve {
    double average = 0; // in losses
    std::vector<double> losses, poes;
  };
  Curve curve(const Column& column, std::size_t asset, std::size_t kind) const {
    const auto unit = units_.unit_of(column.model, asset);
    Curve out{0, units_.ratios(unit), {}};
    const std::span<const double> values(&results_[unit][kind * (1 + out.losses.size())],
                                         1 + out.losses.size());
    out.average = values.front();
    out.poes.assign(values.begin() + 1, values.end());
    if (column.insured) {
      insure_curve(column.insured->covers[asset], out.losses, out.poes);
      out.average = average_loss(out.losses, out.poes);
    }
    const double worth = value(column.model, asset);
    out.average *= worth;
    for (double& loss : out.losses)
      loss *= worth;
    return out;
  }
  Attributes attributes(const KindRange& kinds) const {
    return risk_attributes(inputs_, kinds.names, loss_types());
  }

  const Job& job_;
  const RiskInputs& inputs_;
  const LossUnits& units_;
  const std::vector<std::vector<double>>& results_;
  Datastore& datastore_;
  std::vector<Column> columns_;
  std::optional<std::size_t> resolution_; // points of a curve, when the job says so
};

Result<void> ResultWriter::write_averages(const KindRange& kinds) {
  const auto key = keys::kAverageLosses + kinds.suffix;
  std::vector<double> averages;
  for (std::size_t asset = 0; asset < asset_count(); ++asset)
    for (std::size_t kind = 0; kind < kinds.names.size(); ++kind)
      for (const auto& column : columns_)
        averages.push_back(curve(column, asset, kinds.first + kind).average);
  OQ_CHECK(datastore_.put(
    key, {{asset_count(), kinds.names.size(), columns_.size()}, std::move(averages)}));
  return datastore_.put_attributes(key, attributes(kinds));
}

Result<void> ResultWriter::write_curves(const KindRange& kinds) {
  const auto key = keys::kLossCurves + kinds.suffix;
  for (const auto& column : columns_) {
    const auto natural = inputs_.models[column.model].ratio_count();
    const auto points = resolution_.value_or(natural);
    std::vector<double> all_losses, poes;
    for (std::size_t asset = 0; asset < asset_count(); ++asset)
      for (std::size_t kind = 0; kind < kinds.names.size(); ++kind) {
        auto here = curve(column, asset, kinds.first + kind);
        if (resolution_)
          resample(points, here.losses, here.poes);
        if (kind == 0)
          all_losses.insert(all_losses.end(), here.losses.begin(), here.losses.end());
        poes.insert(poes.end(), here.poes.begin(), here.poes.end());
      }
    const auto group = key + "/" + column.name + "/";
    OQ_CHECK(datastore_.put(group + "losses", {{asset_count(), points}, std::move(all_losses)}));
    OQ_CHECK(datastore_.put(group + "poes",
                            {{asset_count(), kinds.names.size(), points}, std::move(poes)}));
  }
  return datastore_.put_attributes(key, attributes(kinds));
}

Result<void> ResultWriter::write_maps(const KindRange& kinds) {
  const auto& probabilities = job_.conditional_loss_poes;
  if (probabilities.empty())
    return {};
  const auto key = keys::kLossMaps + kinds.suffix;
  std::vector<double> maps;
  for (std::size_t asset = 0; asset < asset_count(); ++asset)
    for (std::size_t kind = 0; kind < kinds.names.size(); ++kind)
      for (const auto& column : columns_) {
        const auto here = curve(column, asset, kinds.first + kind);
        for (double probability : probabilities)
          maps.push_back(loss_at(here.losses, here.poes, probability));
      }
  OQ_CHECK(
    datastore_.put(key, {{asset_count(), kinds.names.size(), columns_.size(), probabilities.size()},
                         std::move(maps)}));
  auto about = attributes(kinds);
  about["poes"] = boost::json::array(probabilities.begin(), probabilities.end());
  return datastore_.put_attributes(key, about);
}

Result<void> ResultWriter::write_losses(const KindRange& kinds) {
  if (kinds.names.empty())
    return {};
  OQ_CHECK(write_averages(kinds));
  OQ_CHECK(write_curves(kinds));
  return write_maps(kinds);
}

Result<void> ResultWriter::write_fractions(const std::vector<KindRange>& ranges) {
  const auto* given = job_.parameters.if_contains("poes_disagg");
  if (given == nullptr || !given->is_array() || given->get_array().empty())
    return {};
  const auto& assets = inputs_.exposure.assets;
  TextTable table{"loss_fractions",
                  {"taxonomy", "loss_type", "kind", "poe"},
                  {"loss_value", "loss_fraction"},
                  {{}, {}, {}, {}},
                  {},
                  false};
  for (const auto& kinds : ranges)
    for (std::size_t kind = 0; kind < kinds.names.size(); ++kind)
      for (const auto& column : columns_)
        for (const auto& poe : given->get_array()) {
          std::map<std::string, double> losses; // by taxonomy
          double total = 0;
          for (std::size_t i = 0; i < asset_count(); ++i) {
            const auto here = curve(column, i, kinds.first + kind);
            const double loss = loss_at(here.losses, here.poes, poe.to_number<double>());
            losses[assets.taxonomy[inputs_.assets.asset[i]]] += loss;
            total += loss;
          }
          for (const auto& [taxonomy, loss] : losses) {
            table.texts[0].push_back(taxonomy);
            table.texts[1].push_back(column.name);
            table.texts[2].push_back(kinds.names[kind]);
            table.texts[3].push_back(fmt::format("{:g}", poe.to_number<double>()));
            table.numbers.push_back(loss);
            table.numbers.push_back(total > 0 ? loss / total : 0);
          }
        }
  return store_table(table.stem, table, datastore_);
}

} // namespace

Result<void> write_risk_results(const Job& job, const Datastore& hazard, const RiskInputs& inputs,
                                const LossUnits& units,
                                const std::vector<std::vector<double>>& results,
                                Datastore& datastore) {
  ResultWriter writer(job, inputs, units, results, datastore);
  OQ_CHECK(store_risk_head(job, inputs, writer.loss_types(), hazard, datastore));
  const auto ranges = kind_ranges(inputs);
  for (const auto& kinds : ranges)
    OQ_CHECK(writer.write_losses(kinds));
  return writer.write_fractions(ranges);
}

} // namespace oq::engine
