// Magnitude-frequency distributions: what the source model gives, and the bins it means (engine
// notes 2.3).
#pragma once

#include "engine/base/result.hpp"

#include <optional>
#include <variant>
#include <vector>

namespace oq::engine {

struct TruncatedGutenbergRichter {
  double a_value = 0, b_value = 0, min_mag = 0, max_mag = 0;
  double bin_width = 0; // its own; 0: width_of_mfd_bin
  // Of a fault whose slip gives the a-value: mm a year and GPa; 0: the a-value is given.
  double slip_rate = 0, rigidity = 0;
  friend bool operator==(const TruncatedGutenbergRichter&,
                         const TruncatedGutenbergRichter&) = default;
};
struct IncrementalMfd {
  double min_mag = 0;
  double bin_width = 0;      // 0: width_of_mfd_bin
  std::vector<double> rates; // a year
  friend bool operator==(const IncrementalMfd&, const IncrementalMfd&) = default;
};
struct ArbitraryMfd {
  std::vector<double> magnitudes, rates;
  friend bool operator==(const ArbitraryMfd&, const ArbitraryMfd&) = default;
};
// Youngs & Coppersmith (1985): exponential below, constant around the characteristic magnitude.
struct YoungsCoppersmith {
  double min_mag = 0, b_value = 0, char_mag = 0, bin_width = 0;
  std::optional<double> char_rate;         // a year, of the characteristic part
  std::optional<double> total_moment_rate; // N m a year, instead
  friend bool operator==(const YoungsCoppersmith&, const YoungsCoppersmith&) = default;
};
// Gutenberg-Richter with an exponential taper of the seismic moment at a corner magnitude.
struct TaperedGutenbergRichter {
  double a_value = 0, b_value = 0, min_mag = 0, max_mag = 0, corner_mag = 0;
  friend bool operator==(const TaperedGutenbergRichter&, const TaperedGutenbergRichter&) = default;
};

using SingleMfd = std::variant<TruncatedGutenbergRichter, IncrementalMfd, ArbitraryMfd,
                               YoungsCoppersmith, TaperedGutenbergRichter>;
// One distribution a point of a multi-point source; one alone holds for all points.
struct MultiMfd {
  std::vector<SingleMfd> of_points;
  friend bool operator==(const MultiMfd&, const MultiMfd&) = default;
};
using Mfd = std::variant<TruncatedGutenbergRichter, IncrementalMfd, ArbitraryMfd, YoungsCoppersmith,
                         TaperedGutenbergRichter, MultiMfd>;

struct MagnitudeRate {
  double magnitude = 0; // Mw
  double rate = 0;      // occurrences a year
};

// The distribution of one point as a plain one.
Mfd as_mfd(const SingleMfd& mfd);
// The a-value that makes the moment rate of a slipping area, km2, equal to that of the
// distribution.
double a_value_of_slip(const TruncatedGutenbergRichter& mfd, double area);

// The bins with a rate above zero, ascending. `bin_width` is `width_of_mfd_bin`; only the
// continuous distributions use it. Errc::invalid_input for impossible parameters.
Result<std::vector<MagnitudeRate>> discretize(const Mfd& mfd, double bin_width);

} // namespace oq::engine
