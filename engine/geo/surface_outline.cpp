// SurfaceOutline: four operations of GEOS, and our own distance to what they make.
#include "engine/geo/surface_outline.hpp"

#include "engine/geo/simplified_ring.hpp"

#include <geos_c.h>

#include <algorithm>
#include <memory>

namespace oq::engine {

namespace {

constexpr double kTolerance = 0.005; // km: of simplification and growth
constexpr int kQuadrantSegments = 2;

// One GEOS context a thread: making one costs more than small geometries do.
GEOSContextHandle_t context() {
  struct Context {
    Context() : handle(GEOS_init_r()) {}
    ~Context() { GEOS_finish_r(handle); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    GEOSContextHandle_t handle;
  };
  thread_local Context mine;
  return mine.handle;
}

struct Destroy {
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context(), geometry); }
};
using Shape = std::unique_ptr<GEOSGeometry, Destroy>;

GEOSCoordSequence* sequence(const std::vector<PlanePoint>& points) {
  const auto count = static_cast<unsigned>(points.size());
  GEOSCoordSequence* result = GEOSCoordSeq_create_r(context(), count, 2);
  for (unsigned i = 0; i < count; ++i)
    GEOSCoordSeq_setXY_r(context(), result, i, points[i].x, points[i].y);
  return result;
}

Shape simplified(const Shape& shape) {
  return Shape(shape ? GEOSTopologyPreserveSimplify_r(context(), shape.get(), kTolerance)
                     : nullptr);
}

Shape buffered(const Shape& shape, int quadrant_segments) {
  return Shape(shape ? GEOSBuffer_r(context(), shape.get(), kTolerance, quadrant_segments)
                     : nullptr);
}

Shape line_of(const std::vector<PlanePoint>& points) {
  return Shape(GEOSGeom_createLineString_r(context(), sequence(points)));
}

// The area within a closed line, grown: what the line's buffer encloses.
Shape enclosed(const std::vector<PlanePoint>& line) {
  const auto simple = simplified_ring(line, kTolerance); // a third of the time of GEOS's
  const Shape grown =
    buffered(simple ? line_of(*simple) : simplified(line_of(line)), kQuadrantSegments);
  if (!grown || GEOSGeomTypeId_r(context(), grown.get()) != GEOS_POLYGON)
    return nullptr;
  const GEOSGeometry* ring = GEOSGetExteriorRing_r(context(), grown.get());
  return Shape(GEOSGeom_createPolygon_r(context(), GEOSGeom_clone_r(context(), ring), nullptr, 0));
}

Shape united(std::vector<Shape> shapes) {
  std::vector<GEOSGeometry*> parts;
  for (Shape& shape : shapes)
    if (shape)
      parts.push_back(shape.release());
  if (parts.empty())
    return nullptr;
  const Shape all(GEOSGeom_createCollection_r(context(), GEOS_MULTIPOLYGON, parts.data(),
                                              static_cast<unsigned>(parts.size())));
  return Shape(all ? GEOSUnaryUnion_r(context(), all.get()) : nullptr);
}

std::vector<PlanePoint> points_of(const GEOSGeometry* ring) {
  const GEOSCoordSequence* points = GEOSGeom_getCoordSeq_r(context(), ring);
  unsigned count = 0;
  GEOSCoordSeq_getSize_r(context(), points, &count);
  std::vector<PlanePoint> result(count);
  for (unsigned i = 0; i < count; ++i)
    GEOSCoordSeq_getXY_r(context(), points, i, &result[i].x, &result[i].y);
  return result;
}

std::vector<std::vector<PlanePoint>> rings_of(const Shape& shape) {
  std::vector<std::vector<PlanePoint>> rings;
  const int parts = shape ? GEOSGetNumGeometries_r(context(), shape.get()) : 0;
  for (int part = 0; part < parts; ++part) {
    const GEOSGeometry* polygon = GEOSGetGeometryN_r(context(), shape.get(), part);
    if (GEOSGeomTypeId_r(context(), polygon) != GEOS_POLYGON)
      continue;
    rings.push_back(points_of(GEOSGetExteriorRing_r(context(), polygon)));
    for (int hole = 0; hole < GEOSGetNumInteriorRings_r(context(), polygon); ++hole)
      rings.push_back(points_of(GEOSGetInteriorRingN_r(context(), polygon, hole)));
  }
  return rings;
}

std::vector<std::vector<PlanePoint>> simplified_rings_of(const Shape& shape) {
  std::vector<std::vector<PlanePoint>> rings = rings_of(shape);
  if (rings.size() != 1)
    return rings_of(simplified(shape));
  const auto simple = simplified_ring(rings.front(), kTolerance);
  if (!simple)
    return rings_of(simplified(shape));
  rings.front() = *simple;
  return rings;
}

double squared_distance_to_side(PlanePoint p, PlanePoint a, PlanePoint b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  double t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0.0;
  t = std::clamp(t, 0.0, 1.0);
  const double ex = p.x - (a.x + t * dx), ey = p.y - (a.y + t * dy);
  return ex * ex + ey * ey;
}

} // namespace

SurfaceOutline SurfaceOutline::of_mesh(const SurfaceMesh& mesh, const MeshWindow& window) {
  std::vector<LonLat> places;
  for (std::size_t row = window.row; row < window.row + window.rows; ++row)
    for (std::size_t col = window.col; col < window.col + window.cols; ++col)
      places.push_back(mesh.at(row, col).surface());
  const bool single = mesh.is_in_single_precision();
  const BoundingBox box = bounding_box(places);
  SurfaceOutline outline{Orthographic(box)};
  std::vector<PlanePoint> plane;
  for (const LonLat& place : places)
    plane.push_back(single ? outline.projection_.project_in_single_precision(place)
                           : outline.projection_.project(place));

  std::vector<Shape> strips;
  for (std::size_t row = 0; row + 1 < window.rows; ++row) {
    const auto upper = plane.begin() + static_cast<std::ptrdiff_t>(row * window.cols);
    const auto lower = upper + window.cols;
    std::vector<PlanePoint> around(std::make_reverse_iterator(lower),
                                   std::make_reverse_iterator(upper));
    around.insert(around.end(), lower, lower + window.cols);
    around.push_back(around.front());
    strips.push_back(enclosed(around));
  }
  outline.rings_ = simplified_rings_of(united(std::move(strips)));
  return outline;
}

SurfaceOutline SurfaceOutline::of_cells(const SurfaceMesh& mesh, const MeshWindow& window) {
  const std::size_t last_row = window.row + window.rows - 1,
                    last_col = window.col + window.cols - 1;
  std::vector<LonLat> places;
  for (std::size_t row = window.row; row <= last_row; ++row)
    for (std::size_t col = window.col; col <= last_col; ++col)
      if (const LonLat place = mesh.at(row, col).surface(); std::isfinite(place.lon))
        places.push_back(place);
  const bool single = mesh.is_in_single_precision();
  SurfaceOutline outline{Orthographic(bounding_box(places))};
  const auto whole = [&](std::size_t row, std::size_t col) {
    return row >= window.row && row < last_row && col >= window.col && col < last_col
           && std::isfinite(mesh.cell(row, col).area);
  };
  // Sides that a cell does not share with another.
  const auto add_side = [&](const GeoPoint& from, const GeoPoint& to) {
    auto& side = outline.rings_.emplace_back();
    for (const GeoPoint* end : {&from, &to})
      side.push_back(single ? outline.projection_.project_in_single_precision(end->surface())
                            : outline.projection_.project(end->surface()));
  };
  for (std::size_t row = window.row; row < last_row; ++row)
    for (std::size_t col = window.col; col < last_col; ++col) {
      if (!whole(row, col))
        continue;
      if (row == window.row || !whole(row - 1, col))
        add_side(mesh.at(row, col), mesh.at(row, col + 1));
      if (!whole(row + 1, col))
        add_side(mesh.at(row + 1, col), mesh.at(row + 1, col + 1));
      if (col == window.col || !whole(row, col - 1))
        add_side(mesh.at(row, col), mesh.at(row + 1, col));
      if (!whole(row, col + 1))
        add_side(mesh.at(row, col + 1), mesh.at(row + 1, col + 1));
    }
  return outline;
}

SurfaceOutline SurfaceOutline::of_points(const std::vector<GeoPoint>& points) {
  std::vector<LonLat> places;
  for (const GeoPoint& point : points)
    places.push_back(point.surface());
  SurfaceOutline outline{Orthographic(bounding_box(places))};
  std::vector<GEOSGeometry*> parts;
  for (const LonLat& place : places) {
    const PlanePoint point = outline.projection_.project(place);
    parts.push_back(GEOSGeom_createPointFromXY_r(context(), point.x, point.y));
  }
  const Shape all(GEOSGeom_createCollection_r(context(), GEOS_MULTIPOINT, parts.data(),
                                              static_cast<unsigned>(parts.size())));
  Shape hull(all ? GEOSConvexHull_r(context(), all.get()) : nullptr);
  if (hull && GEOSGeomTypeId_r(context(), hull.get()) != GEOS_POLYGON)
    hull = buffered(hull, 1);
  outline.rings_ = rings_of(hull);
  return outline;
}

double SurfaceOutline::distance(LonLat point) const {
  const PlanePoint p = projection_.project(point);
  bool inside = false;
  double nearest = HUGE_VAL;
  for (const auto& ring : rings_)
    for (std::size_t i = 1; i < ring.size(); ++i) {
      const PlanePoint &a = ring[i - 1], &b = ring[i];
      nearest = std::min(nearest, squared_distance_to_side(p, a, b));
      if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x))
        inside = !inside;
    }
  return inside ? 0.0 : std::sqrt(nearest);
}

} // namespace oq::engine
