// Reading and checking of what several kinds of sources share.
#include "engine/nrml/source_parts.hpp"

#include "engine/base/json.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

constexpr double kHighestGround = -8.848; // km: Everest; depth is positive downwards
constexpr double kDeepest = 1000;         // km: no earthquake is deeper
constexpr double kLargestMagnitude = 11;

Result<Mfd> read_gutenberg_richter(const XmlElement& element) {
  if (element.attribute("slipRate"))
    return element.error("a slip rate in <truncGutenbergRichterMFD> is not supported yet");
  TruncatedGutenbergRichter mfd;
  OQ_TRY(mfd.a_value, element.number_attribute("aValue"));
  OQ_TRY(mfd.b_value, element.number_attribute("bValue"));
  OQ_TRY(mfd.min_mag, element.number_attribute("minMag"));
  OQ_TRY(mfd.max_mag, element.number_attribute("maxMag"));
  if (mfd.b_value <= 0)
    return element.error("bValue must be above 0");
  if (mfd.min_mag >= mfd.max_mag)
    return element.error("minMag must be below maxMag");
  if (mfd.min_mag < 0 || mfd.max_mag > kLargestMagnitude)
    return element.error("magnitudes must be between 0 and 11");
  return Mfd(mfd);
}

Result<std::vector<double>> read_rates(const XmlElement& element) {
  OQ_TRY(const XmlElement list, element.require_child("occurRates"));
  OQ_TRY(auto rates, list.numbers());
  if (std::ranges::any_of(rates, [](double rate) {
        return rate < 0;
      }))
    return list.error("an occurrence rate is negative");
  if (std::ranges::all_of(rates, [](double rate) {
        return rate == 0;
      }))
    return list.error("all occurrence rates are 0");
  return rates;
}

Result<Mfd> read_incremental(const XmlElement& element) {
  IncrementalMfd mfd;
  OQ_TRY(mfd.min_mag, element.number_attribute("minMag"));
  OQ_TRY(mfd.bin_width, element.number_attribute("binWidth"));
  OQ_TRY(mfd.rates, read_rates(element));
  if (mfd.bin_width <= 0)
    return element.error("binWidth must be above 0");
  const double last = mfd.min_mag + mfd.bin_width * static_cast<double>(mfd.rates.size() - 1);
  if (mfd.min_mag < 0 || last > kLargestMagnitude)
    return element.error("magnitudes must be between 0 and 11");
  return Mfd(std::move(mfd));
}

Result<Mfd> read_arbitrary(const XmlElement& element) {
  ArbitraryMfd mfd;
  OQ_TRY(mfd.rates, read_rates(element));
  OQ_TRY(const XmlElement magnitudes, element.require_child("magnitudes"));
  OQ_TRY(mfd.magnitudes, magnitudes.numbers());
  if (mfd.magnitudes.size() != mfd.rates.size())
    return element.error("there are " + std::to_string(mfd.magnitudes.size()) + " magnitudes and "
                         + std::to_string(mfd.rates.size()) + " rates");
  for (const double magnitude : mfd.magnitudes)
    if (magnitude < 0 || magnitude > kLargestMagnitude)
      return magnitudes.error("magnitudes must be between 0 and 11");
  return Mfd(std::move(mfd));
}

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

Result<Mfd> read_mfd(const XmlElement& source) {
  for (const XmlElement& child : source.children()) {
    const std::string_view name = child.name();
    if (name == "truncGutenbergRichterMFD")
      return read_gutenberg_richter(child);
    if (name == "incrementalMFD")
      return read_incremental(child);
    if (name == "arbitraryMFD")
      return read_arbitrary(child);
    if (name.ends_with("MFD"))
      return child.error("<" + std::string(name) + "> is not supported yet");
  }
  return source.error("<" + std::string(source.name())
                      + "> has no magnitude-frequency distribution");
}

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

Result<LonLat> make_position(const XmlElement& element, double lon, double lat) {
  if (lon < -180 || lon > 180)
    return element.error("the longitude " + number_text(lon) + " is not between -180 and 180");
  if (lat < -90 || lat > 90)
    return element.error("the latitude " + number_text(lat) + " is not between -90 and 90");
  return LonLat{lon, lat};
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
