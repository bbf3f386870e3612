// How often a rupture happens, and what that makes of the probability that its motion exceeds a
// level (engine notes 2.10).
#pragma once

#include <cstdint>
#include <vector>

namespace oq::engine {

// Of one rupture in the investigation time. `probabilities` of 0, 1, … occurrences stand in for
// `expected` when they are not null.
struct Occurrence {
  double expected = 0;
  const std::vector<double>* probabilities = nullptr;
  double dispersion = 0; // of a negative-binomial number; 0: Poissonian
  bool certain = false;  // it happens once, whenever its cluster does
};

// -ln of the probability that no occurrence exceeds a level which each exceeds with `exceedance`.
double minus_ln_none(const Occurrence& occurrence, double exceedance);

// What ruptures of a set of sources add to its curves.
enum class Summation : std::uint8_t {
  rates,         // independent ruptures: minus the logarithm of not being exceeded
  probabilities, // of ruptures that exclude each other: weight times being exceeded
};

} // namespace oq::engine
