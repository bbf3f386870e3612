// TruncatedNormal: Chebyshev interpolation of H, rewritten in powers.
#include "engine/hazard/truncated_normal.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oq::engine {

namespace {

constexpr double kWidestBand = 8.3;     // Phi(-8.3) = 5e-17
constexpr double kNarrowestBand = 1e-9; // what OpenQuake takes for a truncation level of 0
constexpr double kTolerance = 1e-13;
constexpr std::size_t kMostTerms = 40;
constexpr long double kPi = std::numbers::pi_v<long double>;

// (Phi(z) - 1/2) / z over the probability mass between -t and t.
long double slope(long double z, long double mass) {
  if (z < 1e-8L)
    return 1.0L / (std::sqrt(2.0L * kPi) * mass);
  return std::erf(z / std::sqrt(2.0L)) / (2.0L * z * mass);
}

std::vector<double> interpolate(double band, long double mass, std::size_t terms) {
  std::vector<long double> values(terms);
  for (std::size_t k = 0; k < terms; ++k) {
    const long double node = std::cos(kPi * (static_cast<long double>(k) + 0.5L) / terms);
    values[k] = slope(band * std::sqrt((node + 1.0L) / 2.0L), mass);
  }
  // Powers of the Chebyshev polynomials T(j-1) and T(j), updated as j grows.
  std::vector<long double> before(terms), current(terms), powers(terms);
  current[0] = 1.0L;
  for (std::size_t j = 0; j < terms; ++j) {
    long double coefficient = 0;
    for (std::size_t k = 0; k < terms; ++k)
      coefficient += values[k] * std::cos(kPi * j * (static_cast<long double>(k) + 0.5L) / terms);
    coefficient *= (j == 0 ? 1.0L : 2.0L) / terms;
    for (std::size_t i = 0; i <= j; ++i)
      powers[i] += coefficient * current[i];
    std::vector<long double> next(terms);
    for (std::size_t i = 0; i + 1 < terms; ++i)
      next[i + 1] = (j == 0 ? 1.0L : 2.0L) * current[i];
    for (std::size_t i = 0; i < terms && j > 0; ++i)
      next[i] -= before[i];
    before = std::move(current);
    current = std::move(next);
  }
  return {powers.begin(), powers.end()};
}

// Shifts H so that nothing is left at the end of the band, however the terms are rounded: what
// no ground motion reaches has a rate of exactly 0.
void pin_end(std::vector<double>& coefficients, double band) {
  constexpr double kMargin = 1e-14;
  long double at_end = 0;
  for (const double coefficient : coefficients)
    at_end += coefficient;
  coefficients[0] += static_cast<double>(0.5L / band * (1.0L + kMargin) - at_end);
}

} // namespace

TruncatedNormal::TruncatedNormal(double truncation_level)
  : band_(std::clamp(truncation_level, kNarrowestBand, kWidestBand)) {
  const long double t = std::max(truncation_level, kNarrowestBand);
  const long double mass = std::erf(t / std::sqrt(2.0L));
  for (std::size_t terms = 4; terms <= kMostTerms; terms += 2) {
    coefficients_ = interpolate(band_, mass, terms);
    pin_end(coefficients_, band_);
    double worst = 0;
    for (int i = 1; i <= 200; ++i) {
      const double z = band_ * i / 200.0;
      const auto exact = static_cast<double>(0.5L - static_cast<long double>(z) * slope(z, mass));
      worst = std::max(worst, std::fabs(survival(z) - std::clamp(exact, 0.0, 1.0)));
    }
    if (worst < kTolerance)
      return;
  }
}

double TruncatedNormal::survival(double z) const {
  z = std::clamp(z, -band_, band_);
  const double w = 2.0 * (z / band_) * (z / band_) - 1.0;
  double h = 0;
  for (auto c = coefficients_.rbegin(); c != coefficients_.rend(); ++c)
    h = h * w + *c;
  return std::clamp(0.5 - z * h, 0.0, 1.0);
}

} // namespace oq::engine
