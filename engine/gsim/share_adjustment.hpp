// SHARE's adjustment of hard-rock models of stable regions: to 800 m/s rock and by style of
// faulting.
#pragma once

namespace oq::engine {

struct ShareRow {
  double f_reverse, rock; // ratio of reverse to strike-slip motions; hard rock to 800 m/s
};

// Natural logarithm of the factor on the median. Delavaud et al. (2012), J. Seismol. 16, 451-473;
// style of faulting after Bommer, Douglas and Strasser (2003), Bull. Earthq. Eng. 1, 171-203.
double ln_share_adjustment(const ShareRow& row, double rake);

} // namespace oq::engine
