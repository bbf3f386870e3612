// Ziggurat normals, and the inverse of the normal distribution.
#include "engine/random/normal.hpp"

#include "engine/random/ziggurat.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace oq::engine {
namespace {

constexpr std::uint64_t kMantissa = 0x000fffffffffffffULL;

// Beyond the base strip: Marsaglia (1964), exponentials until one lies under the tail.
template <BitGenerator G>
double tail_distance(G& generator, double tail) {
  const double inverse_tail = 1 / tail;
  for (;;) {
    const double x = -inverse_tail * std::log1p(-generator.next_double());
    const double y = -std::log1p(-generator.next_double());
    if (y + y > x * x)
      return tail + x;
  }
}

// What is not under the curve for sure: the edge of a layer, or the tail. Not a number: draw again.
template <BitGenerator G>
[[gnu::noinline]] double edge_deviate(G& generator, std::size_t layer, std::uint64_t bits,
                                      bool negative) {
  const Ziggurat& layers = normal_ziggurat();
  if (layer == 0) {
    // NumPy takes the tail's sign from another bit than the body's.
    const double distance = tail_distance(generator, layers.tail);
    return ((bits >> 8) & 1) != 0 ? -distance : distance;
  }
  const double x = static_cast<double>(bits) * layers.width[layer];
  const double low = layers.height[layer], high = layers.height[layer - 1];
  if ((high - low) * generator.next_double() + low < std::exp(-0.5 * x * x))
    return negative ? -x : x;
  return std::numeric_limits<double>::quiet_NaN();
}

template <BitGenerator G>
[[gnu::always_inline]] inline double deviate(G& generator, const Ziggurat& layers) {
  for (;;) {
    const std::uint64_t word = generator.next_uint64();
    const auto layer = static_cast<std::size_t>(word & 0xff);
    const std::uint64_t bits = (word >> 9) & kMantissa;
    const std::uint64_t sign = (word >> 8) & 1;
    if (bits < layers.inside[layer]) [[likely]] {
      const double x = static_cast<double>(static_cast<std::int64_t>(bits)) * layers.width[layer];
      return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) | sign << 63);
    }
    if (const double x = edge_deviate(generator, layer, bits, sign != 0); !std::isnan(x))
      return x;
  }
}

// A ratio of two polynomials of degree 7, the denominator's constant being 1.
struct Ratio {
  std::array<double, 8> top;
  std::array<double, 8> bottom;

  double operator()(double r) const {
    double numerator = top[7], denominator = bottom[7];
    for (int i = 6; i >= 0; --i) {
      numerator = numerator * r + top[i];
      denominator = denominator * r + bottom[i];
    }
    return numerator / denominator;
  }
};

// M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied
// Statistics 37(3), 1988, routine PPND16.
// clang-format off
constexpr Ratio kCentre{
  {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
   4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
  {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
   2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3}};
constexpr Ratio kShoulder{
  {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
   1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
  {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
   1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};
constexpr Ratio kTail{
  {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
   2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
  {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
   7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}};
// clang-format on

double normal_cdf(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

} // namespace

template <BitGenerator G>
double standard_normal(G& generator) {
  return deviate(generator, normal_ziggurat());
}

template double standard_normal(Pcg64&);
template double standard_normal(Philox&);
template double standard_normal(MersenneTwister&);

void fill_standard_normal(Philox& generator, std::span<double> deviates) {
  const Ziggurat& layers = normal_ziggurat();
  Philox local = generator; // in registers
  for (double& out : deviates)
    out = deviate(local, layers);
  generator = local;
}

double inverse_normal(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425)
    return q * kCentre(0.180625 - q * q);
  const double nearer = q < 0 ? p : 1 - p;
  if (!(nearer > 0)) {
    if (nearer == 0)
      return std::copysign(std::numeric_limits<double>::infinity(), q);
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double r = std::sqrt(-std::log(nearer));
  return std::copysign(r <= 5 ? kShoulder(r - 1.6) : kTail(r - 5), q);
}

TruncatedNormalSampler::TruncatedNormalSampler(double level)
  : level_(level), below_(normal_cdf(-level)), within_(std::erf(level / std::numbers::sqrt2)) {
  assert(level >= 0);
}

double TruncatedNormalSampler::at(double u) const {
  constexpr double kFlat = 1e-6; // a level below which the density is constant to 12 digits
  if (level_ < kFlat)
    return level_ * (2 * u - 1);
  const double x =
    u <= 0.5 ? inverse_normal(below_ + u * within_) : -inverse_normal(below_ + (1 - u) * within_);
  return std::clamp(x, -level_, level_);
}

} // namespace oq::engine
