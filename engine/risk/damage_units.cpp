// Damage from hazard curves: engine notes 3.7.
#include "engine/risk/damage_units.hpp"

#include "engine/risk/check_assets.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

constexpr double kAlmostOne = 0.9999999999999999; // its rate is finite
constexpr int kNoPoints = 0;                      // continuous functions are not refined

} // namespace

DamageKernel::DamageKernel(const FragilityFunction& function, std::span<const double> hazard_levels,
                           int steps, double hazard_time, double risk_time)
  : states_(function.state_count()), hazard_levels_(hazard_levels.begin(), hazard_levels.end()),
    hazard_time_(hazard_time), risk_time_(risk_time) {
  if (steps > 1 && !function.continuous)
    levels_ = function.refined_levels(steps, kNoPoints);
  const auto& at = levels_.empty() ? hazard_levels_ : levels_;
  for (std::size_t state = 0; state < states_; ++state)
    for (const double level : at)
      exceedance_.push_back(function.exceedance(state, level));
}

void DamageKernel::add(std::span<const double> hazard, double weight,
                       std::span<double> shares) const {
  std::vector<double> rates; // annual, of exceeding each level
  const auto rate = [&](double poe) {
    return -std::log1p(-std::min(poe, kAlmostOne)) / hazard_time_;
  };
  if (levels_.empty())
    for (const double poe : hazard)
      rates.push_back(rate(poe));
  else
    for (const double level : levels_)
      rates.push_back(rate(interpolate(level, hazard_levels_, hazard)));
  const std::size_t count = rates.size();
  std::vector<double> occurrences(count); // of an intensity near each level
  for (std::size_t i = 0; i < count; ++i) {
    const double above = i + 1 < count ? (rates[i] + rates[i + 1]) / 2 : rates[i];
    const double below = i > 0 ? (rates[i - 1] + rates[i]) / 2 : rates[i];
    occurrences[i] = below - above;
  }
  double before = 1;
  for (std::size_t state = 0; state < states_; ++state) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i)
      sum += occurrences[i] * exceedance_[state * count + i];
    const double poe = -std::expm1(-risk_time_ * sum);
    shares[state] += weight * (before - poe);
    before = poe;
  }
  shares[states_] += weight * before;
}

Result<std::vector<DamageUnits::Part>> DamageUnits::parts_of(const FragilityModel& model,
                                                             std::size_t asset,
                                                             const TaxonomyMapping& mapping) {
  const auto& assets = inputs_->exposure.assets;
  OQ_TRY(const auto choices, mapping.of(assets.taxonomy[asset]));
  std::vector<Part> parts;
  for (const auto& choice : choices) {
    const auto* function = model.find(choice.function);
    if (function == nullptr)
      return missing_function(assets, asset, model.loss_type, "fragility", choice.function);
    OQ_CHECK(check_intensity(*inputs_, function->imt, function->id, function->where));
    const auto imt = inputs_->hazard.imt_index(function->imt);
    const auto [entry, is_new] = kernel_of_.try_emplace(function, kernels_.size());
    if (is_new)
      kernels_.emplace_back(*function, inputs_->hazard.levels[imt], inputs_->steps,
                            inputs_->hazard.investigation_time, inputs_->risk_time);
    parts.push_back({entry->second, imt, choice.weight});
  }
  return parts;
}

Result<DamageUnits> DamageUnits::make(const DamageInputs& inputs, const TaxonomyMapping& mapping) {
  DamageUnits units(inputs);
  const auto& assets = inputs.exposure.assets;
  for (const auto& model : inputs.models) {
    auto& unit_of = units.unit_of_.emplace_back();
    std::map<std::pair<std::size_t, std::string>, std::size_t> known;
    for (std::size_t i = 0; i < inputs.assets.asset.size(); ++i) {
      const auto asset = inputs.assets.asset[i];
      const auto site = inputs.assets.site[i];
      const auto [entry, is_new] =
        known.try_emplace({site, assets.taxonomy[asset]}, units.units_.size());
      unit_of.push_back(entry->second);
      if (!is_new)
        continue;
      OQ_TRY(auto parts, units.parts_of(model, asset, mapping));
      units.units_.push_back({std::move(parts), site});
    }
  }
  return units;
}

double DamageUnits::weight(std::size_t unit) const {
  return static_cast<double>(inputs_->weights.size() * units_[unit].parts.size() * damage_states()
                             * inputs_->hazard.last_axis);
}

Result<void> DamageUnits::compute(std::size_t index, std::vector<double>& values) const {
  const auto& unit = units_[index];
  const auto& hazard = inputs_->hazard;
  const auto realizations = hazard.kinds.size();
  const auto width = damage_states();
  std::vector<double> rows(realizations * width);
  for (std::size_t rlz = 0; rlz < realizations; ++rlz)
    for (const auto& part : unit.parts) {
      const auto start =
        ((unit.site * realizations + rlz) * hazard.imts.size() + part.imt) * hazard.last_axis;
      kernels_[part.kernel].add({&hazard.values[start], hazard.last_axis}, part.weight,
                                {&rows[rlz * width], width});
    }
  std::vector<double> column(realizations);
  std::vector<std::size_t> scratch;
  for (const auto& statistic : inputs_->statistics)
    for (std::size_t i = 0; i < width; ++i) {
      for (std::size_t rlz = 0; rlz < realizations; ++rlz)
        column[rlz] = rows[rlz * width + i];
      values.push_back(evaluate(statistic, column, inputs_->weights, scratch));
    }
  if (inputs_->keeps_realizations)
    values.insert(values.end(), rows.begin(), rows.end());
  return {};
}

} // namespace oq::engine
