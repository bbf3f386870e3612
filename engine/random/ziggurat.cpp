// Ziggurat layers from their defining recurrence, in extended precision so that the doubles are
// rounded once.
#include "engine/random/ziggurat.hpp"

#include <cmath>
#include <numbers>

namespace oq::engine {
namespace {

using Extended = long double;

constexpr Extended kNormalTail = 3.6541528853610087963519472518L;
constexpr Extended kExponentialTail = 7.6971174701310497140446280481L;
constexpr Extended kNormalUnit = 4503599627370496.0L;      // 2^52
constexpr Extended kExponentialUnit = 9007199254740992.0L; // 2^53

// Layers of equal area: each one's top is its bottom plus area / width. `ends` runs from the widest
// layer to the narrowest.
template <class Curve, class Inverse>
Ziggurat built(Extended tail, Extended area, Extended unit, Curve curve, Inverse inverse) {
  constexpr int last = Ziggurat::kLayers - 1;
  std::array<Extended, Ziggurat::kLayers> ends{};
  ends[last] = tail;
  for (int i = last; i > 1; --i)
    ends[i - 1] = inverse(curve(ends[i]) + area / ends[i]);

  Ziggurat layers;
  layers.tail = static_cast<double>(tail);
  const Extended base = area / curve(tail); // the base strip, drawn as if the tail were a rectangle
  layers.width[0] = static_cast<double>(base / unit);
  layers.inside[0] = static_cast<std::uint64_t>(tail / base * unit);
  layers.height[0] = 1;
  for (int i = 1; i <= last; ++i) {
    layers.width[i] = static_cast<double>(ends[i] / unit);
    layers.inside[i] = i == 1 ? 0 : static_cast<std::uint64_t>(ends[i - 1] / ends[i] * unit);
    layers.height[i] = static_cast<double>(curve(ends[i]));
  }
  return layers;
}

Ziggurat build_normal() {
  const auto curve = [](Extended x) {
    return std::exp(-x * x / 2);
  };
  const auto inverse = [](Extended y) {
    return std::sqrt(-2 * std::log(y));
  };
  const Extended beyond = std::sqrt(std::numbers::pi_v<Extended> / 2)
                          * std::erfc(kNormalTail / std::numbers::sqrt2_v<Extended>);
  return built(kNormalTail, kNormalTail * curve(kNormalTail) + beyond, kNormalUnit, curve, inverse);
}

Ziggurat build_exponential() {
  const auto curve = [](Extended x) {
    return std::exp(-x);
  };
  const auto inverse = [](Extended y) {
    return -std::log(y);
  };
  return built(kExponentialTail, (kExponentialTail + 1) * curve(kExponentialTail), kExponentialUnit,
               curve, inverse);
}

} // namespace

const Ziggurat& normal_ziggurat() {
  static const Ziggurat layers = build_normal();
  return layers;
}

const Ziggurat& exponential_ziggurat() {
  static const Ziggurat layers = build_exponential();
  return layers;
}

} // namespace oq::engine
