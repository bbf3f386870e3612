// RiskInputs: what a classical risk calculation starts from, read and checked.
#pragma once

#include "engine/hazard/statistics.hpp"
#include "engine/output/hazard_results.hpp"
#include "engine/risk/exposure.hpp"
#include "engine/risk/loss_models.hpp"
#include "engine/risk/region.hpp"

namespace oq::engine {

struct RiskInputs {
  Exposure exposure;
  AssetSites assets; // those that take part
  std::vector<LossModel> models;
  HazardTable hazard; // curves of the realizations
  std::vector<double> weights;
  double risk_time = 0; // years
  std::vector<Statistic> statistics;
  bool keeps_realizations = false; // losses of each realization are an output
};

// `hazard` is a finished hazard calculation. Errors name file and line.
Result<RiskInputs> read_risk_inputs(const Job& job, const Datastore& hazard);

} // namespace oq::engine
