// PlanarGeometry: GEOS behind values; its messages become our errors.
#include "engine/geo/planar_geometry.hpp"

#include <geos_c.h>

#include <string>

namespace oq::engine {

namespace {

// Shapely's default, which OpenQuake's grids are made with.
constexpr int kQuadrantSegments = 16;

// Not closed; empty when the geometry is not one polygon.
std::vector<PlanePoint> exterior(GEOSContextHandle_t context, const GEOSGeometry* polygon) {
  std::vector<PlanePoint> ring;
  if (GEOSGeomTypeId_r(context, polygon) != GEOS_POLYGON)
    return ring;
  const GEOSGeometry* outline = GEOSGetExteriorRing_r(context, polygon);
  const GEOSCoordSequence* points = GEOSGeom_getCoordSeq_r(context, outline);
  unsigned count = 0;
  GEOSCoordSeq_getSize_r(context, points, &count);
  ring.resize(count > 0 ? count - 1 : 0);
  for (unsigned i = 0; i < ring.size(); ++i)
    GEOSCoordSeq_getXY_r(context, points, i, &ring[i].x, &ring[i].y);
  return ring;
}

} // namespace

struct PlanarPolygon::Geos {
  Geos() : context(GEOS_init_r()) {
    GEOSContext_setErrorMessageHandler_r(context, &Geos::keep_message, this);
    GEOSContext_setNoticeMessageHandler_r(context, &Geos::keep_message, this);
  }
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;
  ~Geos() {
    if (prepared)
      GEOSPreparedGeom_destroy_r(context, prepared);
    if (polygon)
      GEOSGeom_destroy_r(context, polygon);
    GEOS_finish_r(context);
  }

  static void keep_message(const char* text, void* self) {
    static_cast<Geos*>(self)->message = text;
  }

  GEOSContextHandle_t context;
  GEOSGeometry* polygon = nullptr;
  const GEOSPreparedGeometry* prepared = nullptr;
  std::string message;
};

Result<PlanarPolygon> PlanarPolygon::make(const std::vector<PlanePoint>& ring) {
  if (ring.size() < 3)
    return invalid_input("a polygon needs at least three points");
  auto geos = std::make_shared<Geos>();
  const auto count = static_cast<unsigned>(ring.size());
  GEOSCoordSequence* points = GEOSCoordSeq_create_r(geos->context, count + 1, 2);
  for (unsigned i = 0; i <= count; ++i) {
    const PlanePoint& p = ring[i % count];
    GEOSCoordSeq_setXY_r(geos->context, points, i, p.x, p.y);
  }
  GEOSGeometry* outline = GEOSGeom_createLinearRing_r(geos->context, points);
  if (outline)
    geos->polygon = GEOSGeom_createPolygon_r(geos->context, outline, nullptr, 0);
  if (!geos->polygon)
    return invalid_input("not a polygon: " + geos->message);
  if (GEOSisValid_r(geos->context, geos->polygon) != 1)
    return invalid_input("not a valid polygon: " + geos->message);
  geos->prepared = GEOSPrepare_r(geos->context, geos->polygon);
  return PlanarPolygon(std::move(geos));
}

bool PlanarPolygon::contains(PlanePoint point) const {
  GEOSGeometry* geometry = GEOSGeom_createPointFromXY_r(geos_->context, point.x, point.y);
  if (!geometry)
    return false;
  const char inside = GEOSPreparedContains_r(geos_->context, geos_->prepared, geometry);
  GEOSGeom_destroy_r(geos_->context, geometry);
  return inside == 1;
}

Result<std::vector<PlanePoint>> PlanarPolygon::buffered(double distance) const {
  GEOSContextHandle_t context = geos_->context;
  GEOSGeometry* grown = GEOSBuffer_r(context, geos_->polygon, distance, kQuadrantSegments);
  if (!grown)
    return invalid_input("the polygon cannot be dilated: " + geos_->message);
  std::vector<PlanePoint> ring = exterior(context, grown);
  GEOSGeom_destroy_r(context, grown);
  if (ring.size() < 3)
    return invalid_input("the dilated polygon is not one polygon");
  return ring;
}

Result<std::vector<PlanePoint>> convex_ring(const std::vector<PlanePoint>& points) {
  constexpr double kHalfWidth = 0.005; // km
  GEOSContextHandle_t context = GEOS_init_r();
  std::vector<GEOSGeometry*> parts;
  for (const PlanePoint& point : points)
    parts.push_back(GEOSGeom_createPointFromXY_r(context, point.x, point.y));
  GEOSGeometry* cloud = GEOSGeom_createCollection_r(context, GEOS_MULTIPOINT, parts.data(),
                                                    static_cast<unsigned>(parts.size()));
  GEOSGeometry* hull = cloud ? GEOSConvexHull_r(context, cloud) : nullptr;
  if (hull && GEOSGeomTypeId_r(context, hull) != GEOS_POLYGON) {
    GEOSGeometry* wide = GEOSBuffer_r(context, hull, kHalfWidth, kQuadrantSegments);
    GEOSGeom_destroy_r(context, hull);
    hull = wide;
  }
  std::vector<PlanePoint> ring;
  if (hull) {
    ring = exterior(context, hull);
    GEOSGeom_destroy_r(context, hull);
  }
  if (cloud)
    GEOSGeom_destroy_r(context, cloud);
  GEOS_finish_r(context);
  if (ring.size() < 3)
    return invalid_input("no polygon can be put around the points");
  return ring;
}

} // namespace oq::engine
