// Standard normal deviates: by ziggurat, and truncated ones by inversion.
#pragma once

#include "engine/random/mersenne_twister.hpp"
#include "engine/random/pcg64.hpp"
#include "engine/random/philox.hpp"

#include <span>

namespace oq::engine {

// One word a deviate in 98.8 % of cases; the same decisions as NumPy's Generator.standard_normal.
template <BitGenerator G>
double standard_normal(G& generator);

// As many, one after the other.
void fill_standard_normal(Philox& generator, std::span<double> deviates);

extern template double standard_normal(Pcg64&);
extern template double standard_normal(Philox&);
extern template double standard_normal(MersenneTwister&);

// The x with P(Z <= x) = p, to full precision; -inf at 0, +inf at 1, NaN outside.
double inverse_normal(double p);

// Standard normal restricted to [-level, +level]: exactly one uniform a deviate,
// x = F^-1(F(-level) + u (F(level) - F(-level))), evaluated from the nearer tail.
class TruncatedNormalSampler {
public:
  // Level 0 always gives 0; an infinite one does not truncate. REQUIRES: level >= 0.
  explicit TruncatedNormalSampler(double level);

  // The deviate at the fraction u of the distribution, 0 <= u < 1.
  double at(double u) const;

  template <BitGenerator G>
  double operator()(G& generator) const {
    return at(generator.next_double());
  }
  template <BitGenerator G>
  void fill(G& generator, std::span<double> deviates) const {
    for (double& deviate : deviates)
      deviate = at(generator.next_double());
  }

private:
  double level_;
  double below_;  // F(-level)
  double within_; // F(level) - F(-level)
};

} // namespace oq::engine
