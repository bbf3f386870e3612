// How loss ratios spread round their mean: the probability of exceeding a ratio.
#pragma once

namespace oq::engine {

enum class LossDistribution : unsigned char { lognormal, beta, probability_mass };

// P(loss ratio > ratio) given the mean and the standard deviation of the ratio; a step at the mean
// without deviation, 0 when the mean is 0.
// REQUIRES: lognormal or beta; all >= 0; mean <= 1 and deviation^2 <= mean (1 - mean) for beta.
double loss_survival(LossDistribution distribution, double ratio, double mean, double deviation);

} // namespace oq::engine
