// HazardMap: interpolation of ln level in ln probability.
#include "engine/hazard/hazard_map.hpp"

#include "engine/hazard/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr double kLeastPoe = 1e-30;

} // namespace

HazardMapReader::HazardMapReader(std::span<const double> levels, std::span<const double> poes)
  : log_curve_(levels.size()) {
  for (auto level = levels.rbegin(); level != levels.rend(); ++level)
    log_levels_.push_back(std::log(*level));
  for (const double poe : poes)
    log_poes_.push_back(std::log(poe));
}

void HazardMapReader::read(std::span<const double> curve, std::span<double> out) {
  std::transform(curve.rbegin(), curve.rend(), log_curve_.begin(), [](double poe) {
    return std::log(std::max(poe, kLeastPoe));
  });
  for (std::size_t p = 0; p < log_poes_.size(); ++p)
    out[p] = log_poes_[p] > log_curve_.back()
               ? 0.0
               : std::exp(interpolate(log_poes_[p], log_curve_, log_levels_));
}

} // namespace oq::engine
