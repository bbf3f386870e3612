// Brings hazard, exposure and vulnerability together and checks that they fit.
#include "engine/risk/risk_inputs.hpp"

#include "engine/hazard/datastore_keys.hpp"
#include "engine/nrml/number.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

Result<void> check_hazard(const RiskInputs& inputs, const Job& job) {
  const auto& hazard = inputs.hazard;
  if (inputs.weights.size() != hazard.kinds.size())
    return Error{Errc::internal, "the hazard has not one weight a realization", "realizations"};
  if (!(hazard.investigation_time > 0))
    return invalid_input("the hazard calculation has no investigation_time");
  if (!(inputs.risk_time > 0))
    return invalid_input("risk_investigation_time must be above 0",
                         job.where("risk_investigation_time"));
  for (const auto& levels : hazard.levels)
    if (levels.size() < 2
        || std::ranges::adjacent_find(levels, std::ranges::greater_equal()) != levels.end())
      return invalid_input("the hazard curves need two or more increasing levels");
  return {};
}

Result<void> read_hazard(const Job& job, const Datastore& datastore, RiskInputs& inputs) {
  auto hazard = read_hazard_table(datastore, keys::kCurvesOfRealizations);
  if (!hazard && hazard.error().code == Errc::not_found)
    return invalid_input("the hazard calculation has no hazard curves",
                         job.where("hazard_calculation_id"));
  if (!hazard)
    return hazard.error();
  inputs.hazard = *std::move(hazard);
  OQ_TRY(auto weights, read_numbers(datastore, keys::kRealizationWeights, 1));
  inputs.weights = std::move(weights.values);
  inputs.risk_time = job.risk_investigation_time.value_or(inputs.hazard.investigation_time);
  return check_hazard(inputs, job);
}

Result<void> associate(const Job& job, const Datastore& datastore, RiskInputs& inputs) {
  OQ_TRY(auto points, read_sites(datastore));
  SiteCollection sites;
  sites.lon = std::move(points.lon);
  sites.lat = std::move(points.lat);
  sites.depth = std::move(points.depth);
  if (sites.size() != inputs.hazard.sites)
    return Error{Errc::internal, "the hazard has not one curve a site", "sitecol"};
  OQ_TRY(const auto inside, assets_in_region(inputs.exposure.assets, job));
  OQ_TRY(inputs.assets, nearest_sites(inputs.exposure.assets, inside, sites, job));
  return {};
}

// Every asset needs a function and a value for every loss type.
Result<void> check_assets(const RiskInputs& inputs, const LossModel& model) {
  const auto& assets = inputs.exposure.assets;
  const auto values = assets.values.find(model.loss_type);
  for (auto asset : inputs.assets.asset) {
    const auto refuse = [&](const std::string& message) {
      return invalid_input("asset " + in_quotes(assets.id[asset]) + ": " + message,
                           assets.where(asset));
    };
    if (!model.find(assets.taxonomy[asset]))
      return refuse("the " + model.loss_type + " vulnerability model has no function for taxonomy "
                    + in_quotes(assets.taxonomy[asset]));
    if (values == assets.values.end() || std::isnan(values->second[asset]))
      return refuse("no value of " + model.loss_type
                    + ", for which there is a vulnerability model");
  }
  return {};
}

Result<void> check_intensities(const RiskInputs& inputs, const LossModel& model) {
  const auto& assets = inputs.exposure.assets;
  for (auto asset : inputs.assets.asset) {
    const auto& function = model.functions[*model.find(assets.taxonomy[asset])];
    const auto& imts = inputs.hazard.imts;
    if (std::ranges::find(imts, function.imt.name()) == imts.end())
      return invalid_input("vulnerability function " + in_quotes(function.id) + " needs "
                             + function.imt.name() + ", which the hazard calculation does not have",
                           function.where);
  }
  return {};
}

std::vector<Statistic> statistics_of(const Job& job) {
  std::vector<double> quantiles = job.quantiles;
  quantiles.insert(quantiles.end(), job.quantile_loss_curves.begin(),
                   job.quantile_loss_curves.end());
  std::ranges::sort(quantiles);
  const auto repeated = std::ranges::unique(quantiles);
  quantiles.erase(repeated.begin(), repeated.end());
  std::vector<Statistic> statistics;
  if (job.mean)
    statistics.push_back({Statistic::Kind::mean, 0});
  if (job.std_dev)
    statistics.push_back({Statistic::Kind::std_dev, 0});
  for (double quantile : quantiles)
    statistics.push_back({Statistic::Kind::quantile, quantile});
  if (job.max)
    statistics.push_back({Statistic::Kind::maximum, 0});
  return statistics;
}

} // namespace

Result<RiskInputs> read_risk_inputs(const Job& job, const Datastore& hazard) {
  RiskInputs inputs;
  OQ_CHECK(read_hazard(job, hazard, inputs));
  OQ_TRY(inputs.exposure, read_exposure(job));
  OQ_CHECK(associate(job, hazard, inputs));
  OQ_TRY(inputs.models, read_loss_models(job));
  for (const auto& model : inputs.models) {
    OQ_CHECK(check_assets(inputs, model));
    OQ_CHECK(check_intensities(inputs, model));
  }
  inputs.statistics = statistics_of(job);
  // A single realization is its own mean; files of it are written when no statistic is asked for.
  const bool several = inputs.weights.size() > 1;
  inputs.keeps_realizations =
    inputs.statistics.empty() || (several && job.individual_rlzs.value_or(false));
  return inputs;
}

} // namespace oq::engine
