// What a surface is near, and how near: parts of the distances that several kinds of ruptures
// share.
#pragma once

#include "engine/geo/surface_outline.hpp"
#include "engine/hazard/pair_buffer.hpp"
#include "engine/rupture/fault_surface.hpp"
#include "engine/rupture/mesh_distances.hpp"

#include <cmath>

namespace oq::engine {

// A sphere that holds a surface.
struct Ball {
  Vector3 centre;
  double radius = 0; // km
};
Ball ball_of(const FaultSurface& surface);

// km, a value a site, to the nearest of the rectangles, and of their projections.
void closest_to_rectangles(const FaultSurface& surface, const SitePoints& points,
                           std::span<const std::uint32_t> sites, std::span<double> out);
void closest_to_rectangles_at_surface(const FaultSurface& surface, const SitePoints& points,
                                      std::span<const std::uint32_t> sites, std::span<double> out);

// Closer than this, the nodes of a mesh are too coarse for the distance to its projection
// (engine notes 2.8).
inline constexpr double kOutlineWithin = 40.0; // km

// Near the surface its outline, which `outline` makes, counts and not its nodes.
template <class MakeOutline>
void refine_by_outline(const SiteTile& tile, std::span<const std::uint32_t> sites,
                       std::span<double> rjb, MakeOutline make_outline) {
  const SurfaceOutline* outline = nullptr;
  for (std::size_t i = 0; i < rjb.size(); ++i) {
    if (rjb[i] >= kOutlineWithin)
      continue;
    if (!outline)
      outline = &make_outline();
    const std::size_t site = tile.begin + sites[i];
    const double distance = outline->distance({tile.sites.lon[site], tile.sites.lat[site]});
    if (std::isfinite(distance))
      rjb[i] = distance;
  }
}

} // namespace oq::engine
