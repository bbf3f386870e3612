// PointRuptures: shapes once a magnitude and plane, corners once a location.
#include "engine/rupture/point_ruptures.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

double three_decimals(double magnitude) {
  return std::nearbyint(magnitude * 1e3) / 1e3;
}

} // namespace

PointRuptures::PointRuptures(const Source& source, PointSources points, bool shift_hypo,
                             bool may_average)
  : scaling_(source.scaling), aspect_ratio_(source.aspect_ratio),
    upper_depth_(source.upper_seismogenic_depth), lower_depth_(source.lower_seismogenic_depth),
    shift_hypo_(shift_hypo), may_average_(may_average), points_(std::move(points)) {
  mean_plane_ = {1.0, 0.0, 0.0, 0.0};
  for (const NodalPlane& plane : points_.planes) {
    mean_plane_.strike += plane.probability * plane.strike;
    mean_plane_.dip += plane.probability * plane.dip;
    mean_plane_.rake += plane.probability * plane.rake;
  }
  for (const HypocentralDepth& depth : points_.depths)
    mean_depth_ += depth.probability * depth.depth;

  const auto shape_of = [&](double magnitude, const NodalPlane& plane) {
    const double area = median_area(scaling_, magnitude, plane.rake);
    return rupture_shape(area, aspect_ratio_, plane.dip, lower_depth_ - upper_depth_);
  };
  for (const MagnitudeRate& bin : points_.bins) {
    double radius = 0;
    for (const NodalPlane& plane : points_.planes) {
      shapes_.push_back(shape_of(bin.magnitude, plane));
      radius = std::max(radius, shapes_.back().half_diagonal);
    }
    mean_shapes_.push_back(shape_of(bin.magnitude, mean_plane_));
    radii_.push_back(scaling_ == ScalingRelation::point ? 0.0 : radius);
  }
}

void PointRuptures::append(LonLat location, std::size_t magnitude,
                           std::vector<PlanarRupture>& out) const {
  const double rate = points_.bins[magnitude].rate;
  for (std::size_t p = 0; p < points_.planes.size(); ++p) {
    const RuptureShape& shape = shapes_[magnitude * points_.planes.size() + p];
    for (const HypocentralDepth& depth : points_.depths) {
      out.push_back(rupture(location, magnitude, shape, points_.planes[p], depth.depth));
      out.back().rate = rate * points_.planes[p].probability * depth.probability;
    }
  }
}

PlanarRupture PointRuptures::averaged(LonLat location, std::size_t magnitude) const {
  PlanarRupture result =
    rupture(location, magnitude, mean_shapes_[magnitude], mean_plane_, mean_depth_);
  result.rate = points_.bins[magnitude].rate;
  return result;
}

PlanarRupture PointRuptures::rupture(LonLat location, std::size_t magnitude,
                                     const RuptureShape& shape, const NodalPlane& plane,
                                     double depth) const {
  RupturePlace place;
  place.location = location;
  place.depth = depth;
  place.strike = plane.strike;
  place.dip = plane.dip;
  place.rake = plane.rake;
  place.upper_depth = upper_depth_;
  place.lower_depth = lower_depth_;
  place.shift_hypo = shift_hypo_;
  PlanarRupture result = place_rupture(shape, place);
  result.mag = three_decimals(points_.bins[magnitude].magnitude);
  return result;
}

} // namespace oq::engine
