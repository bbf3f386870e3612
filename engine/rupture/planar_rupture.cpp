// PlanarRupture: from area and aspect ratio to corners and vectors.
#include "engine/rupture/planar_rupture.hpp"

#include "engine/geo/surface_mesh.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

struct Centre {
  LonLat location;
  double depth = 0;
};

Centre centre_within_layer(const RuptureShape& shape, const RupturePlace& place) {
  const double half_height = shape.height / 2.0;
  double shift = place.upper_depth - place.depth + half_height; // km, positive down
  if (shift < 0)
    shift = std::min(place.lower_depth - place.depth - half_height, 0.0);
  if (shift == 0)
    return {place.location, place.depth};
  const double horizontal = std::fabs(shift / std::tan(place.dip * kDegree));
  const double direction = place.strike + (shift < 0 ? -90.0 : 90.0);
  return {point_at(place.location, direction, horizontal), place.depth + shift};
}

// The vectors of a rectangle whose strike is known.
void set_corners(const PlanarSurface& corners, PlanarRupture& rupture) {
  const LonLat top_left = corners.top_left.surface(), top_right = corners.top_right.surface();
  const LonLat bottom_left = corners.bottom_left.surface();
  const LonLat bottom_right = corners.bottom_right.surface();
  const Vector3 tl = cartesian(top_left, corners.top_left.depth);
  const Vector3 tr = cartesian(top_right, corners.top_right.depth);
  const Vector3 bl = cartesian(bottom_left, corners.bottom_left.depth);
  const Vector3 br = cartesian(bottom_right, corners.bottom_right.depth);
  rupture.top_left = tl;
  rupture.along_strike = normalized(tr - tl);
  rupture.normal = normalized(cross(tl - tr, tl - bl));
  rupture.down_dip = cross(rupture.normal, rupture.along_strike);
  rupture.length = (norm(tl - tr) + norm(bl - br)) / 2.0;
  rupture.width = (norm(tl - bl) + norm(tr - br)) / 2.0;

  rupture.top_arc = right_hand_normal(top_left, rupture.strike);
  rupture.bottom_arc = right_hand_normal(bottom_left, rupture.strike);
  rupture.left_arc = right_hand_normal(top_left, rupture.strike + 90.0);
  rupture.right_arc = right_hand_normal(top_right, rupture.strike + 90.0);
  rupture.surface_corners = {cartesian(top_left, 0.0), cartesian(top_right, 0.0),
                             cartesian(bottom_left, 0.0), cartesian(bottom_right, 0.0)};
}

} // namespace

PlanarRupture rectangle(const PlanarSurface& corners) {
  PlanarRupture rupture;
  const GeoPoint &top = corners.top_left, &bottom = corners.bottom_left;
  rupture.strike = azimuth(top.surface(), corners.top_right.surface());
  const double down = bottom.depth - top.depth;
  rupture.dip =
    std::asin(down / std::hypot(great_circle_distance(top.surface(), bottom.surface()), down))
    / kDegree;
  rupture.ztor = top.depth;
  rupture.zbot = corners.bottom_right.depth;
  rupture.hypocentre = middle_of(top.surface(), corners.bottom_right.surface());
  rupture.hypo_depth = (top.depth + corners.bottom_right.depth) / 2.0;
  rupture.epicentre = unit_vector(rupture.hypocentre);
  set_corners(corners, rupture);
  return rupture;
}

RuptureShape rupture_shape(double area, double aspect_ratio, double dip, double seismogenic_width) {
  RuptureShape shape;
  const double sin_dip = std::sin(dip * kDegree);
  shape.length = std::sqrt(area * aspect_ratio);
  shape.width = area / shape.length;
  const double widest = seismogenic_width / sin_dip;
  if (shape.width > widest) {
    shape.width = widest;
    shape.length = area / widest;
  }
  shape.horizontal_width = shape.width * std::cos(dip * kDegree);
  shape.height = shape.width * sin_dip;
  shape.half_diagonal =
    0.5 * std::sqrt(shape.length * shape.length + shape.horizontal_width * shape.horizontal_width);
  shape.diagonal_angle = std::atan(shape.horizontal_width / shape.length) / kDegree;
  return shape;
}

PlanarRupture place_rupture(const RuptureShape& shape, const RupturePlace& place) {
  const Centre centre = centre_within_layer(shape, place);
  const double angle = shape.diagonal_angle, reach = shape.half_diagonal;
  const auto corner = [&](double azimuth_degrees) {
    return point_at(centre.location, azimuth_degrees, reach);
  };
  const LonLat top_left = corner(place.strike + 180.0 + angle);
  const LonLat top_right = corner(place.strike - angle);
  const LonLat bottom_left = corner(place.strike + 180.0 - angle);
  const LonLat bottom_right = corner(place.strike + angle);

  PlanarRupture rupture;
  rupture.strike = place.strike;
  rupture.dip = place.dip;
  rupture.rake = place.rake;
  rupture.ztor = centre.depth - shape.height / 2.0;
  rupture.zbot = centre.depth + shape.height / 2.0;
  rupture.hypocentre = place.shift_hypo ? centre.location : place.location;
  rupture.hypo_depth = place.shift_hypo ? centre.depth : place.depth;
  rupture.epicentre = unit_vector(rupture.hypocentre);

  set_corners({{top_left.lon, top_left.lat, rupture.ztor},
               {top_right.lon, top_right.lat, rupture.ztor},
               {bottom_left.lon, bottom_left.lat, rupture.zbot},
               {bottom_right.lon, bottom_right.lat, rupture.zbot}},
              rupture);
  return rupture;
}

} // namespace oq::engine
