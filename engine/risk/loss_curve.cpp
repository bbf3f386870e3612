// The equations of classical risk, as in the OpenQuake engine.
#include "engine/risk/loss_curve.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace oq::engine {
namespace {

constexpr double kAlmostOne =
  0.9999999999999999; // stands for a probability of 1: its rate is finite

// Limits of the intensity intervals, one interval round each level of the function.
std::vector<double> interval_bounds(const std::vector<double>& levels) {
  const auto count = levels.size();
  std::vector<double> bounds = {std::max(0.0, levels[0] - (levels[1] - levels[0]) / 2)};
  for (std::size_t i = 0; i + 1 < count; ++i)
    bounds.push_back((levels[i] + levels[i + 1]) / 2);
  bounds.push_back(levels[count - 1] + (levels[count - 1] - levels[count - 2]) / 2);
  return bounds;
}

// Probability of losing more than a ratio at a level of the function.
double survival(const VulnerabilityFunction& function, double ratio, std::size_t level) {
  if (function.distribution != LossDistribution::probability_mass)
    return loss_survival(function.distribution, ratio, function.mean_ratios[level],
                         function.mean_ratios[level] * function.variations[level]);
  double sum = 0;
  for (std::size_t k = 0; k < function.ratios.size(); ++k)
    if (function.ratios[k] > ratio)
      sum += function.probabilities[k][level];
  return sum;
}

} // namespace

std::vector<double> loss_ratios(const VulnerabilityFunction& function, int steps) {
  const bool is_discrete = function.distribution == LossDistribution::probability_mass;
  auto points = is_discrete ? function.ratios : function.mean_ratios;
  if (std::ranges::min(points) > 0)
    points.insert(points.begin(), 0);
  if (std::ranges::max(points) < 1)
    points.push_back(1);
  if (steps < 2)
    return points;
  std::vector<double> ratios;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const double step = (points[i + 1] - points[i]) / steps;
    for (int k = 0; k < steps; ++k)
      ratios.push_back(points[i] + k * step);
  }
  ratios.push_back(points.back());
  return ratios;
}

LossCurveKernel::LossCurveKernel(const VulnerabilityFunction& function, std::vector<double> ratios,
                                 std::span<const double> hazard_levels, double hazard_time,
                                 double risk_time)
  : ratios_(std::move(ratios)), hazard_time_(hazard_time), risk_time_(risk_time) {
  assert(hazard_levels.size() >= 2 && function.levels.size() >= 2);
  for (double ratio : ratios_)
    for (std::size_t i = 0; i < function.levels.size(); ++i)
      exceedance_.push_back(survival(function, ratio, i));
  for (double bound : interval_bounds(function.levels)) {
    bound = std::clamp(bound, hazard_levels.front(), hazard_levels.back());
    const auto above = std::clamp<std::ptrdiff_t>(std::ranges::lower_bound(hazard_levels, bound)
                                                    - hazard_levels.begin(),
                                                  1, std::ssize(hazard_levels) - 1);
    const auto below = static_cast<std::size_t>(above - 1);
    bounds_.push_back(
      {below, bound - hazard_levels[below], hazard_levels[below + 1] - hazard_levels[below]});
  }
}

void LossCurveKernel::exceedance(std::span<const double> hazard, std::span<double> poes) const {
  assert(poes.size() == ratios_.size());
  const auto interval_count = bounds_.size() - 1;
  std::vector<double> rates; // annual, of exceeding each bound
  rates.reserve(bounds_.size());
  for (const auto& bound : bounds_) {
    const double low = hazard[bound.below], high = hazard[bound.below + 1];
    const double poe = std::min((high - low) / bound.width * bound.offset + low, kAlmostOne);
    rates.push_back(-std::log1p(-poe) / hazard_time_);
  }
  for (std::size_t ratio = 0; ratio < ratios_.size(); ++ratio) {
    double rate = 0;
    for (std::size_t i = 0; i < interval_count; ++i)
      rate += exceedance_[ratio * interval_count + i] * (rates[i] - rates[i + 1]);
    poes[ratio] = -std::expm1(-risk_time_ * rate);
  }
}

void resample(std::size_t points, std::vector<double>& losses, std::vector<double>& poes) {
  const auto all_losses = losses, all_poes = poes;
  losses.resize(points);
  poes.resize(points);
  std::size_t i = 0;
  for (std::size_t k = 0; k < points; ++k) {
    const double part = points == 1 ? 0 : static_cast<double>(k) / static_cast<double>(points - 1);
    losses[k] = all_losses.front() + part * (all_losses.back() - all_losses.front());
    while (i + 2 < all_losses.size() && all_losses[i + 1] <= losses[k])
      ++i;
    const double width = all_losses[i + 1] - all_losses[i];
    const double along = width > 0 ? std::min(1.0, (losses[k] - all_losses[i]) / width) : 0;
    poes[k] = all_poes[i] + along * (all_poes[i + 1] - all_poes[i]);
  }
}

double average_loss(std::span<const double> losses, std::span<const double> poes) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < losses.size(); ++i)
    sum += (losses[i + 1] - losses[i]) * ((poes[i] + poes[i + 1]) / 2);
  return sum;
}

double loss_at(std::span<const double> losses, std::span<const double> poes, double probability) {
  if (probability > poes.front())
    return 0;
  if (probability < poes.back())
    return losses.back();
  std::size_t last = 0; // the last point with at least that probability
  for (std::size_t i = 0; i < poes.size(); ++i)
    if (poes[i] >= probability)
      last = i;
  if (poes[last] == probability || last + 1 == poes.size())
    return losses[last];
  return (losses[last + 1] - losses[last]) / (poes[last + 1] - poes[last])
           * (probability - poes[last])
         + losses[last];
}

} // namespace oq::engine
