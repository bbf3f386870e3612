// DamageUnits: the different damage distributions of a classical_damage calculation.
#pragma once

#include "engine/risk/fragility.hpp"
#include "engine/risk/risk_base.hpp"
#include "engine/risk/taxonomy_mapping.hpp"

#include <map>
#include <optional>

namespace oq::engine {

// A fragility function with everything that does not depend on the hazard curve.
class DamageKernel {
public:
  // With `steps` above 1 a discrete function is refined and the hazard interpolated at its levels;
  // otherwise the function is evaluated at the levels of the hazard.
  DamageKernel(const FragilityFunction& function, std::span<const double> hazard_levels, int steps,
               double hazard_time, double risk_time);

  std::size_t damage_states() const noexcept { return states_ + 1; }
  // Adds `weight` times the share of each damage state, "no_damage" first. `hazard` holds one
  // probability of exceedance a hazard level.
  void add(std::span<const double> hazard, double weight, std::span<double> shares) const;

private:
  std::size_t states_;
  std::vector<double> hazard_levels_;
  std::vector<double> levels_;     // of interpolation; empty: those of the hazard
  std::vector<double> exceedance_; // limit state x level
  double hazard_time_, risk_time_;
};

struct DamageInputs : RiskBase {
  std::vector<FragilityModel> models;
  int steps = 1; // steps_per_interval
};

// Assets of one taxonomy at one site share a unit: the shares of their buildings by damage state,
// for each statistic, then (when kept) each realization.
class DamageUnits {
public:
  // Errc::invalid_input: a taxonomy without function, an intensity measure without hazard.
  static Result<DamageUnits> make(const DamageInputs& inputs, const TaxonomyMapping& mapping);

  std::size_t size() const noexcept { return units_.size(); }
  std::size_t unit_of(std::size_t model, std::size_t position) const {
    return unit_of_[model][position];
  }
  std::size_t damage_states() const { return inputs_->models.front().limit_states.size() + 1; }
  std::size_t value_count() const { return inputs_->kind_count() * damage_states(); }
  double weight(std::size_t unit) const;
  Result<void> compute(std::size_t unit, std::vector<double>& values) const;

private:
  struct Part { // of the buildings of a unit
    std::size_t kernel = 0, imt = 0;
    double weight = 1;
  };
  struct Unit {
    std::vector<Part> parts;
    std::size_t site = 0;
  };

  explicit DamageUnits(const DamageInputs& inputs) : inputs_(&inputs) {}
  Result<std::vector<Part>> parts_of(const FragilityModel& model, std::size_t asset,
                                     const TaxonomyMapping& mapping);

  const DamageInputs* inputs_;
  std::vector<DamageKernel> kernels_;
  std::map<const FragilityFunction*, std::size_t> kernel_of_;
  std::vector<Unit> units_;
  std::vector<std::vector<std::size_t>> unit_of_; // model x position
};

} // namespace oq::engine
