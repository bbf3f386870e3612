// Correlation of spectral accelerations at two periods: Baker and Jayaram (2008), Earthquake Spectra
// 24(1), 299-317.
#pragma once

namespace oq::engine {

// Of the residuals at two periods, 0.01 to 10 s.
double baker_jayaram_2008(double period_1, double period_2);

} // namespace oq::engine
