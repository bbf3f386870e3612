// Choosing among alternatives, equally likely or weighted.
#pragma once

#include "engine/random/integers.hpp"

#include <span>
#include <vector>

namespace oq::engine {

// Alternatives with probabilities: one uniform a choice, the first alternative whose cumulated
// probability is above it (NumPy's choice with `p`).
class WeightedChoice {
public:
  // Weights are divided by their sum. REQUIRES: not empty, none negative, their sum positive.
  explicit WeightedChoice(std::span<const double> weights);

  std::size_t at(double u) const;

  template <BitGenerator G>
  std::size_t operator()(G& generator) const {
    return at(generator.next_double());
  }

private:
  std::vector<double> cumulated_;
};

// One of `count` equally likely alternatives (NumPy's choice without `p`). REQUIRES: count > 0.
template <BitGenerator G>
std::size_t equal_choice(G& generator, std::size_t count) {
  return static_cast<std::size_t>(bounded_integer(generator, count));
}

} // namespace oq::engine
