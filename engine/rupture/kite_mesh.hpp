// Kite surfaces: meshes between profiles that dip, whose nodes may be missing towards their ends.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/surface_mesh.hpp"
#include "engine/source/source.hpp"

namespace oq::engine {

// A profile below each point of the trace, at right angles to the line between its ends.
KiteSurface kite_profiles(const SimpleFaultGeometry& fault);

struct KiteSpacing {
  double along_strike = 0, down_dip = 0; // km
};
// Rows at equal steps down the profiles, columns at equal steps along them from the first profile
// on; nodes where two neighbouring profiles do not both reach are not numbers. The surface dips to
// the right of its rows. Errors say why there is no mesh; they have no place.
Result<SurfaceMesh> kite_mesh(const KiteSurface& kite, KiteSpacing spacing);

// Turns the rows round when the surface does not dip to their right.
SurfaceMesh dipping_right(SurfaceMesh mesh);

bool is_node(const GeoPoint& point);

// Of the part of a kite surface in a window.
Inclination kite_inclination(const SurfaceMesh& mesh, const MeshWindow& window);
double kite_width(const SurfaceMesh& mesh, const MeshWindow& window); // km, mean of the columns
double kite_area(const SurfaceMesh& mesh, const MeshWindow& window);  // km2
GeoPoint kite_middle(const SurfaceMesh& mesh, const MeshWindow& window);
// Nodes from the left to the right; columns that begin below the second row have none.
std::vector<LonLat> kite_top_edge(const SurfaceMesh& mesh, const MeshWindow& window);
struct DepthRange {
  double top = 0, bottom = 0; // km
};
DepthRange kite_depths(const SurfaceMesh& mesh, const MeshWindow& window);

} // namespace oq::engine
