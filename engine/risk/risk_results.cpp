// Losses of assets from the results of their units: values times the units' ratios.
#include "engine/risk/risk_results.hpp"

#include "engine/risk/datastore_keys.hpp"
#include "engine/risk/risk_head.hpp"

#include <boost/json/array.hpp>

namespace oq::engine {
namespace {

class ResultWriter {
public:
  ResultWriter(const Job& job, const RiskInputs& inputs, const LossUnits& units,
               const std::vector<std::vector<double>>& results, Datastore& datastore)
    : job_(job), inputs_(inputs), units_(units), results_(results), datastore_(datastore) {}

  std::vector<std::string> loss_types() const {
    std::vector<std::string> types;
    for (const auto& model : inputs_.models)
      types.push_back(model.loss_type);
    return types;
  }
  Result<void> write_losses(const KindRange& kinds);

private:
  Result<void> write_averages(const KindRange& kinds);
  Result<void> write_curves(const KindRange& kinds);
  Result<void> write_maps(const KindRange& kinds);

  std::size_t asset_count() const { return inputs_.assets.asset.size(); }
  double value(std::size_t model, std::size_t asset) const {
    return inputs_.exposure.assets.values.at(
      inputs_.models[model].value)[inputs_.assets.asset[asset]];
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
  Attributes attributes(const KindRange& kinds) const {
    return risk_attributes(inputs_, kinds.names, loss_types());
  }

  const Job& job_;
  const RiskInputs& inputs_;
  const LossUnits& units_;
  const std::vector<std::vector<double>>& results_;
  Datastore& datastore_;
};

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

} // namespace

Result<void> write_risk_results(const Job& job, const Datastore& hazard, const RiskInputs& inputs,
                                const LossUnits& units,
                                const std::vector<std::vector<double>>& results,
                                Datastore& datastore) {
  ResultWriter writer(job, inputs, units, results, datastore);
  OQ_CHECK(store_risk_head(job, inputs, writer.loss_types(), hazard, datastore));
  for (const auto& kinds : kind_ranges(inputs))
    OQ_CHECK(writer.write_losses(kinds));
  return {};
}

} // namespace oq::engine
