// complex_windows: where ruptures of one size lie on a mesh of unequal cells (engine notes 2.7).
#pragma once

#include "engine/geo/surface_mesh.hpp"

namespace oq::engine {

// Row by row; the whole mesh when the area exceeds it. km2 and km.
std::vector<MeshWindow> complex_windows(const SurfaceMesh& mesh, double area, double length);

} // namespace oq::engine
