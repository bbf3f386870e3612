// Exponential, gamma and beta deviates.
#pragma once

#include "engine/random/mersenne_twister.hpp"
#include "engine/random/pcg64.hpp"
#include "engine/random/philox.hpp"

namespace oq::engine {

// Mean 1, by ziggurat.
template <BitGenerator G>
double standard_exponential(G& generator);

// Scale 1. REQUIRES: shape >= 0.
template <BitGenerator G>
double standard_gamma(G& generator, double shape);

// On (0, 1) with density x^(a-1) (1-x)^(b-1) / B(a, b). REQUIRES: a, b > 0.
template <BitGenerator G>
double beta_deviate(G& generator, double a, double b);

extern template double standard_exponential(Pcg64&);
extern template double standard_exponential(Philox&);
extern template double standard_exponential(MersenneTwister&);
extern template double standard_gamma(Pcg64&, double);
extern template double standard_gamma(Philox&, double);
extern template double standard_gamma(MersenneTwister&, double);
extern template double beta_deviate(Pcg64&, double, double);
extern template double beta_deviate(Philox&, double, double);
extern template double beta_deviate(MersenneTwister&, double, double);

} // namespace oq::engine
