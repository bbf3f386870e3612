// Quantiles of a standard deviation that is itself uncertain.
#pragma once

namespace oq::engine {

// Al Atik (2015), PEER Report 2015/07, section 5: the square of the deviation is a multiple of a
// chi-square variable. `mean`: of the deviation; `spread`: standard deviation of its square.
// REQUIRES: mean > 0, spread > 0, 0 < probability < 1.
double deviation_quantile(double mean, double spread, double probability);

} // namespace oq::engine
