// Loops without branches or calls, so that compilers turn them into vector instructions; the order
// of operations is fixed and nothing is fused, so that the width of a vector changes no bit.
#include "engine/risk/lognormal_batch.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace oq::engine {
namespace {

constexpr double kRound = 6755399441055744.0; // 1.5 * 2^52: adding it rounds to an integer
constexpr double kBias = 1023;                // of exponents
constexpr int kMantissaBits = 52;
constexpr std::uint64_t kOneBits = 0x3ff0000000000000ULL;
constexpr std::uint64_t kRoundBits = 0x4338000000000000ULL;
constexpr std::uint64_t kExponentBits = 0xfff0000000000000ULL;
constexpr std::uint64_t kToRootOfTwo = 0x00095f619980c433ULL; // from the bits of sqrt(2) to 2
// ln 2 in two parts: multiples of the first by an exponent are exact.
constexpr double kLn2High = 0x1.62e42fefa3800p-1, kLn2Low = 0x1.ef35793c76730p-45;

// exp(x) = 2^n exp(r), |r| <= ln(2)/2: Taylor's series up to r^12, in pairs (Estrin).
[[gnu::always_inline]] inline double exponential(double x) {
  const double shifted = x * std::numbers::log2e + kRound;
  const double n = shifted - kRound;
  const double r = (x - n * kLn2High) - n * kLn2Low, r2 = r * r, r4 = r2 * r2;
  const double first = (1 + r) + r2 * (1.0 / 2 + r * (1.0 / 6));
  const double second = (1.0 / 24 + r * (1.0 / 120)) + r2 * (1.0 / 720 + r * (1.0 / 5040));
  const double third = (1.0 / 40320 + r * (1.0 / 362880))
                       + r2 * (1.0 / 3628800 + r * (1.0 / 39916800)) + r4 * (1.0 / 479001600);
  const auto power =
    std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) << kMantissaBits) + kOneBits);
  return (first + r4 * (second + r4 * third)) * power;
}

// ln(1 + v) for v >= 0: 1 + v = 2^k (1 + f) between sqrt(1/2) and sqrt(2); ln(1 + f) = 2 atanh(s),
// s = f / (2 + f), the series up to s^19; what 1 + v rounds away is added to first order.
[[gnu::always_inline]] inline double logarithm_1p(double v) {
  const double u = 1 + v;
  const auto bits = std::bit_cast<std::uint64_t>(u);
  const std::uint64_t carried = bits + kToRootOfTwo;
  const double k =
    std::bit_cast<double>((carried >> kMantissaBits) | kRoundBits) - (kRound + kBias);
  const double f = std::bit_cast<double>(bits - ((carried & kExponentBits) - kOneBits)) - 1;
  const double lost = (v - (u - 1)) / u;
  const double s = f / (2 + f), z = s * s;
  const double far = 1.0 / 11 + z * (1.0 / 13 + z * (1.0 / 15 + z * (1.0 / 17 + z * (1.0 / 19))));
  const double series = 1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * far)));
  return k * kLn2High + (2 * s + (2 * s * z * series + (lost + k * kLn2Low)));
}

[[gnu::always_inline]] inline void medians_of(std::size_t size, double* __restrict means,
                                              double* __restrict deviations) {
  for (std::size_t i = 0; i < size; ++i) {
    const double variance = deviations[i] * deviations[i];
    means[i] = means[i] / std::sqrt(1 + variance);
    deviations[i] = std::sqrt(logarithm_1p(variance));
  }
}

[[gnu::always_inline]] inline void
exponentials_of(std::size_t size, const double* __restrict medians, double* __restrict exponents) {
  for (std::size_t i = 0; i < size; ++i)
    exponents[i] = medians[i] * exponential(exponents[i]);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void wide_medians(std::size_t size, double* means, double* deviations) {
  medians_of(size, means, deviations);
}
[[gnu::target("avx2")]] void wide_exponentials(std::size_t size, const double* medians,
                                               double* exponents) {
  exponentials_of(size, medians, exponents);
}
bool has_wide_vectors() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}
#else
constexpr auto wide_medians = medians_of;
constexpr auto wide_exponentials = exponentials_of;
bool has_wide_vectors() {
  return false;
}
#endif

} // namespace

void to_medians(std::span<double> means, std::span<double> deviations) {
  if (has_wide_vectors())
    wide_medians(means.size(), means.data(), deviations.data());
  else
    medians_of(means.size(), means.data(), deviations.data());
}

void scaled_exponentials(std::span<const double> medians, std::span<double> exponents) {
  if (has_wide_vectors())
    wide_exponentials(exponents.size(), medians.data(), exponents.data());
  else
    exponentials_of(exponents.size(), medians.data(), exponents.data());
}

} // namespace oq::engine
