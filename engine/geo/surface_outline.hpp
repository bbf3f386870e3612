// SurfaceOutline: the surface projection of a fault mesh as a planar polygon (engine notes 2.8).
#pragma once

#include "engine/geo/orthographic.hpp"
#include "engine/geo/surface_mesh.hpp"

#include <vector>

namespace oq::engine {

class SurfaceOutline {
public:
  // The strips between rows, grown by 5 m and united.
  static SurfaceOutline of_mesh(const SurfaceMesh& mesh, const MeshWindow& window);
  // The cells of a mesh that may lack nodes, as they are.
  static SurfaceOutline of_cells(const SurfaceMesh& mesh, const MeshWindow& window);
  // The convex hull of points that are no mesh.
  static SurfaceOutline of_points(const std::vector<GeoPoint>& points);

  // km in the plane; 0 inside.
  double distance(LonLat point) const;

private:
  explicit SurfaceOutline(Orthographic projection) : projection_(projection) {}

  Orthographic projection_;
  // Closed, or the sides of a ring one by one; inside is inside an odd number of them.
  std::vector<std::vector<PlanePoint>> rings_;
};

} // namespace oq::engine
