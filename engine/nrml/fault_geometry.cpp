// Reading and checking of fault geometries.
#include "engine/nrml/fault_geometry.hpp"

#include "engine/base/json.hpp"
#include "engine/nrml/source_parts.hpp"

namespace oq::engine {
namespace {

constexpr double kHighestGround = -8.848; // km
constexpr double kDeepest = 1000;         // km

Result<GeoPoint> make_point(const XmlElement& element, double lon, double lat, double depth) {
  OQ_TRY(const LonLat position, make_position(element, lon, lat));
  if (depth < kHighestGround || depth > kDeepest)
    return element.error("the depth " + number_text(depth)
                         + " km is above the highest ground or below any earthquake");
  return GeoPoint{position.lon, position.lat, depth};
}

// posList: lon lat depth lon lat depth …
Result<std::vector<GeoPoint>> read_points(const XmlElement& element) {
  OQ_TRY(const auto numbers, element.numbers());
  if (numbers.size() % 3 != 0)
    return element.error("<" + std::string(element.name())
                         + "> does not have three numbers a point");
  std::vector<GeoPoint> points;
  for (std::size_t i = 0; i < numbers.size(); i += 3) {
    OQ_TRY(points.emplace_back(), make_point(element, numbers[i], numbers[i + 1], numbers[i + 2]));
  }
  return points;
}

Result<std::vector<GeoPoint>> read_edge(const XmlElement& element) {
  OQ_TRY(const XmlElement line, element.require_child("LineString"));
  OQ_TRY(const XmlElement list, line.require_child("posList"));
  OQ_TRY(auto points, read_points(list));
  if (points.size() < 2)
    return list.error("an edge needs two points or more");
  return points;
}

Result<GeoPoint> read_corner(const XmlElement& surface, const char* name) {
  OQ_TRY(const XmlElement corner, surface.require_child(name));
  OQ_TRY(const double lon, corner.number_attribute("lon"));
  OQ_TRY(const double lat, corner.number_attribute("lat"));
  OQ_TRY(const double depth, corner.number_attribute("depth"));
  return make_point(corner, lon, lat, depth);
}

Result<PlanarSurface> read_planar(const XmlElement& element) {
  PlanarSurface surface;
  OQ_TRY(surface.top_left, read_corner(element, "topLeft"));
  OQ_TRY(surface.top_right, read_corner(element, "topRight"));
  OQ_TRY(surface.bottom_left, read_corner(element, "bottomLeft"));
  OQ_TRY(surface.bottom_right, read_corner(element, "bottomRight"));
  if (surface.top_left.depth != surface.top_right.depth
      || surface.bottom_left.depth != surface.bottom_right.depth)
    return element.error("the top or the bottom edge of the rectangle is not level");
  if (surface.top_left.depth >= surface.bottom_left.depth)
    return element.error("the top edge of the rectangle is not above the bottom edge");
  return surface;
}

Result<GriddedSurface> read_gridded(const XmlElement& element) {
  OQ_TRY(const XmlElement list, element.require_child("posList"));
  GriddedSurface surface;
  OQ_TRY(surface.points, read_points(list));
  return surface;
}

} // namespace

Result<SimpleFaultGeometry> read_simple_fault_geometry(const XmlElement& geometry) {
  OQ_TRY(const XmlElement line, geometry.require_child("LineString"));
  OQ_TRY(const XmlElement list, line.require_child("posList"));
  SimpleFaultGeometry fault;
  OQ_TRY(fault.trace, read_positions(list));
  OQ_TRY(fault.dip, geometry.child_number("dip"));
  OQ_TRY(fault.upper_depth, geometry.child_number("upperSeismoDepth"));
  OQ_TRY(fault.lower_depth, geometry.child_number("lowerSeismoDepth"));
  if (fault.trace.size() < 2 || fault.trace.front() == fault.trace.back())
    return list.error("a fault trace needs two different points or more");
  if (fault.dip <= 0 || fault.dip > 90)
    return geometry.error("the dip is not above 0 and at most 90");
  if (fault.upper_depth < 0 || fault.lower_depth > kDeepest)
    return geometry.error("the seismogenic depths are above the ground or below any earthquake");
  if (fault.upper_depth >= fault.lower_depth)
    return geometry.error("upperSeismoDepth must be less than lowerSeismoDepth");
  return fault;
}

Result<ComplexFaultGeometry> read_complex_fault_geometry(const XmlElement& geometry) {
  ComplexFaultGeometry fault;
  OQ_TRY(const XmlElement top, geometry.require_child("faultTopEdge"));
  OQ_TRY(const XmlElement bottom, geometry.require_child("faultBottomEdge"));
  OQ_TRY(fault.edges.emplace_back(), read_edge(top));
  for (const XmlElement& between : geometry.children("intermediateEdge")) {
    OQ_TRY(fault.edges.emplace_back(), read_edge(between));
  }
  OQ_TRY(fault.edges.emplace_back(), read_edge(bottom));
  return fault;
}

Result<KiteSurface> read_kite_surface(const XmlElement& element) {
  KiteSurface kite;
  for (const XmlElement& profile : element.children("profile")) {
    OQ_TRY(kite.profiles.emplace_back(), read_edge(profile));
  }
  if (kite.profiles.size() < 2)
    return element.error("a kite surface needs two profiles or more");
  return kite;
}

Result<RuptureSurface> read_surface(const XmlElement& element) {
  std::vector<PlanarSurface> planes;
  for (const XmlElement& child : element.children()) {
    if (child.name() == "simpleFaultGeometry") {
      OQ_TRY(auto simple, read_simple_fault_geometry(child));
      return RuptureSurface(std::move(simple));
    }
    if (child.name() == "complexFaultGeometry") {
      OQ_TRY(auto complex, read_complex_fault_geometry(child));
      return RuptureSurface(std::move(complex));
    }
    if (child.name() == "griddedSurface") {
      OQ_TRY(auto gridded, read_gridded(child));
      return RuptureSurface(std::move(gridded));
    }
    if (child.name() == "kiteSurface") {
      OQ_TRY(auto kite, read_kite_surface(child));
      return RuptureSurface(std::move(kite));
    }
    if (child.name() == "planarSurface") {
      OQ_TRY(planes.emplace_back(), read_planar(child));
    }
  }
  if (planes.empty())
    return element.error("<" + std::string(element.name()) + "> has no surface");
  return RuptureSurface(std::move(planes));
}

} // namespace oq::engine
