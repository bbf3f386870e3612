// Values of fragility functions.
#include "engine/risk/fragility.hpp"

#include "engine/hazard/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oq::engine {
namespace {

// Stands for a limit of 0: the lognormal distribution starts above it (engine notes 3.7).
constexpr double kSmallestIntensity = 1e-10;

double lognormal_cdf(double intensity, LimitStateMoments moments) {
  if (intensity <= 0)
    return 0;
  const double variance = moments.deviation * moments.deviation;
  const double square = moments.mean * moments.mean;
  if (variance == 0)
    return intensity >= moments.mean ? 1 : 0;
  const double sigma = std::sqrt(std::log(1 + variance / square));
  const double median = square / std::sqrt(variance + square);
  return 0.5 * std::erfc(-std::log(intensity / median) / (sigma * std::numbers::sqrt2));
}

} // namespace

double FragilityFunction::exceedance(std::size_t state, double intensity) const {
  if (continuous) {
    if (intensity <= (no_damage_limit > 0 ? no_damage_limit : kSmallestIntensity))
      return 0;
    return lognormal_cdf(std::clamp(intensity, lowest, highest), moments[state]);
  }
  if (intensity < no_damage_limit)
    return 0;
  return interpolate(intensity, levels, poes[state]);
}

std::vector<double> FragilityFunction::refined_levels(int steps, int points) const {
  std::vector<double> out;
  if (continuous) {
    for (int i = 0; i < points; ++i)
      out.push_back(points == 1 ? lowest : lowest + (highest - lowest) * i / (points - 1));
    return out;
  }
  for (std::size_t i = 0; i + 1 < levels.size(); ++i)
    for (int k = 0; k < std::max(steps, 1); ++k)
      out.push_back(levels[i] + (levels[i + 1] - levels[i]) * k / std::max(steps, 1));
  out.push_back(levels.back());
  return out;
}

const FragilityFunction* FragilityModel::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(functions, id, {}, &FragilityFunction::id);
  return found == functions.end() || found->id != id ? nullptr : &*found;
}

} // namespace oq::engine
