// Whether a risk job brings its hazard with it.
#pragma once

#include "engine/job/job.hpp"

namespace oq::engine {

// A source model, a rupture, or files of curves or fields: no hazard calculation is needed.
bool has_own_hazard(const Job& job);

} // namespace oq::engine
