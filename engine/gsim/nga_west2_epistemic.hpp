// The uncertainty of NGA-West2 medians that the 2014 US national seismic hazard model adds.
#pragma once

#include "engine/gsim/published_model.hpp"

#include <memory>

namespace oq::engine {

// Natural logarithm; by the number of records that constrain a magnitude and distance (Rezaeian et
// al. 2015, Earthquake Spectra 31(S1), S177-S200).
double nga_west2_epistemic(double mag, double rrup);

// `model` with `epsilon` such deviations added to its median; the model itself for 0.
std::shared_ptr<const GroundMotionModel>
with_nga_west2_epistemic(std::shared_ptr<const GroundMotionModel> model, double epsilon);

} // namespace oq::engine
