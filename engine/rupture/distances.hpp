// Distances from planar ruptures to sites, km, by dot products (engine notes 2.5).
#pragma once

#include "engine/rupture/planar_rupture.hpp"
#include "engine/rupture/site_points.hpp"

#include <cstdint>
#include <span>

namespace oq::engine {

// out[i] = closest distance to the rectangle from site `sites[i]`.
void rupture_distance(const PlanarRupture& rupture, const SitePoints& points,
                      std::span<const std::uint32_t> sites, std::span<double> out);

// Distances that a PairBatch may need besides rrup; a column left empty is not computed.
struct DistanceColumns {
  // Empty: not wanted.
  std::span<double> rjb = {}, rx = {}, ry0 = {}, rhypo = {}, repi = {};
  std::span<double> azimuth =
    {}; // degrees, of the site seen from the hypocentre, from strike clockwise
};
// Those that depend on the hypocentre alone: rhypo, repi, azimuth.
void hypocentral_distances(const RuptureParameters& rupture, const SitePoints& points,
                           std::span<const std::uint32_t> sites, const DistanceColumns& out);
void other_distances(const PlanarRupture& rupture, const SitePoints& points,
                     std::span<const std::uint32_t> sites, const DistanceColumns& out);

} // namespace oq::engine
