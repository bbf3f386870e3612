// TruncatedNormal: survival function of a standard normal cut at plus and minus t, as a polynomial.
#pragma once

#include <vector>

namespace oq::engine {

// P(Z > z) = 1/2 - z H(2 (z / t)^2 - 1): H is smooth, so that a short polynomial does for the whole
// band. |error| < 1e-12 against the error function.
class TruncatedNormal {
public:
  // Standard deviations; 0 means a step.
  explicit TruncatedNormal(double truncation_level);

  // Where the survival function reaches 1 and 0, at most 8.3: beyond, double precision sees a step.
  double band() const noexcept { return band_; }
  // Of H, lowest power first.
  const std::vector<double>& coefficients() const noexcept { return coefficients_; }
  double survival(double z) const;

private:
  double band_;
  std::vector<double> coefficients_;
};

} // namespace oq::engine
