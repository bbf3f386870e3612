// Gc2: weighted means of the coordinates relative to each edge.
#include "engine/rupture/gc2.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

constexpr double kOnTheLine = 1e-5; // km

BoundingBox box_of(const std::vector<PlanarSurface>& rectangles) {
  std::vector<LonLat> corners;
  for (const PlanarSurface& surface : rectangles)
    for (const GeoPoint* corner : {&surface.top_left, &surface.top_right})
      corners.push_back(corner->surface());
  return bounding_box(corners);
}

} // namespace

Gc2::Gc2(const std::vector<PlanarSurface>& rectangles) : projection_(box_of(rectangles)) {
  double east = 0, north = 0; // the edges added up: the trend
  for (const PlanarSurface& surface : rectangles) {
    const PlanePoint from = projection_.project(surface.top_left.surface());
    const PlanePoint to = projection_.project(surface.top_right.surface());
    Edge edge;
    edge.start = from;
    edge.length = std::hypot(to.x - from.x, to.y - from.y);
    edge.along_x = (to.x - from.x) / edge.length;
    edge.along_y = (to.y - from.y) / edge.length;
    east += to.x - from.x;
    north += to.y - from.y;
    edges_.push_back(edge);
  }
  const double trend = std::hypot(east, north);
  double first = HUGE_VAL;
  for (Edge& edge : edges_) {
    // An edge against the trend is turned round.
    if (edge.along_x * east + edge.along_y * north < 0) {
      edge.start.x += edge.along_x * edge.length;
      edge.start.y += edge.along_y * edge.length;
      edge.along_x = -edge.along_x;
      edge.along_y = -edge.along_y;
    }
    edge.offset = (edge.start.x * east + edge.start.y * north) / trend;
    first = std::min(first, edge.offset);
  }
  for (Edge& edge : edges_)
    edge.offset -= first;
  for (const PlanarSurface& surface : rectangles)
    for (const GeoPoint* corner : {&surface.top_left, &surface.top_right})
      length_ = std::max(length_, at(corner->surface()).u);
}

Gc2::Coordinates Gc2::at(LonLat site) const {
  const PlanePoint point = projection_.project(site);
  double weights = 0, t_sum = 0, u_sum = 0;
  for (const Edge& edge : edges_) {
    const double dx = point.x - edge.start.x, dy = point.y - edge.start.y;
    const double u = dx * edge.along_x + dy * edge.along_y;
    const double t = dx * edge.along_y - dy * edge.along_x;
    double weight = 0; // equations 2 to 4
    if (std::fabs(t) > kOnTheLine)
      weight = (std::atan((edge.length - u) / t) - std::atan(-u / t)) / t;
    else if (u < -kOnTheLine || u > edge.length + kOnTheLine)
      weight = 1.0 / (u - edge.length) - 1.0 / u;
    else
      return {0.0, u + edge.offset};
    weights += weight;
    t_sum += weight * t;
    u_sum += weight * (u + edge.offset);
  }
  return {t_sum / weights, u_sum / weights};
}

double Gc2::beyond_ends(double u) const {
  return u < 0 ? -u : std::max(u - length_, 0.0);
}

} // namespace oq::engine
