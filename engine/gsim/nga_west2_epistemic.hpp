// The uncertainty of NGA-West2 medians that the 2014 US national seismic hazard model adds.
#pragma once

#include "engine/gsim/published_model.hpp"

#include <memory>

namespace oq::engine {

// Natural logarithm; by the number of records that constrain a magnitude and distance (Rezaeian et
// al. 2015, Earthquake Spectra 31(S1), S177-S200).
double nga_west2_epistemic(double mag, double rrup);

// Whose deviations of the median: those above, or those of the 2014 national model (Petersen et al.
// 2014, USGS OFR 2014-1091, table 17), which its models …NSHMPLower and …NSHMPUpper have.
enum class EpistemicRange { of_records, nshmp_2014 };
// Of a model whose name gives this number of deviations; 0: the logic tree gives it.
constexpr EpistemicRange epistemic_range(int named_epsilon) {
  return named_epsilon == 0 ? EpistemicRange::of_records : EpistemicRange::nshmp_2014;
}

// `model` with `epsilon` such deviations added to its median; the model itself for 0.
std::shared_ptr<const GroundMotionModel>
with_nga_west2_epistemic(std::shared_ptr<const GroundMotionModel> model, double epsilon,
                         EpistemicRange range = EpistemicRange::of_records);

} // namespace oq::engine
