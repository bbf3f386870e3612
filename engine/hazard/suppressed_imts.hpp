// Models that a logic tree weighs with 0 for some intensity measure types, and is not asked for
// them.
#pragma once

#include "engine/gsim/ground_motion_model.hpp"

#include <memory>
#include <vector>

namespace oq::engine {

// The model itself when there is nothing to suppress. Otherwise one that supports the suppressed
// types too, with a motion too small for any level, and that leaves the others to the model.
std::shared_ptr<const GroundMotionModel>
with_suppressed_imts(std::shared_ptr<const GroundMotionModel> model, std::vector<Imt> suppressed);

} // namespace oq::engine
