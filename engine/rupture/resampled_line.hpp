// Lines cut into steps of equal length, as straight chords (engine notes 2.6).
#pragma once

#include "engine/geo/geodesy.hpp"

#include <vector>

namespace oq::engine {

// Samples `spacing` apart from the start of the line on; the last one need not be its end. In
// Cartesian coordinates, whatever they mean.
std::vector<Vector3> resampled(const std::vector<Vector3>& line, double spacing);

// The same with the line laid out in the orthographic plane about its middle, depth kept, km.
std::vector<GeoPoint> resampled(const std::vector<GeoPoint>& line, double spacing);

} // namespace oq::engine
