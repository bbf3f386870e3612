// FaultSurface: one mesh maker a kind, and the parameters of each kind.
#include "engine/rupture/fault_surface.hpp"

#include "engine/rupture/fault_mesh.hpp"
#include "engine/rupture/kite_mesh.hpp"

#include <cmath>

namespace oq::engine {

namespace {

Result<FaultSurface> make(const SimpleFaultGeometry& fault, const MeshSpacings& spacings) {
  OQ_TRY(SurfaceMesh mesh, simple_fault_mesh(fault, spacings.simple));
  return FaultSurface{FaultSurface::Kind::simple, std::move(mesh), {}, {}};
}
Result<FaultSurface> make(const ComplexFaultGeometry& fault, const MeshSpacings& spacings) {
  OQ_TRY(SurfaceMesh mesh, complex_fault_mesh(fault, spacings.complex));
  return FaultSurface{FaultSurface::Kind::complex, std::move(mesh), {}, {}};
}
Result<FaultSurface> make(const KiteSurface& kite, const MeshSpacings& spacings) {
  OQ_TRY(SurfaceMesh mesh, kite_mesh(kite, {spacings.simple, spacings.simple}));
  return FaultSurface{FaultSurface::Kind::kite, std::move(mesh), {}, {}};
}
Result<FaultSurface> make(const GriddedSurface& gridded, const MeshSpacings&) {
  return FaultSurface{
    FaultSurface::Kind::points, SurfaceMesh(1, gridded.points.size(), gridded.points), {}, {}};
}
Result<FaultSurface> make(const std::vector<PlanarSurface>& planes, const MeshSpacings&) {
  FaultSurface surface{FaultSurface::Kind::rectangles, std::nullopt, {}, {}};
  for (const PlanarSurface& plane : planes)
    surface.rectangles.push_back(rectangle(plane));
  if (planes.size() > 1)
    surface.coordinates.emplace(planes);
  return surface;
}

void set_from_kite(const SurfaceMesh& mesh, const MeshWindow& window, RuptureParameters& out) {
  const DepthRange depths = kite_depths(mesh, window);
  out.ztor = depths.top;
  out.zbot = depths.bottom;
  const GeoPoint middle = kite_middle(mesh, window);
  out.hypocentre = middle.surface();
  out.hypo_depth = middle.depth;
  const Inclination mean = kite_inclination(mesh, window);
  out.strike = mean.strike;
  out.dip = mean.dip;
  out.width = kite_width(mesh, window);
}

LonLat place_of(Vector3 position) {
  return {std::atan2(position.y, position.x) / kDegree,
          std::asin(position.z / norm(position)) / kDegree};
}

} // namespace

Result<FaultSurface> make_surface(const RuptureSurface& surface, const MeshSpacings& spacings) {
  return std::visit(
    [&](const auto& described) {
      return make(described, spacings);
    },
    surface);
}

std::vector<Vector3> FaultSurface::outer_points() const {
  std::vector<Vector3> points;
  if (mesh)
    for (const Vector3& node : mesh->positions())
      if (std::isfinite(node.x))
        points.push_back(node);
  for (const PlanarRupture& part : rectangles)
    for (const double along : {0.0, part.length})
      for (const double down : {0.0, part.width})
        points.push_back(part.top_left + along * part.along_strike + down * part.down_dip);
  return points;
}

void FaultSurface::set_parameters(const MeshWindow& window, RuptureParameters& out) const {
  if (kind == Kind::kite)
    return set_from_kite(*mesh, window, out);
  out.ztor = mesh->top_depth(window);
  out.zbot = mesh->bottom_depth(window);
  const GeoPoint middle = mesh->middle(window);
  out.hypocentre = middle.surface();
  out.hypo_depth = middle.depth;
  if (kind == Kind::points || window.rows < 2 || window.cols < 2) {
    out.strike = out.dip = out.width = NAN;
    return;
  }
  // The rows of a simple fault are alike, and so are its columns.
  MeshWindow top = window, left = window;
  if (kind == Kind::simple) {
    top.rows = 2;
    left.cols = 2;
  }
  const Inclination mean = mesh->inclination(top);
  out.strike = mean.strike;
  out.dip = mean.dip;
  out.width = mesh->mean_width(left);
}

double FaultSurface::area() const {
  double total = mesh && kind != Kind::points ? kite_area(*mesh, mesh->whole()) : 0.0;
  for (const PlanarRupture& part : rectangles)
    total += part.length * part.width;
  return total;
}

std::vector<LonLat> FaultSurface::top_edge(const MeshWindow& window) const {
  if (mesh)
    return kite_top_edge(*mesh, window);
  const PlanarRupture& first = rectangles.front();
  return {place_of(first.top_left), place_of(first.top_left + first.length * first.along_strike)};
}

void set_means(const std::vector<SurfacePart>& parts, RuptureParameters& out) {
  double area = 0, east = 0, north = 0;
  out.dip = out.width = out.ztor = out.zbot = 0;
  for (const auto& [part, size] : parts) {
    area += size;
    out.dip += size * part->dip;
    out.width += size * part->width;
    out.ztor += size * part->ztor;
    out.zbot += size * part->zbot;
    east += size * std::sin(part->strike * kDegree);
    north += size * std::cos(part->strike * kDegree);
  }
  for (double* mean : {&out.dip, &out.width, &out.ztor, &out.zbot})
    *mean /= area;
  out.strike = std::atan2(east, north) / kDegree;
  if (out.strike < 0)
    out.strike += 360.0;
}

} // namespace oq::engine
