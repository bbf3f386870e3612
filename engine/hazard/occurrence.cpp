// Poissonian, negative-binomial and tabulated numbers of occurrences.
#include "engine/hazard/occurrence.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

double minus_ln_none(const Occurrence& occurrence, double exceedance) {
  constexpr double kLeast = 1.11e-16; // so that the logarithm is finite
  if (occurrence.probabilities) {
    double none = 0, power = 1;
    for (const double probability : *occurrence.probabilities) {
      none += probability * power;
      power *= 1.0 - exceedance;
    }
    return -std::log(std::max(none, kLeast));
  }
  if (occurrence.certain)
    return -std::log1p(-std::min(exceedance, 1.0 - kLeast));
  // The generating function of the negative binomial distribution at the probability of staying
  // below: (1 + dispersion x mean x exceedance) ^ (-1 / dispersion).
  if (occurrence.dispersion > 0)
    return std::log1p(occurrence.dispersion * occurrence.expected * exceedance)
           / occurrence.dispersion;
  return occurrence.expected * exceedance;
}

} // namespace oq::engine
