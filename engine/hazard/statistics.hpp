// Statistics over realizations: mean, standard deviation, quantiles, maximum of weighted values.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace oq::engine {

struct Statistic {
  enum class Kind : unsigned char { mean, std_dev, quantile, maximum };
  Kind kind = Kind::mean;
  double quantile = 0; // of Kind::quantile

  // As in file names: "mean", "std", "quantile-0.15", "max".
  std::string name() const;
};

// `weights` sum to 1 and are as many as `values`. `scratch` saves allocations between calls.
double evaluate(const Statistic& statistic, std::span<const double> values,
                std::span<const double> weights, std::vector<std::size_t>& scratch);

// Linear interpolation of y in x, both as given, clamped at the ends. REQUIRES: x ascending (equal
// neighbours allowed), not empty. Among equal x the last counts, as numpy.interp has it.
double interpolate(double at, std::span<const double> x, std::span<const double> y);

} // namespace oq::engine
