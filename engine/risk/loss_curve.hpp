// Loss curves of classical risk: from a hazard curve to the probability of exceeding a loss.
#pragma once

#include "engine/risk/vulnerability.hpp"

#include <span>

namespace oq::engine {

// The mean ratios (of a discrete distribution its ratios), with 0 and 1 added when they are not
// spanned, each interval cut into `steps`. REQUIRES: the function has distinct means, or is PM.
std::vector<double> loss_ratios(const VulnerabilityFunction& function, int steps);

// Everything of the computation that does not depend on the hazard curve, done once a function.
class LossCurveKernel {
public:
  // REQUIRES: the function has distinct means, or is PM; hazard levels strictly increase; times in
  // years, above zero.
  LossCurveKernel(const VulnerabilityFunction& function, std::vector<double> ratios,
                  std::span<const double> hazard_levels, double hazard_time, double risk_time);

  const std::vector<double>& ratios() const noexcept { return ratios_; }
  // Probability, in the risk time, of exceeding each of the ratios. `hazard` holds one probability
  // of exceedance a hazard level; `poes` one value a ratio.
  void exceedance(std::span<const double> hazard, std::span<double> poes) const;

private:
  struct Bound { // of an intensity interval, between two hazard levels
    std::size_t below = 0;
    double offset = 0, width = 1; // from the level below; to the level above
  };

  std::vector<double> ratios_;
  std::vector<double> exceedance_; // of ratio given intensity; ratio-major
  std::vector<Bound> bounds_;      // one more than intensities
  double hazard_time_, risk_time_;
};

// The curve at that many equidistant losses from the least to the largest, linear between its
// points. REQUIRES: two points or more; losses do not descend.
void resample(std::size_t points, std::vector<double>& losses, std::vector<double>& poes);

// Area under a loss curve: the expected loss. Both of the same size, losses ascending.
double average_loss(std::span<const double> losses, std::span<const double> poes);

// The loss exceeded with that probability: 0 above the curve, the largest loss below it.
double loss_at(std::span<const double> losses, std::span<const double> poes, double probability);

} // namespace oq::engine
