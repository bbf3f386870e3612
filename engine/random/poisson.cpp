// Poisson counts by multiplication and by transformed rejection.
#include "engine/random/poisson.hpp"

#include <array>
#include <cmath>

namespace oq::engine {
namespace {

constexpr double kRejectionFrom = 10;

// D. Knuth, TAOCP vol. 2, 3.4.1: how many uniforms until their product is at most exp(-mean).
template <BitGenerator G>
std::int64_t by_multiplication(G& generator, double mean) {
  const double limit = std::exp(-mean);
  std::int64_t count = 0;
  for (double product = generator.next_double(); product > limit;
       product *= generator.next_double())
    ++count;
  return count;
}

// ln Gamma by Stirling's series (Abramowitz and Stegun 6.1.41) from x >= 7 on, reached by
// recurrence. Not std::lgamma: a last digit could decide a rejection.
double ln_gamma(double x) {
  // B(2k) / (2k (2k-1)), k = 1..10.
  constexpr std::array<double, 10> series{
    8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04, -5.952380952380952e-04,
    8.417508417508418e-04, -1.917526917526918e-03, 6.410256410256410e-03, -2.955065359477124e-02,
    1.796443723688307e-01, -1.39243221690590e+00};
  constexpr double kLnTwoPi = 1.8378770664093453;
  if (x == 1 || x == 2)
    return 0;
  const int steps = x < 7 ? static_cast<int>(7 - x) : 0;
  double shifted = x + steps;
  const double inverse_square = (1 / shifted) * (1 / shifted);
  double sum = series[9];
  for (int k = 8; k >= 0; --k)
    sum = sum * inverse_square + series[k];
  double value = sum / shifted + 0.5 * kLnTwoPi + (shifted - 0.5) * std::log(shifted) - shifted;
  for (int k = 0; k < steps; ++k) {
    value -= std::log(shifted - 1);
    shifted -= 1;
  }
  return value;
}

// W. Hormann, "The transformed rejection method for generating Poisson random variables",
// Insurance: Mathematics and Economics 12, 1993: algorithm PTRS.
template <BitGenerator G>
std::int64_t by_rejection(G& generator, double mean) {
  const double ln_mean = std::log(mean);
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double v_r = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const double u = generator.next_double() - 0.5;
    const double v = generator.next_double();
    const double us = 0.5 - std::fabs(u);
    const auto count = static_cast<std::int64_t>(std::floor((2 * a / us + b) * u + mean + 0.43));
    if (us >= 0.07 && v <= v_r)
      return count;
    if (count < 0 || (us < 0.013 && v > us))
      continue;
    const auto k = static_cast<double>(count);
    if (std::log(v) + std::log(inverse_alpha) - std::log(a / (us * us) + b)
        <= -mean + k * ln_mean - ln_gamma(k + 1))
      return count;
  }
}

} // namespace

template <BitGenerator G>
std::int64_t poisson_count(G& generator, double mean) {
  if (mean == 0)
    return 0;
  return mean < kRejectionFrom ? by_multiplication(generator, mean) : by_rejection(generator, mean);
}

template std::int64_t poisson_count(Pcg64&, double);
template std::int64_t poisson_count(Philox&, double);
template std::int64_t poisson_count(MersenneTwister&, double);

} // namespace oq::engine
