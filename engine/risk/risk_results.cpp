// Loss curves, average losses and loss maps of every asset, from the units' ratios.
#include "engine/risk/risk_results.hpp"

#include "engine/base/json.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/risk/datastore_keys.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace oq::engine {
namespace {

template <class Texts>
boost::json::array json_list(const Texts& list) {
  return boost::json::array(list.begin(), list.end());
}

// The part of the results that one key holds: statistics, or realizations.
struct KindRange {
  std::string suffix; // "-stats"
  std::size_t first = 0;
  std::vector<std::string> names;
};

class ResultWriter {
public:
  ResultWriter(const Job& job, const RiskInputs& inputs, const LossUnits& units,
               const std::vector<std::vector<double>>& results, Datastore& datastore)
    : job_(job), inputs_(inputs), units_(units), results_(results), datastore_(datastore) {}

  Result<void> write_assets();
  Result<void> write_losses(const KindRange& kinds);

private:
  Result<void> write_averages(const KindRange& kinds);
  Result<void> write_curves(const KindRange& kinds);
  Result<void> write_maps(const KindRange& kinds);

  std::size_t asset_count() const { return inputs_.assets.asset.size(); }
  double value(std::size_t model, std::size_t asset) const {
    return inputs_.exposure.assets.values.at(
      inputs_.models[model].loss_type)[inputs_.assets.asset[asset]];
  }
  // The mean ratio and the probabilities of one curve.
  std::span<const double> curve(std::size_t model, std::size_t asset, std::size_t kind) const {
    const auto unit = units_.unit_of(model, asset);
    const auto width = 1 + units_.ratios(unit).size();
    return {&results_[unit][kind * width], width};
  }
  std::vector<double> losses(std::size_t model, std::size_t asset) const {
    std::vector<double> out = units_.ratios(units_.unit_of(model, asset));
    for (double& ratio : out)
      ratio *= value(model, asset);
    return out;
  }
  boost::json::array loss_types() const {
    boost::json::array types;
    for (const auto& model : inputs_.models)
      types.emplace_back(model.loss_type);
    return types;
  }
  Attributes attributes(const KindRange& kinds) const {
    return {{"kinds", json_list(kinds.names)},
            {"loss_types", loss_types()},
            {"investigation_time", inputs_.hazard.investigation_time},
            {"risk_investigation_time", inputs_.risk_time},
            {"exported", true}};
  }

  const Job& job_;
  const RiskInputs& inputs_;
  const LossUnits& units_;
  const std::vector<std::vector<double>>& results_;
  Datastore& datastore_;
};

template <class T>
Array chosen(const std::vector<T>& column, const std::vector<std::size_t>& assets) {
  std::vector<T> out;
  for (auto asset : assets)
    out.push_back(column[asset]);
  return {{assets.size()}, std::move(out)};
}

Result<void> ResultWriter::write_assets() {
  const auto& assets = inputs_.exposure.assets;
  const auto& indices = inputs_.assets.asset;
  const std::string group = std::string(keys::kAssets) + "/";
  OQ_CHECK(datastore_.put(group + "id", chosen(assets.id, indices)));
  OQ_CHECK(datastore_.put(group + "taxonomy", chosen(assets.taxonomy, indices)));
  OQ_CHECK(datastore_.put(group + "lon", chosen(assets.lon, indices)));
  OQ_CHECK(datastore_.put(group + "lat", chosen(assets.lat, indices)));
  OQ_CHECK(datastore_.put(group + "number", chosen(assets.number, indices)));
  const std::vector<std::int32_t> sites(inputs_.assets.site.begin(), inputs_.assets.site.end());
  OQ_CHECK(datastore_.put(group + "site_id", {{sites.size()}, sites}));
  for (const auto& [loss_type, values] : assets.values)
    OQ_CHECK(datastore_.put(group + "value-" + loss_type, chosen(values, indices)));
  boost::json::object units;
  for (const auto& [cost_type, unit] : inputs_.exposure.units)
    units[cost_type] = unit;
  Attributes about;
  about["loss_types"] = loss_types();
  about["category"] = inputs_.exposure.category;
  about["units"] = std::move(units);
  return datastore_.put_attributes(keys::kAssets, about);
}

Result<void> ResultWriter::write_averages(const KindRange& kinds) {
  const auto key = keys::kAverageLosses + kinds.suffix;
  const auto models = inputs_.models.size();
  std::vector<double> averages;
  for (std::size_t asset = 0; asset < asset_count(); ++asset)
    for (std::size_t kind = 0; kind < kinds.names.size(); ++kind)
      for (std::size_t model = 0; model < models; ++model)
        averages.push_back(curve(model, asset, kinds.first + kind)[0] * value(model, asset));
  OQ_CHECK(datastore_.put(key, {{asset_count(), kinds.names.size(), models}, std::move(averages)}));
  return datastore_.put_attributes(key, attributes(kinds));
}

Result<void> ResultWriter::write_curves(const KindRange& kinds) {
  const auto key = keys::kLossCurves + kinds.suffix;
  for (std::size_t model = 0; model < inputs_.models.size(); ++model) {
    const auto points = inputs_.models[model].ratio_count();
    std::vector<double> all_losses, poes;
    for (std::size_t asset = 0; asset < asset_count(); ++asset) {
      const auto ascending = losses(model, asset);
      all_losses.insert(all_losses.end(), ascending.begin(), ascending.end());
      for (std::size_t kind = 0; kind < kinds.names.size(); ++kind) {
        const auto values = curve(model, asset, kinds.first + kind).subspan(1);
        poes.insert(poes.end(), values.begin(), values.end());
      }
    }
    const auto group = key + "/" + inputs_.models[model].loss_type + "/";
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
  const auto models = inputs_.models.size();
  std::vector<double> maps;
  for (std::size_t asset = 0; asset < asset_count(); ++asset)
    for (std::size_t kind = 0; kind < kinds.names.size(); ++kind)
      for (std::size_t model = 0; model < models; ++model)
        for (double probability : probabilities)
          maps.push_back(loss_at(losses(model, asset),
                                 curve(model, asset, kinds.first + kind).subspan(1), probability));
  OQ_CHECK(datastore_.put(
    key, {{asset_count(), kinds.names.size(), models, probabilities.size()}, std::move(maps)}));
  auto about = attributes(kinds);
  about["poes"] = json_list(probabilities);
  return datastore_.put_attributes(key, about);
}

Result<void> ResultWriter::write_losses(const KindRange& kinds) {
  if (kinds.names.empty())
    return {};
  OQ_CHECK(write_averages(kinds));
  OQ_CHECK(write_curves(kinds));
  return write_maps(kinds);
}

// Sites and realizations are those of the hazard calculation.
Result<void> copy_hazard(const Datastore& hazard, Datastore& datastore) {
  for (const char* key : {"sitecol/sids", "sitecol/lon", "sitecol/lat", "sitecol/depth",
                          "sitecol/custom_site_id", "realizations/rlz_id", keys::kRealizationPaths,
                          keys::kRealizationWeights, keys::kWeights}) {
    if (!hazard.contains(key) || datastore.contains(key))
      continue;
    OQ_TRY(const auto array, hazard.get(key));
    OQ_CHECK(datastore.put(key, array));
  }
  return {};
}

Result<void> write_job(const Job& job, const RiskInputs& inputs, Datastore& datastore) {
  if (!datastore.contains(keys::kOqparam)) { // hazard and risk of one job share the datastore
    OQ_CHECK(
      datastore.put(keys::kOqparam, {{1}, std::vector<std::string>{json_text(oqparam(job))}}));
  }
  Attributes about;
  about["calculation_mode"] = std::string(to_string(job.mode));
  about["description"] = job.description;
  about["investigation_time"] = inputs.hazard.investigation_time;
  about["risk_investigation_time"] = inputs.risk_time;
  return datastore.put_attributes("", about);
}

} // namespace

Result<void> write_risk_results(const Job& job, const Datastore& hazard, const RiskInputs& inputs,
                                const LossUnits& units,
                                const std::vector<std::vector<double>>& results,
                                Datastore& datastore) {
  OQ_CHECK(write_job(job, inputs, datastore));
  OQ_CHECK(copy_hazard(hazard, datastore));
  ResultWriter writer(job, inputs, units, results, datastore);
  OQ_CHECK(writer.write_assets());
  KindRange statistics{"-stats", 0, {}};
  for (const auto& statistic : inputs.statistics)
    statistics.names.push_back(statistic.name());
  OQ_CHECK(writer.write_losses(statistics));
  KindRange realizations{"-rlzs", statistics.names.size(), {}};
  if (inputs.keeps_realizations)
    for (std::size_t rlz = 0; rlz < inputs.weights.size(); ++rlz)
      realizations.names.push_back(fmt::format("rlz-{:03}", rlz));
  return writer.write_losses(realizations);
}

} // namespace oq::engine
