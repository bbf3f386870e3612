// Exponentials by ziggurat, gammas by rejection, betas from two gammas or two powers.
#include "engine/random/gamma.hpp"

#include "engine/random/normal.hpp"
#include "engine/random/ziggurat.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

// J. H. Ahrens and U. Dieter, "Computer methods for sampling from gamma, beta, Poisson and binomial
// distributions", Computing 12, 1974, with an exponential in place of the second uniform.
template <BitGenerator G>
double small_shape_gamma(G& generator, double shape) {
  for (;;) {
    const double u = generator.next_double();
    const double v = standard_exponential(generator);
    if (u <= 1 - shape) {
      const double x = std::pow(u, 1 / shape);
      if (x <= v)
        return x;
    } else {
      const double y = -std::log((1 - u) / shape);
      const double x = std::pow(1 - shape + shape * y, 1 / shape);
      if (x <= v + y)
        return x;
    }
  }
}

// G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3),
// 2000.
template <BitGenerator G>
double large_shape_gamma(G& generator, double shape) {
  const double b = shape - 1. / 3.;
  const double c = 1 / std::sqrt(9 * b);
  for (;;) {
    double x = 0, v = 0;
    do {
      x = standard_normal(generator);
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const double u = generator.next_double();
    if (u < 1 - 0.0331 * (x * x) * (x * x))
      return b * v;
    if (std::log(u) < 0.5 * x * x + b * (1 - v + std::log(v)))
      return b * v;
  }
}

// M. D. Johnk, Metrika 8, 1964: both shapes at most 1.
template <BitGenerator G>
double johnk_beta(G& generator, double a, double b) {
  for (;;) {
    const double u = generator.next_double();
    const double v = generator.next_double();
    const double x = std::pow(u, 1 / a), y = std::pow(v, 1 / b);
    if (x + y > 1 || u + v <= 0)
      continue;
    if (x + y > 0)
      return x / (x + y);
    // Both powers underflowed: their ratio from logarithms.
    const double ln_x = std::log(u) / a, ln_y = std::log(v) / b;
    const double largest = std::max(ln_x, ln_y);
    const double dx = ln_x - largest, dy = ln_y - largest;
    return std::exp(dx - std::log(std::exp(dx) + std::exp(dy)));
  }
}

} // namespace

template <BitGenerator G>
double standard_exponential(G& generator) {
  static const Ziggurat& layers = exponential_ziggurat();
  for (;;) {
    const std::uint64_t word = generator.next_uint64() >> 3;
    const auto layer = static_cast<std::size_t>(word & 0xff);
    const std::uint64_t bits = word >> 8;
    const double x = static_cast<double>(bits) * layers.width[layer];
    if (bits < layers.inside[layer])
      return x;
    if (layer == 0)
      return layers.tail - std::log1p(-generator.next_double());
    const double low = layers.height[layer], high = layers.height[layer - 1];
    if ((high - low) * generator.next_double() + low < std::exp(-x))
      return x;
  }
}

template <BitGenerator G>
double standard_gamma(G& generator, double shape) {
  if (shape == 1)
    return standard_exponential(generator);
  if (shape == 0)
    return 0;
  return shape < 1 ? small_shape_gamma(generator, shape) : large_shape_gamma(generator, shape);
}

template <BitGenerator G>
double beta_deviate(G& generator, double a, double b) {
  if (a <= 1 && b <= 1)
    return johnk_beta(generator, a, b);
  const double from_a = standard_gamma(generator, a);
  const double from_b = standard_gamma(generator, b);
  return from_a / (from_a + from_b);
}

template double standard_exponential(Pcg64&);
template double standard_exponential(Philox&);
template double standard_exponential(MersenneTwister&);
template double standard_gamma(Pcg64&, double);
template double standard_gamma(Philox&, double);
template double standard_gamma(MersenneTwister&, double);
template double beta_deviate(Pcg64&, double, double);
template double beta_deviate(Philox&, double, double);
template double beta_deviate(MersenneTwister&, double, double);

} // namespace oq::engine
