// Lognormal, beta and discrete loss ratios: engine notes 3.5. Everything in one pass over the
// rows of an event's fields, then one over the assets.
#include "engine/risk/loss_sampler.hpp"

#include "engine/random/gamma.hpp"
#include "engine/random/normal.hpp"
#include "engine/risk/lognormal_batch.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

double beta_ratio(double mean, double variation, Philox& philox) {
  const double deviation = mean * variation;
  if (deviation == 0)
    return mean;
  const double c = (1 - mean) / (deviation * deviation) - 1 / mean;
  const double alpha = c * mean * mean, beta = c * (mean - mean * mean);
  if (!(alpha > 0) || !(beta > 0))
    return mean;
  return beta_deviate(philox, alpha, beta);
}

} // namespace

LossSampler::LossSampler(const VulnerabilityFunction& function, SamplingOptions options)
  : function_(&function), options_(options), index_(function.levels) {
  has_spread_ = std::ranges::any_of(function.variations, [](double variation) {
    return variation > 0;
  });
  const auto& levels = function.levels;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    Segment& segment =
      segments_.emplace_back(Segment{levels[i], function.mean_ratios[i], 0,
                                     function.variations.empty() ? 0 : function.variations[i], 0});
    if (i + 1 == levels.size())
      break;
    const double width = levels[i + 1] - levels[i];
    segment.mean_slope = (function.mean_ratios[i + 1] - function.mean_ratios[i]) / width;
    if (!function.variations.empty())
      segment.variation_slope = (function.variations[i + 1] - function.variations[i]) / width;
  }
}

// Means and coefficients of variation: linear between levels, constant above the last, nothing
// below the first.
void LossSampler::interpolate(std::span<const double> intensities, SamplerScratch& scratch) const {
  scratch.means.assign(intensities.size(), 0.0);
  scratch.variations.assign(intensities.size(), 0.0);
  const double lowest = segments_.front().level, highest = segments_.back().level;
  for (std::size_t i = 0; i < intensities.size(); ++i) {
    if (!(intensities[i] >= lowest))
      continue;
    const Segment& segment = segments_[index_(intensities[i])];
    const double above = std::min(intensities[i], highest) - segment.level;
    scratch.means[i] = segment.mean + segment.mean_slope * above;
    scratch.variations[i] = segment.variation + segment.variation_slope * above;
  }
}

// The smallest ratio whose cumulated probability, linear between levels, is above the uniform.
double LossSampler::sample_mass(double intensity, double uniform) const {
  const auto& levels = function_->levels;
  if (!(intensity >= levels.front()))
    return 0;
  const auto last = levels.size() - 1, i = index_(intensity);
  const double part = i == last ? 0 : (intensity - levels[i]) / (levels[i + 1] - levels[i]);
  double cumulated = 0;
  for (std::size_t k = 0; k < function_->ratios.size(); ++k) {
    const auto& row = function_->probabilities[k];
    cumulated += i == last ? row[i] : row[i] + (row[i + 1] - row[i]) * part;
    if (uniform < cumulated)
      return function_->ratios[k];
  }
  return function_->ratios.back();
}

void LossSampler::add_means(std::span<const std::size_t> counts, double weight,
                            const SamplerScratch& scratch, std::span<double> ratios) const {
  std::size_t at = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    for (std::size_t k = 0; k < counts[i]; ++k)
      ratios[at++] += weight * scratch.means[i];
}

void LossSampler::add_lognormal(std::span<const std::size_t> counts, double weight, Philox& philox,
                                SamplerScratch& scratch, std::span<double> ratios) const {
  to_medians(scratch.means, scratch.variations);
  scratch.medians.resize(ratios.size());
  scratch.factors.resize(ratios.size());
  if (options_.one_epsilon)
    std::ranges::fill(scratch.factors, standard_normal(philox));
  else
    fill_standard_normal(philox, scratch.factors);
  std::size_t at = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    for (std::size_t k = 0; k < counts[i]; ++k, ++at) {
      scratch.medians[at] = scratch.means[i];
      scratch.factors[at] *= scratch.variations[i];
    }
  scaled_exponentials(scratch.medians, scratch.factors);
  for (std::size_t i = 0; i < ratios.size(); ++i)
    ratios[i] += weight * scratch.factors[i];
}

void LossSampler::add_beta(std::span<const std::size_t> counts, double weight, Philox& philox,
                           const SamplerScratch& scratch, std::span<double> ratios) const {
  std::size_t at = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    for (std::size_t k = 0; k < counts[i]; ++k)
      ratios[at++] += weight * beta_ratio(scratch.means[i], scratch.variations[i], philox);
}

void LossSampler::add(std::span<const double> intensities, std::span<const std::size_t> counts,
                      double weight, EventStream& stream, SamplerScratch& scratch,
                      std::span<double> ratios) const {
  const auto distribution = function_->distribution;
  if (distribution == LossDistribution::probability_mass && !options_.means_only) {
    const double uniform = stream.twister().next_double();
    std::size_t at = 0;
    for (std::size_t i = 0; i < intensities.size(); ++i) {
      const double ratio = weight * sample_mass(intensities[i], uniform);
      for (std::size_t k = 0; k < counts[i]; ++k)
        ratios[at++] += ratio;
    }
    return;
  }
  interpolate(intensities, scratch);
  if (!has_spread_ || options_.means_only)
    add_means(counts, weight, scratch, ratios);
  else if (distribution == LossDistribution::lognormal)
    add_lognormal(counts, weight, stream.philox(), scratch, ratios);
  else
    add_beta(counts, weight, stream.philox(), scratch, ratios);
}

} // namespace oq::engine
