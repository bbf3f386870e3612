// Magnitudes of rupture areas: the scaling relations read the other way.
#pragma once

#include "engine/source/scaling_relation.hpp"

namespace oq::engine {

struct MagnitudeOfArea {
  double median = 0, std_dev = 0; // Mw
};

// `area` in km2, `rake` in degrees, NaN when not known. Errc::invalid_input for a relation whose
// paper gives none.
Result<MagnitudeOfArea> magnitude_of_area(ScalingRelation relation, double area, double rake);

} // namespace oq::engine
