// LossUnits: the different loss curves of a calculation, in ratios of an asset's value.
#pragma once

#include "engine/base/stop_token.hpp"
#include "engine/risk/loss_curve.hpp"
#include "engine/risk/risk_inputs.hpp"

namespace oq::engine {

// Assets of one taxonomy that share a hazard site have the same curve but for their value, so each
// pair of site and vulnerability function is computed once.
struct LossUnit {
  std::size_t model = 0;    // index into RiskInputs::models
  std::size_t function = 0; // index into its functions
  std::size_t site = 0;
};

// Result of a unit: for each statistic, then (when kept) each realization: the mean loss ratio,
// followed by one probability of exceedance a ratio.
class LossUnits {
public:
  // REQUIRES: `inputs` outlives this.
  explicit LossUnits(const RiskInputs& inputs);

  std::size_t size() const noexcept { return units_.size(); }
  const LossUnit& unit(std::size_t index) const { return units_[index]; }
  // The unit of an asset, by its position in RiskInputs::assets.
  std::size_t unit_of(std::size_t model, std::size_t position) const {
    return unit_of_[model][position];
  }
  // Curves of a unit: statistics and kept realizations.
  std::size_t kind_count() const;
  std::size_t value_count(std::size_t unit) const;
  double weight(std::size_t unit) const;
  const std::vector<double>& ratios(std::size_t unit) const;

  // Appends the values of a unit. Errc::numeric_failure names the site.
  Result<void> compute(std::size_t unit, std::vector<double>& values) const;

private:
  const LossCurveKernel& kernel(const LossUnit& unit) const;
  Result<void> check_curves(const LossUnit& unit, std::size_t imt) const;

  const RiskInputs& inputs_;
  std::vector<LossUnit> units_;
  std::vector<std::vector<std::size_t>> unit_of_;
  // One a function that is used, by model and function.
  std::vector<std::vector<std::optional<LossCurveKernel>>> kernels_;
};

} // namespace oq::engine
