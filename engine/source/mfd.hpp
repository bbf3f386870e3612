// Magnitude-frequency distributions: what the source model gives, and the bins it means (engine
// notes 2.3).
#pragma once

#include "engine/base/result.hpp"

#include <variant>
#include <vector>

namespace oq::engine {

struct TruncatedGutenbergRichter {
  double a_value = 0, b_value = 0, min_mag = 0, max_mag = 0;
  friend bool operator==(const TruncatedGutenbergRichter&,
                         const TruncatedGutenbergRichter&) = default;
};
struct IncrementalMfd {
  double min_mag = 0, bin_width = 0;
  std::vector<double> rates; // a year
  friend bool operator==(const IncrementalMfd&, const IncrementalMfd&) = default;
};
struct ArbitraryMfd {
  std::vector<double> magnitudes, rates;
  friend bool operator==(const ArbitraryMfd&, const ArbitraryMfd&) = default;
};

using Mfd = std::variant<TruncatedGutenbergRichter, IncrementalMfd, ArbitraryMfd>;

struct MagnitudeRate {
  double magnitude = 0; // Mw
  double rate = 0;      // occurrences a year
};

// The bins with a rate above zero, ascending. `bin_width` is `width_of_mfd_bin`; only the
// continuous distributions use it. Errc::invalid_input for impossible parameters.
Result<std::vector<MagnitudeRate>> discretize(const Mfd& mfd, double bin_width);

} // namespace oq::engine
