// FragilityFunction: the probability of reaching each limit state at an intensity.
#pragma once

#include "engine/base/result.hpp"
#include "engine/risk/perils.hpp"
#include "engine/risk/risk_files.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oq::engine {

// Mean and standard deviation of the intensity (not of its logarithm) at which a limit state is
// reached.
struct LimitStateMoments {
  double mean = 0, deviation = 0;
};

struct FragilityFunction {
  std::string id;    // the taxonomy it is for
  std::string imt;   // "PGA"
  std::string where; // "fragility_model.xml:12"
  double no_damage_limit = 0;
  bool continuous = false;
  // Continuous: lognormal distributions, constant below and above these intensities.
  double lowest = 0, highest = 0;
  std::vector<LimitStateMoments> moments; // one a limit state
  // Discrete: linear between points; where damage starts below the first level, that point too.
  std::vector<double> levels;
  std::vector<std::vector<double>> poes; // limit state x level

  std::size_t state_count() const { return continuous ? moments.size() : poes.size(); }
  double exceedance(std::size_t state, double intensity) const;
  // Levels between which the function changes: those of a discrete one cut into `steps`, `points`
  // equidistant ones of a continuous one.
  std::vector<double> refined_levels(int steps, int points) const;
};

struct FragilityModel {
  std::string loss_type; // "structural"
  std::string peril = kGroundShaking;
  std::vector<std::string> limit_states;    // without "no_damage"
  std::vector<FragilityFunction> functions; // sorted by id

  const FragilityFunction* find(std::string_view id) const;
};

// NRML 0.4 and 0.5. Errors name file and line: limit states that differ between functions, lists of
// different lengths, probabilities outside [0, 1], the same id twice.
Result<FragilityModel> read_fragility_model(const RiskFile& file, const std::string& loss_type);

// One model for each peril and loss type, alphabetically; all with the same limit states.
// Errc::invalid_input when there is none.
Result<std::vector<FragilityModel>> read_fragility_models(const RiskFiles& files,
                                                          const std::string& job_name);

} // namespace oq::engine
