// The 256 layers of the normal and of the exponential ziggurat, computed once.
#pragma once

#include <array>
#include <cstdint>

namespace oq::engine {

// G. Marsaglia and W. W. Tsang, "The ziggurat method for generating random variables", J. Stat.
// Softw. 5(8), 2000. Layer 0 holds the base strip and the tail. A draw of `bits` random bits falls
// at width * bits; below `inside` it is under the curve for sure.
struct Ziggurat {
  static constexpr int kLayers = 256;
  double tail = 0; // where the tail starts
  std::array<double, kLayers> width{};
  std::array<double, kLayers> height{}; // the curve at the layer's right end; 1 at layer 0
  std::array<std::uint64_t, kLayers> inside{};
};

const Ziggurat& normal_ziggurat();      // 52 bits and a sign, curve exp(-x^2 / 2)
const Ziggurat& exponential_ziggurat(); // 53 bits, curve exp(-x)

} // namespace oq::engine
