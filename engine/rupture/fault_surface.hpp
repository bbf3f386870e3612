// FaultSurface: what ruptures are parts of: a mesh, points in no order, or rectangles.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/surface_mesh.hpp"
#include "engine/rupture/gc2.hpp"
#include "engine/source/source.hpp"

#include <optional>
#include <vector>

namespace oq::engine {

struct MeshSpacings {
  double simple = 5, complex = 5; // km; kite surfaces have that of simple faults
};

struct FaultSurface {
  // A kite's mesh may lack nodes.
  enum class Kind : unsigned char { simple, complex, points, rectangles, kite };
  Kind kind = Kind::simple;
  std::optional<SurfaceMesh> mesh; // one row of points without order
  std::vector<PlanarRupture> rectangles;
  std::optional<Gc2> coordinates; // of several rectangles

  // All of the mesh; nothing without one.
  MeshWindow whole() const { return mesh ? mesh->whole() : MeshWindow{}; }
  // Nodes and corners, km from the Earth's centre.
  std::vector<Vector3> outer_points() const;
  // Strike, dip, width, depths and the hypocentre in the middle, of a window of a mesh.
  void set_parameters(const MeshWindow& window, RuptureParameters& out) const;
  double area() const; // km2; 0 of points
  // From the left to the right; of rectangles, of the first. REQUIRES: not of points.
  std::vector<LonLat> top_edge(const MeshWindow& window) const;
};

// Errors say why there is no surface; they have no place.
Result<FaultSurface> make_surface(const RuptureSurface& surface, const MeshSpacings& spacings);

// A part of a rupture that counts by its area.
struct SurfacePart {
  const RuptureParameters* parameters = nullptr;
  double area = 0; // km2
};
// Means of strike (as directions), dip, width and depths.
void set_means(const std::vector<SurfacePart>& parts, RuptureParameters& out);

} // namespace oq::engine
