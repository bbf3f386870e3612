// Polygon: densified sides, the planar test, and the scan of the bounding box.
#include "engine/geo/polygon.hpp"

#include "engine/geo/planar_geometry.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

constexpr double kLongestSide = 100.0; // km
// A scan above this is a slip of the pen (metres for kilometres), not a model.
constexpr double kMostSteps = 2e7;

std::vector<LonLat> densified(const std::vector<LonLat>& corners) {
  std::vector<LonLat> ring;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const LonLat from = corners[i], to = corners[(i + 1) % corners.size()];
    const double distance = great_circle_distance(from, to);
    const double azimuth_to = azimuth(from, to);
    const int parts = std::max(1, static_cast<int>(distance / kLongestSide));
    ring.push_back(from);
    for (int part = 1; part < parts; ++part)
      ring.push_back(point_at(from, azimuth_to, distance * part / parts));
  }
  return ring;
}

} // namespace

Result<Polygon> Polygon::make(const std::vector<LonLat>& corners) {
  if (corners.size() < 3)
    return invalid_input("a polygon needs at least three points");
  const std::vector<LonLat> ring = densified(corners);
  const BoundingBox box = bounding_box(ring);
  const Orthographic projection(box);
  std::vector<PlanePoint> plane;
  plane.reserve(ring.size());
  for (const LonLat& point : ring)
    plane.push_back(projection.project(point));
  OQ_CHECK(PlanarPolygon::make(plane));
  return Polygon(projection, std::move(plane), box);
}

Result<Polygon> Polygon::convex_hull(const std::vector<LonLat>& points) {
  if (points.empty())
    return invalid_input("there are no points to put a polygon around");
  const Orthographic projection(bounding_box(points));
  std::vector<PlanePoint> plane;
  plane.reserve(points.size());
  for (const LonLat& point : points)
    plane.push_back(projection.project(point));
  OQ_TRY(const std::vector<PlanePoint> ring, convex_ring(plane));
  std::vector<LonLat> corners;
  for (const PlanePoint& corner : ring)
    corners.push_back(projection.unproject(corner));
  return make(corners);
}

Result<Polygon> Polygon::dilated(double distance_km) const {
  OQ_TRY(const PlanarPolygon planar, PlanarPolygon::make(ring_));
  OQ_TRY(std::vector<PlanePoint> ring, planar.buffered(distance_km));
  std::vector<LonLat> corners;
  corners.reserve(ring.size());
  for (const PlanePoint& point : ring)
    corners.push_back(projection_.unproject(point));
  return Polygon(projection_, std::move(ring), bounding_box(corners));
}

Result<std::vector<LonLat>> Polygon::discretized(double spacing_km) const {
  if (!(spacing_km > 0))
    return invalid_input("the spacing of a mesh must be positive");
  const double degrees = spacing_km / (kEarthRadius * kDegree);
  const double steps =
    (box_.north - box_.south) / degrees * (longitudinal_extent(box_.west, box_.east) / degrees);
  if (steps > kMostSteps)
    return invalid_input("a mesh of this spacing has too many points");
  OQ_TRY(const PlanarPolygon planar, PlanarPolygon::make(ring_));
  std::vector<LonLat> mesh;
  for (double lat = box_.north; lat > box_.south;
       lat = point_at({box_.west, lat}, 180.0, spacing_km).lat) {
    for (double lon = box_.west; longitudinal_extent(lon, box_.east) > 0;
         lon = point_at({lon, lat}, 90.0, spacing_km).lon) {
      if (planar.contains(projection_.project({lon, lat})))
        mesh.push_back({lon, lat});
    }
  }
  if (mesh.empty())
    return invalid_input("no point of the mesh lies inside the polygon: the spacing is too wide");
  return mesh;
}

} // namespace oq::engine
