// EstimatedRupture: a model evaluated with a rupture geometry estimated from magnitude, rake and
// dip, as Campbell and Bozorgnia (2014) advise where the rupture is not known.
#pragma once

#include "engine/gsim/wrapped_model.hpp"

namespace oq::engine {

struct EstimatedGeometry {
  bool ztor = false, width = false, hypo_depth = false;
  bool any() const { return ztor || width || hypo_depth; }
};

// `model` itself when nothing is estimated.
std::shared_ptr<const GroundMotionModel>
with_estimated_rupture(std::shared_ptr<const GroundMotionModel> model, EstimatedGeometry estimated);

} // namespace oq::engine
