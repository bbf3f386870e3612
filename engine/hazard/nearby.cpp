// Spheres around surfaces, minima over rectangles.
#include "engine/hazard/nearby.hpp"

#include "engine/rupture/distances.hpp"

#include <algorithm>

namespace oq::engine {

Ball ball_of(const FaultSurface& surface) {
  const std::vector<Vector3> points = surface.outer_points();
  Ball ball;
  for (const Vector3& point : points)
    ball.centre = ball.centre + (1.0 / static_cast<double>(points.size())) * point;
  for (const Vector3& point : points)
    ball.radius = std::max(ball.radius, norm(point - ball.centre));
  return ball;
}

void closest_to_rectangles(const FaultSurface& surface, const SitePoints& points,
                           std::span<const std::uint32_t> sites, std::span<double> out) {
  std::vector<double> of_part(out.size());
  std::fill(out.begin(), out.end(), HUGE_VAL);
  for (const PlanarRupture& part : surface.rectangles) {
    rupture_distance(part, points, sites, of_part);
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = std::min(out[i], of_part[i]);
  }
}

void closest_to_rectangles_at_surface(const FaultSurface& surface, const SitePoints& points,
                                      std::span<const std::uint32_t> sites, std::span<double> out) {
  std::vector<double> of_part(out.size());
  std::fill(out.begin(), out.end(), HUGE_VAL);
  for (const PlanarRupture& part : surface.rectangles) {
    other_distances(part, points, sites, {.rjb = of_part});
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = std::min(out[i], of_part[i]);
  }
}

} // namespace oq::engine
