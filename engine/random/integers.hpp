// Bounded integers without bias.
#pragma once

#include "engine/random/mersenne_twister.hpp"
#include "engine/random/pcg64.hpp"
#include "engine/random/philox.hpp"

namespace oq::engine {

// Uniform on [0, bound): D. Lemire, "Fast random integer generation in an interval", ACM TOMACS
// 29(1), 2019. Bounds up to 2^32 consume 32-bit halves, larger ones whole words; a bound of 1
// consumes nothing. The same draws as NumPy's Generator.integers with 64-bit results.
// REQUIRES: bound > 0.
template <BitGenerator G>
std::uint64_t bounded_integer(G& generator, std::uint64_t bound);

extern template std::uint64_t bounded_integer(Pcg64&, std::uint64_t);
extern template std::uint64_t bounded_integer(Philox&, std::uint64_t);
extern template std::uint64_t bounded_integer(MersenneTwister&, std::uint64_t);

} // namespace oq::engine
