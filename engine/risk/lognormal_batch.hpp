// lognormal_batch: the exponentials and logarithms of lognormal losses, many at a time.
#pragma once

#include <span>

namespace oq::engine {

// Both are within 2 units in the last place, with the same bits on every processor.

// What a coefficient of variation v makes of a lognormal ratio: `deviations` in place of the
// coefficients, sqrt(ln(1 + v^2)); `means` divided by sqrt(1 + v^2), the median. Equally long.
void to_medians(std::span<double> means, std::span<double> deviations);

// medians * exp(exponents), in place of the exponents, all of which are within -700 and 700.
void scaled_exponentials(std::span<const double> medians, std::span<double> exponents);

} // namespace oq::engine
