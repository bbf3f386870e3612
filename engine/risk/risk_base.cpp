// Reads hazard and exposure and checks that they fit.
#include "engine/risk/risk_base.hpp"

#include "engine/hazard/datastore_keys.hpp"
#include "engine/nrml/number.hpp"
#include "engine/risk/asset_store.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

Result<void> check_hazard(const RiskBase& inputs, const Job& job) {
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

Result<void> read_hazard(const Job& job, const Datastore& datastore, RiskBase& inputs) {
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

Result<void> associate(const Job& job, const Datastore& datastore, RiskBase& inputs) {
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

} // namespace

std::vector<Statistic> risk_statistics(const Job& job) {
  std::vector<double> quantiles = job.quantiles;
  quantiles.insert(quantiles.end(), job.quantile_loss_curves.begin(),
                   job.quantile_loss_curves.end());
  std::ranges::sort(quantiles);
  quantiles.erase(std::unique(quantiles.begin(), quantiles.end()), quantiles.end());
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

Result<void> check_intensity(const RiskBase& base, const std::string& imt,
                             const std::string& function, const std::string& where) {
  const auto& imts = base.hazard.imts;
  if (std::ranges::find(imts, imt) != imts.end())
    return {};
  return invalid_input("the function " + in_quotes(function) + " needs " + imt
                         + ", which the hazard calculation does not have",
                       where);
}

Result<RiskBase> read_risk_base(const Job& job, const Datastore& hazard) {
  RiskBase base;
  OQ_CHECK(read_hazard(job, hazard, base));
  OQ_TRY(base.exposure, exposure_of(job, &hazard));
  OQ_CHECK(associate(job, hazard, base));
  base.statistics = risk_statistics(job);
  // A single realization is its own mean; files of it are written when no statistic is asked for.
  const bool several = base.weights.size() > 1;
  base.keeps_realizations =
    base.statistics.empty() || (several && job.individual_rlzs.value_or(false));
  return base;
}

} // namespace oq::engine
