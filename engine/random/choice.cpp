// Weighted choice by bisection of the cumulated probabilities.
#include "engine/random/choice.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace oq::engine {

WeightedChoice::WeightedChoice(std::span<const double> weights) : cumulated_(weights.size()) {
  assert(!weights.empty());
  std::partial_sum(weights.begin(), weights.end(), cumulated_.begin());
  const double total = cumulated_.back();
  for (double& value : cumulated_)
    value /= total;
}

std::size_t WeightedChoice::at(double u) const {
  const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end(), u);
  const auto index = static_cast<std::size_t>(found - cumulated_.begin());
  return std::min(index, cumulated_.size() - 1);
}

} // namespace oq::engine
