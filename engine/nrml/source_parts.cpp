// Reading and checking of what several kinds of sources share.
#include "engine/nrml/source_parts.hpp"

#include "engine/base/json.hpp"
#include "engine/geo/five_decimals.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

constexpr double kHighestGround = -8.848; // km: Everest; depth is positive downwards
constexpr double kDeepest = 1000;         // km: no earthquake is deeper

template <class Weighted>
Result<void> check_probabilities(const XmlElement& element, const std::vector<Weighted>& all) {
  double sum = 0;
  for (const Weighted& one : all) {
    if (one.probability < 0 || one.probability > 1)
      return element.error("a probability is not between 0 and 1");
    sum += one.probability;
  }
  if (std::abs(sum - 1) > kProbabilityTolerance)
    return element.error("the probabilities of <" + std::string(element.name()) + "> sum to "
                         + number_text(sum) + ", not to 1");
  return {};
}

} // namespace

Result<std::vector<NodalPlane>> read_nodal_planes(const XmlElement& source) {
  OQ_TRY(const XmlElement list, source.require_child("nodalPlaneDist"));
  std::vector<NodalPlane> planes;
  for (const XmlElement& element : list.children("nodalPlane")) {
    NodalPlane plane;
    OQ_TRY(plane.probability, element.number_attribute("probability"));
    OQ_TRY(plane.strike, element.number_attribute("strike"));
    OQ_TRY(plane.dip, element.number_attribute("dip"));
    OQ_TRY(plane.rake, element.number_attribute("rake"));
    if (plane.strike < 0 || plane.strike > 360)
      return element.error("the strike is not between 0 and 360");
    if (plane.dip <= 0 || plane.dip > 90)
      return element.error("the dip is not above 0 and at most 90");
    if (plane.rake < -180 || plane.rake > 180)
      return element.error("the rake is not between -180 and 180");
    planes.push_back(plane);
  }
  OQ_CHECK(check_probabilities(list, planes));
  return planes;
}

Result<std::vector<HypocentralDepth>> read_depths(const XmlElement& source) {
  OQ_TRY(const XmlElement list, source.require_child("hypoDepthDist"));
  std::vector<HypocentralDepth> depths;
  for (const XmlElement& element : list.children("hypoDepth")) {
    HypocentralDepth depth;
    OQ_TRY(depth.probability, element.number_attribute("probability"));
    OQ_TRY(depth.depth, element.number_attribute("depth"));
    if (depth.depth < kHighestGround || depth.depth > kDeepest)
      return element.error("the depth " + number_text(depth.depth)
                           + " km is above the highest ground or below any earthquake");
    depths.push_back(depth);
  }
  OQ_CHECK(check_probabilities(list, depths));
  return depths;
}

Result<void> read_seismogenic_depths(const XmlElement& geometry, Source& source) {
  OQ_TRY(source.upper_seismogenic_depth, geometry.child_number("upperSeismoDepth"));
  OQ_TRY(source.lower_seismogenic_depth, geometry.child_number("lowerSeismoDepth"));
  if (source.upper_seismogenic_depth < kHighestGround || source.lower_seismogenic_depth > kDeepest)
    return geometry.error("the seismogenic depths are above the highest ground or below any "
                          "earthquake");
  if (source.upper_seismogenic_depth >= source.lower_seismogenic_depth)
    return geometry.error("upperSeismoDepth must be less than lowerSeismoDepth");
  return {};
}

Result<void> read_scaling(const XmlElement& element, Source& source) {
  OQ_TRY(const XmlElement scaling, element.require_child("magScaleRel"));
  const auto relation = parse_scaling_relation(scaling.text());
  if (!relation)
    return scaling.error(relation.error().message);
  source.scaling = *relation;
  OQ_TRY(const XmlElement aspect, element.require_child("ruptAspectRatio"));
  OQ_TRY(source.aspect_ratio, aspect.number());
  if (source.aspect_ratio <= 0)
    return aspect.error("the aspect ratio must be above 0");
  return {};
}

Result<void> read_point_parts(const XmlElement& element, Source& source) {
  OQ_CHECK(read_scaling(element, source));
  OQ_TRY(source.mfd, read_mfd(element));
  OQ_TRY(source.nodal_planes, read_nodal_planes(element));
  OQ_TRY(source.depths, read_depths(element));
  for (const HypocentralDepth& depth : source.depths)
    if (depth.depth < source.upper_seismogenic_depth
        || depth.depth > source.lower_seismogenic_depth)
      return element.error("a hypocentral depth of source " + in_quotes(source.id)
                           + " lies outside its seismogenic depths");
  return {};
}

Result<double> read_magnitude(const XmlElement& element) {
  constexpr double kLargest = 11;
  OQ_TRY(const double magnitude, element.child_number("magnitude"));
  if (magnitude < 0 || magnitude > kLargest)
    return element.error("the magnitude is not between 0 and 11");
  return magnitude;
}

Result<GeoPoint> read_hypocentre(const XmlElement& element) {
  OQ_TRY(const XmlElement hypocentre, element.require_child("hypocenter"));
  OQ_TRY(const double lon, hypocentre.number_attribute("lon"));
  OQ_TRY(const double lat, hypocentre.number_attribute("lat"));
  OQ_TRY(const double depth, hypocentre.number_attribute("depth"));
  OQ_TRY(const LonLat position, make_position(hypocentre, lon, lat));
  return GeoPoint{position.lon, position.lat, depth};
}

Result<double> read_rake(const XmlElement& element) {
  OQ_TRY(const XmlElement child, element.require_child("rake"));
  OQ_TRY(const double rake, child.number());
  if (rake < -180 || rake > 180)
    return child.error("the rake is not between -180 and 180");
  return rake;
}

Result<LonLat> make_position(const XmlElement& element, double lon, double lat) {
  if (lon < -180 || lon > 180)
    return element.error("the longitude " + number_text(lon) + " is not between -180 and 180");
  if (lat < -90 || lat > 90)
    return element.error("the latitude " + number_text(lat) + " is not between -90 and 90");
  return LonLat{five_decimals(lon), five_decimals(lat)};
}

Result<std::vector<LonLat>> read_positions(const XmlElement& element) {
  OQ_TRY(const auto numbers, element.numbers());
  if (numbers.size() % 2 != 0)
    return element.error("<" + std::string(element.name()) + "> has an odd count of numbers");
  std::vector<LonLat> positions;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    OQ_TRY(const LonLat position, make_position(element, numbers[i], numbers[i + 1]));
    positions.push_back(position);
  }
  return positions;
}

} // namespace oq::engine
