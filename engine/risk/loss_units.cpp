// Computes loss curves by site and vulnerability function.
#include "engine/risk/loss_units.hpp"

#include <algorithm>
#include <map>

namespace oq::engine {

LossUnits::LossUnits(const RiskInputs& inputs) : inputs_(inputs) {
  for (std::size_t m = 0; m < inputs.models.size(); ++m) {
    const auto& model = inputs.models[m];
    auto& kernels = kernels_.emplace_back(model.functions.size());
    auto& unit_of = unit_of_.emplace_back();
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> known; // site, function -> unit
    for (std::size_t i = 0; i < inputs.assets.asset.size(); ++i) {
      const auto function = *inputs.find(model, inputs.assets.asset[i]);
      const auto site = inputs.assets.site[i];
      const auto [entry, is_new] = known.try_emplace({site, function}, units_.size());
      unit_of.push_back(entry->second);
      if (!is_new)
        continue;
      units_.push_back({m, function, site});
      const auto& hazard = inputs.hazard;
      if (!kernels[function])
        kernels[function].emplace(
          model.functions[function], model.ratios[function],
          hazard.levels[hazard.imt_index(model.functions[function].imt.name())],
          hazard.investigation_time, inputs.risk_time);
    }
  }
}

const LossCurveKernel& LossUnits::kernel(const LossUnit& unit) const {
  return *kernels_[unit.model][unit.function];
}

std::size_t LossUnits::kind_count() const {
  return inputs_.statistics.size() + (inputs_.keeps_realizations ? inputs_.weights.size() : 0);
}

const std::vector<double>& LossUnits::ratios(std::size_t unit) const {
  return kernel(units_[unit]).ratios();
}

std::size_t LossUnits::value_count(std::size_t unit) const {
  return kind_count() * (1 + ratios(unit).size());
}

double LossUnits::weight(std::size_t unit) const {
  const auto& function = inputs_.models[units_[unit].model].functions[units_[unit].function];
  return static_cast<double>(inputs_.weights.size() * ratios(unit).size()
                             * (function.levels.size() + inputs_.statistics.size()));
}

Result<void> LossUnits::check_curves(const LossUnit& unit, std::size_t imt) const {
  const auto& hazard = inputs_.hazard;
  for (std::size_t rlz = 0; rlz < hazard.kinds.size(); ++rlz)
    for (std::size_t level = 0; level < hazard.last_axis; ++level)
      if (const double poe = hazard.at(unit.site, rlz, imt, level); !(poe >= 0 && poe <= 1))
        return Error{Errc::numeric_failure, "a hazard curve has a value that is no probability",
                     "site " + std::to_string(unit.site) + ", " + hazard.kinds[rlz]};
  return {};
}

Result<void> LossUnits::compute(std::size_t index, std::vector<double>& values) const {
  const auto& unit = units_[index];
  const auto& hazard = inputs_.hazard;
  const auto& curve = kernel(unit);
  const auto imt = hazard.imt_index(inputs_.models[unit.model].functions[unit.function].imt.name());
  OQ_CHECK(check_curves(unit, imt));

  // Realization-major: the mean ratio, then the probabilities.
  const auto realizations = hazard.kinds.size();
  const auto width = 1 + curve.ratios().size();
  std::vector<double> rows(realizations * width);
  for (std::size_t rlz = 0; rlz < realizations; ++rlz) {
    const auto start =
      ((unit.site * realizations + rlz) * hazard.imts.size() + imt) * hazard.last_axis;
    const std::span<double> poes(&rows[rlz * width + 1], width - 1);
    curve.exceedance({&hazard.values[start], hazard.last_axis}, poes);
    rows[rlz * width] = average_loss(curve.ratios(), poes);
  }

  std::vector<double> column(realizations);
  std::vector<std::size_t> scratch;
  for (const auto& statistic : inputs_.statistics)
    for (std::size_t i = 0; i < width; ++i) {
      for (std::size_t rlz = 0; rlz < realizations; ++rlz)
        column[rlz] = rows[rlz * width + i];
      values.push_back(evaluate(statistic, column, inputs_.weights, scratch));
    }
  if (inputs_.keeps_realizations)
    values.insert(values.end(), rows.begin(), rows.end());
  return {};
}

} // namespace oq::engine
