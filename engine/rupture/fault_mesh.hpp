// The meshes of faults: simple ones from a trace and a dip, complex ones from edges.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/surface_mesh.hpp"
#include "engine/source/source.hpp"

namespace oq::engine {

// Points of a polyline `spacing` km apart, measured in the plane (engine notes 2.6); the last one
// need not be the line's end.
std::vector<LonLat> resampled_trace(const std::vector<LonLat>& trace, double spacing);

// Errors say why there is no mesh of cells; they have no place.
Result<SurfaceMesh> simple_fault_mesh(const SimpleFaultGeometry& fault, double spacing);
// Edges and then columns are cut into equal parts of about `spacing` km (engine notes 2.7).
Result<SurfaceMesh> complex_fault_mesh(const ComplexFaultGeometry& fault, double spacing);

} // namespace oq::engine
