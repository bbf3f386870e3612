// RiskBase: hazard curves, assets and statistics: what every classical risk calculation starts
// from.
#pragma once

#include "engine/hazard/statistics.hpp"
#include "engine/output/hazard_results.hpp"
#include "engine/risk/exposure.hpp"
#include "engine/risk/region.hpp"

namespace oq::engine {

struct RiskBase {
  Exposure exposure;
  AssetSites assets;  // those that take part
  HazardTable hazard; // curves of the realizations
  std::vector<double> weights;
  double risk_time = 0; // years
  std::vector<Statistic> statistics;
  bool keeps_realizations = false; // results of each realization are an output

  std::size_t kind_count() const {
    return statistics.size() + (keeps_realizations ? weights.size() : 0);
  }
};

// `hazard` is a finished hazard calculation. Errors name file and line.
Result<RiskBase> read_risk_base(const Job& job, const Datastore& hazard);

std::vector<Statistic> risk_statistics(const Job& job);

// Errc::invalid_input naming `where` when the hazard has no curves of the intensity measure.
Result<void> check_intensity(const RiskBase& base, const std::string& imt,
                             const std::string& function, const std::string& where);

} // namespace oq::engine
