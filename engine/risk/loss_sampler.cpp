// Lognormal, beta and discrete loss ratios: engine notes 3.5.
#include "engine/risk/loss_sampler.hpp"

#include "engine/random/gamma.hpp"
#include "engine/random/normal.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

LossSampler::LossSampler(const VulnerabilityFunction& function, SamplingOptions options)
  : function_(function), options_(options) {
  has_spread_ = std::ranges::any_of(function.variations, [](double variation) {
    return variation > 0;
  });
}

// Linear between levels, constant above the last, nothing below the first.
LossSampler::Moments LossSampler::moments(double intensity) const {
  const auto& levels = function_.levels;
  if (intensity < levels.front())
    return {};
  const auto above = std::ranges::upper_bound(levels, intensity);
  const bool has_variations = !function_.variations.empty();
  if (above == levels.end())
    return {function_.mean_ratios.back(), has_variations ? function_.variations.back() : 0};
  const auto i = static_cast<std::size_t>(above - levels.begin()) - 1;
  const double part = (intensity - levels[i]) / (levels[i + 1] - levels[i]);
  const auto between = [&](const std::vector<double>& values) {
    return values[i] + (values[i + 1] - values[i]) * part;
  };
  return {between(function_.mean_ratios), has_variations ? between(function_.variations) : 0};
}

double LossSampler::sample_beta(Moments at, Philox& philox) {
  const double deviation = at.mean * at.variation;
  if (deviation == 0)
    return at.mean;
  const double c = (1 - at.mean) / (deviation * deviation) - 1 / at.mean;
  const double alpha = c * at.mean * at.mean, beta = c * (at.mean - at.mean * at.mean);
  if (!(alpha > 0) || !(beta > 0))
    return at.mean;
  return beta_deviate(philox, alpha, beta);
}

// The smallest ratio whose cumulated probability, linear between levels, is above the uniform.
double LossSampler::sample_mass(double intensity, double uniform) const {
  const auto& levels = function_.levels;
  if (intensity < levels.front())
    return 0;
  const auto above = std::ranges::upper_bound(levels, intensity);
  const auto last = levels.size() - 1;
  const auto i =
    above == levels.end() ? last : static_cast<std::size_t>(above - levels.begin()) - 1;
  const double part = i == last ? 0 : (intensity - levels[i]) / (levels[i + 1] - levels[i]);
  double cumulated = 0;
  for (std::size_t k = 0; k < function_.ratios.size(); ++k) {
    const auto& row = function_.probabilities[k];
    cumulated += i == last ? row[i] : row[i] + (row[i + 1] - row[i]) * part;
    if (uniform < cumulated)
      return function_.ratios[k];
  }
  return function_.ratios.back();
}

void LossSampler::add(std::span<const double> intensities, std::span<const std::size_t> counts,
                      double weight, EventStream& stream, std::span<double> ratios) const {
  std::size_t at = 0;
  if (function_.distribution == LossDistribution::probability_mass && !options_.means_only) {
    const double uniform = stream.twister().next_double();
    for (std::size_t i = 0; i < intensities.size(); ++i) {
      const double ratio = weight * sample_mass(intensities[i], uniform);
      for (std::size_t k = 0; k < counts[i]; ++k)
        ratios[at++] += ratio;
    }
    return;
  }
  const bool draws = has_spread_ && !options_.means_only;
  const bool is_normal = function_.distribution == LossDistribution::lognormal;
  double epsilon = 0;
  if (draws && is_normal && options_.one_epsilon)
    epsilon = standard_normal(stream.philox());
  for (std::size_t i = 0; i < intensities.size(); ++i) {
    const Moments here = moments(intensities[i]);
    const double variance = here.variation * here.variation;
    const bool spreads = draws && is_normal && variance > 0;
    const double deviation = spreads ? std::sqrt(std::log1p(variance)) : 0;
    const double divisor = spreads ? std::sqrt(1 + variance) : 1;
    for (std::size_t k = 0; k < counts[i]; ++k) {
      if (draws && is_normal && !options_.one_epsilon)
        epsilon = standard_normal(stream.philox());
      double ratio = here.mean;
      if (spreads && ratio > 0)
        ratio = ratio * std::exp(epsilon * deviation) / divisor;
      else if (draws && !is_normal)
        ratio = sample_beta(here, stream.philox());
      ratios[at++] += weight * ratio;
    }
  }
}

} // namespace oq::engine
