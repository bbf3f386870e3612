// From the horizontal component that a model predicts to the geometric mean of two: the option
// horiz_comp_to_geom_mean.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/ground_motion_model.hpp"
#include "engine/gsim/registry.hpp"

#include <memory>

namespace oq::engine {

// The model itself when it predicts the geometric mean. Errc::invalid_input for a component without
// a published conversion; the error has no place.
Result<std::shared_ptr<const GroundMotionModel>>
to_geometric_mean(std::shared_ptr<const GroundMotionModel> model);

// The model of a specification, converted when `as_geometric_mean`. The error is at its place.
Result<std::shared_ptr<const GroundMotionModel>> make_ground_motion_model(const GsimSpec& spec,
                                                                          bool as_geometric_mean);

} // namespace oq::engine
