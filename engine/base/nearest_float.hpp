// nearest_float: a double as single precision keeps it.
#pragma once

namespace oq {

// Never inlined: where several are rounded side by side, g++ 12 at -O2 makes vectors of them and
// leaves the rounding out.
double nearest_float(double x);

} // namespace oq
