// Poisson counts, drawn with any generator.
#pragma once

#include "engine/random/mersenne_twister.hpp"
#include "engine/random/pcg64.hpp"
#include "engine/random/philox.hpp"

namespace oq::engine {

// Mean 0 gives 0 and consumes nothing. Below 10 by multiplying uniforms, from 10 on by transformed
// rejection; the same draws as NumPy's Generator.poisson. REQUIRES: 0 <= mean <= 9.2e18.
template <BitGenerator G>
std::int64_t poisson_count(G& generator, double mean);

extern template std::int64_t poisson_count(Pcg64&, double);
extern template std::int64_t poisson_count(Philox&, double);
extern template std::int64_t poisson_count(MersenneTwister&, double);

} // namespace oq::engine
