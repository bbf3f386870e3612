// Distances: each is one or a few dot products with the rupture's vectors.
#include "engine/rupture/distances.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

int sign(double x) {
  return (x > 0) - (x < 0);
}

// Great-circle length of a sine of the angular distance, km.
double arc_length(double sine) {
  return kEarthRadius * std::asin(std::clamp(sine, -1.0, 1.0));
}

double excess(double x, double length) {
  return x < 0 ? x : std::max(x - length, 0.0);
}

double joyner_boore(const PlanarRupture& rupture, Vector3 position, Vector3 direction) {
  const double top = dot(direction, rupture.top_arc), bottom = dot(direction, rupture.bottom_arc);
  const double left = dot(direction, rupture.left_arc);
  const double right = dot(direction, rupture.right_arc);
  const bool beside = sign(top) == sign(bottom); // off the strip along strike
  const bool beyond = sign(left) == sign(right); // off the strip across strike
  if (beside && beyond) {
    double nearest = HUGE_VAL;
    for (const Vector3& corner : rupture.surface_corners) {
      const Vector3 chord = position - corner;
      nearest = std::min(nearest, dot(chord, chord));
    }
    return std::sqrt(nearest);
  }
  if (beside)
    return arc_length(std::min(std::fabs(top), std::fabs(bottom)));
  if (beyond)
    return arc_length(std::min(std::fabs(left), std::fabs(right)));
  return 0.0;
}

double along_strike_excess(const PlanarRupture& rupture, Vector3 direction) {
  const double left = dot(direction, rupture.left_arc);
  const double right = dot(direction, rupture.right_arc);
  if (sign(left) != sign(right))
    return 0.0;
  return arc_length(std::min(std::fabs(left), std::fabs(right)));
}

double epicentral(Vector3 epicentre, Vector3 direction) {
  const Vector3 chord = direction - epicentre;
  return 2.0 * kEarthRadius * std::asin(std::min(norm(chord) / 2.0, 1.0));
}

} // namespace

SitePoints::SitePoints(const SiteCollection& sites, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    const LonLat point{sites.lon[i], sites.lat[i]};
    const Vector3 direction = unit_vector(point);
    const Vector3 position = (kEarthRadius - sites.depth[i]) * direction;
    x.push_back(position.x);
    y.push_back(position.y);
    z.push_back(position.z);
    ux.push_back(direction.x);
    uy.push_back(direction.y);
    uz.push_back(direction.z);
    depth.push_back(sites.depth[i]);
  }
}

void rupture_distance(const PlanarRupture& rupture, const SitePoints& points,
                      std::span<const std::uint32_t> sites, std::span<double> out) {
  const Vector3 u = rupture.along_strike, w = rupture.down_dip, n = rupture.normal;
  const Vector3 origin = rupture.top_left;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const Vector3 from_corner = points.position(sites[i]) - origin;
    const double along = excess(dot(from_corner, u), rupture.length);
    const double across = excess(dot(from_corner, w), rupture.width);
    const double off = dot(from_corner, n);
    out[i] = std::sqrt(off * off + along * along + across * across);
  }
}

void other_distances(const PlanarRupture& rupture, const SitePoints& points,
                     std::span<const std::uint32_t> sites, const DistanceColumns& out) {
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const std::uint32_t site = sites[i];
    const Vector3 direction = points.direction(site);
    if (!out.rjb.empty())
      out.rjb[i] = joyner_boore(rupture, points.position(site), direction);
    if (!out.rx.empty())
      out.rx[i] = arc_length(dot(direction, rupture.top_arc));
    if (!out.ry0.empty())
      out.ry0[i] = along_strike_excess(rupture, direction);
  }
  hypocentral_distances(rupture, points, sites, out);
}

void hypocentral_distances(const RuptureParameters& rupture, const SitePoints& points,
                           std::span<const std::uint32_t> sites, const DistanceColumns& out) {
  const Vector3 epicentre = unit_vector(rupture.hypocentre);
  const Vector3 right = right_hand_normal(rupture.hypocentre, rupture.strike);
  const Vector3 ahead = right_hand_normal(rupture.hypocentre, rupture.strike - 90.0);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const std::uint32_t site = sites[i];
    const Vector3 direction = points.direction(site);
    if (!out.rhypo.empty()) {
      const double horizontal = epicentral(epicentre, direction);
      const double vertical = rupture.hypo_depth - points.depth[site];
      out.rhypo[i] = std::sqrt(horizontal * horizontal + vertical * vertical);
    }
    if (!out.repi.empty())
      out.repi[i] = epicentral(epicentre, direction);
    if (!out.azimuth.empty()) {
      const double angle = std::atan2(dot(direction, right), dot(direction, ahead)) / kDegree;
      out.azimuth[i] = angle < 0 ? angle + 360.0 : angle;
    }
  }
}

} // namespace oq::engine
