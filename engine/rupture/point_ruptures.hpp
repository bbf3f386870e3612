// PointRuptures: the ruptures of point-like sources, one location at a time.
#pragma once

#include "engine/rupture/planar_rupture.hpp"
#include "engine/source/point_sources.hpp"

#include <vector>

namespace oq::engine {

// What the ruptures of all locations of one source share. Magnitudes are indices into `bins()`.
class PointRuptures {
public:
  PointRuptures(const Source& source, PointSources points, bool shift_hypo,
                bool may_average = true);

  const std::vector<MagnitudeRate>& bins() const noexcept { return points_.bins; }
  const std::vector<LonLat>& locations() const noexcept { return points_.locations; }
  // Ruptures of one magnitude at one location.
  std::size_t plane_depths() const noexcept { return points_.plane_depths(); }
  // Whether one rupture a magnitude may stand for all of it at distant sites.
  bool averages() const noexcept { return may_average_ && plane_depths() > 1; }
  // Largest half diagonal of the surface projections, km; 0 for point ruptures.
  double radius(std::size_t magnitude) const { return radii_[magnitude]; }

  // Means over planes and depths, weighted with their probabilities.
  const NodalPlane& mean_plane() const noexcept { return mean_plane_; }
  double mean_depth() const noexcept { return mean_depth_; }
  ScalingRelation scaling() const noexcept { return scaling_; }
  double aspect_ratio() const noexcept { return aspect_ratio_; }
  double upper_depth() const noexcept { return upper_depth_; }
  double lower_depth() const noexcept { return lower_depth_; }
  bool shifts_hypocentre() const noexcept { return shift_hypo_; }

  // Every plane x depth of one magnitude, planes outermost, appended to `out`.
  void append(LonLat location, std::size_t magnitude, std::vector<PlanarRupture>& out) const;
  // The one rupture with the mean plane and depth and the magnitude's whole rate.
  PlanarRupture averaged(LonLat location, std::size_t magnitude) const;

private:
  PlanarRupture rupture(LonLat location, std::size_t magnitude, const RuptureShape& shape,
                        const NodalPlane& plane, double depth) const;

  ScalingRelation scaling_;
  double aspect_ratio_, upper_depth_, lower_depth_;
  bool shift_hypo_, may_average_;
  PointSources points_;
  NodalPlane mean_plane_;
  double mean_depth_ = 0;
  std::vector<RuptureShape> shapes_; // magnitude x plane
  std::vector<RuptureShape> mean_shapes_;
  std::vector<double> radii_;
};

} // namespace oq::engine
