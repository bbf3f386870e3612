// Statistics: of one value over all realizations at a time.
#include "engine/hazard/statistics.hpp"

#include "engine/base/json.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace oq::engine {

namespace {

double weighted_mean(std::span<const double> values, std::span<const double> weights) {
  return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0);
}

double standard_deviation(std::span<const double> values, std::span<const double> weights) {
  const double mean = weighted_mean(values, weights);
  double variance = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    variance += weights[i] * (values[i] - mean) * (values[i] - mean);
  return std::sqrt(variance);
}

double quantile(double at, std::span<const double> values, std::span<const double> weights,
                std::vector<std::size_t>& order) {
  order.resize(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // Of equal values the lightest first, as the reference engine has it: the quantile depends on it.
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(values[a], weights[a]) < std::pair(values[b], weights[b]);
  });
  double below = 0; // cumulative weight of the values before
  double before = values[order[0]];
  for (const std::size_t i : order) {
    const double here = below + weights[i];
    if (at < here) {
      if (i == order[0])
        return values[i];
      return before + (values[i] - before) / (here - below) * (at - below);
    }
    below = here;
    before = values[i];
  }
  return before;
}

} // namespace

std::string Statistic::name() const {
  switch (kind) {
  case Kind::mean:
    return "mean";
  case Kind::std_dev:
    return "std";
  case Kind::quantile:
    return "quantile-" + number_text(quantile);
  case Kind::maximum:
    return "max";
  }
  return {};
}

double evaluate(const Statistic& statistic, std::span<const double> values,
                std::span<const double> weights, std::vector<std::size_t>& scratch) {
  switch (statistic.kind) {
  case Statistic::Kind::mean:
    return weighted_mean(values, weights);
  case Statistic::Kind::std_dev:
    return standard_deviation(values, weights);
  case Statistic::Kind::quantile:
    return quantile(statistic.quantile, values, weights, scratch);
  case Statistic::Kind::maximum:
    return *std::max_element(values.begin(), values.end());
  }
  return 0.0;
}

double interpolate(double at, std::span<const double> x, std::span<const double> y) {
  if (at < x.front())
    return y.front();
  const auto above = std::upper_bound(x.begin(), x.end(), at);
  if (above == x.end())
    return y.back();
  const auto j = static_cast<std::size_t>(above - x.begin()) - 1;
  return (y[j + 1] - y[j]) / (x[j + 1] - x[j]) * (at - x[j]) + y[j];
}

} // namespace oq::engine
