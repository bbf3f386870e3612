// point_sources: discretisation of areas, rates a point, merging of equal planes and depths.
#include "engine/source/point_sources.hpp"

#include "engine/geo/polygon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

Result<std::vector<LonLat>> locations_of(const AreaGeometry& geometry, double spacing) {
  if (geometry.discretization_km > 0)
    spacing = geometry.discretization_km;
  if (!(spacing > 0))
    return invalid_input("area_source_discretization is missing");
  OQ_TRY(const Polygon polygon, Polygon::make(geometry.polygon));
  return polygon.discretized(spacing);
}

Mfd divided(const Mfd& mfd, double parts) {
  Mfd result = mfd;
  if (auto* richter = std::get_if<TruncatedGutenbergRichter>(&result))
    richter->a_value -= std::log10(parts);
  else if (auto* incremental = std::get_if<IncrementalMfd>(&result))
    for (double& rate : incremental->rates)
      rate /= parts;
  else if (auto* arbitrary = std::get_if<ArbitraryMfd>(&result))
    for (double& rate : arbitrary->rates)
      rate /= parts;
  else if (auto* tapered = std::get_if<TaperedGutenbergRichter>(&result))
    tapered->a_value -= std::log10(parts);
  else if (auto* characteristic = std::get_if<YoungsCoppersmith>(&result))
    for (auto* rate : {&characteristic->char_rate, &characteristic->total_moment_rate})
      if (*rate)
        **rate /= parts;
  return result;
}

bool same(const NodalPlane& a, const NodalPlane& b) {
  return a.strike == b.strike && a.dip == b.dip && a.rake == b.rake;
}
bool same(const HypocentralDepth& a, const HypocentralDepth& b) {
  return a.depth == b.depth;
}

template <class T>
std::vector<T> merged(const std::vector<T>& given) {
  std::vector<T> result;
  for (const T& item : given) {
    const auto twin = std::find_if(result.begin(), result.end(), [&](const T& known) {
      return same(known, item);
    });
    if (twin == result.end())
      result.push_back(item);
    else
      twin->probability += item.probability;
  }
  return result;
}

Result<void> check(const Source& source) {
  if (source.nodal_planes.empty() || source.depths.empty())
    return invalid_input("nodal planes or hypocentral depths are missing");
  if (!(source.upper_seismogenic_depth < source.lower_seismogenic_depth))
    return invalid_input("the upper seismogenic depth is not above the lower one");
  if (!(source.aspect_ratio > 0))
    return invalid_input("the rupture aspect ratio must be positive");
  for (const NodalPlane& plane : source.nodal_planes)
    if (!(plane.dip > 0 && plane.dip <= 90))
      return invalid_input(fmt::format("dip {} is outside (0, 90]", plane.dip));
  for (const HypocentralDepth& depth : source.depths)
    if (!(depth.depth >= source.upper_seismogenic_depth
          && depth.depth <= source.lower_seismogenic_depth))
      return invalid_input(
        fmt::format("hypocentral depth {} is outside the seismogenic depths", depth.depth));
  return {};
}

Result<PointSources> build_one(const Source& source, const Discretization& discretization) {
  PointSources points;
  const auto* area = std::get_if<AreaGeometry>(&source.geometry);
  if (area) {
    OQ_TRY(points.locations, locations_of(*area, discretization.area_source_discretization));
  } else if (const auto* point = std::get_if<PointGeometry>(&source.geometry)) {
    points.locations = {point->location};
  } else {
    return invalid_input("a fault has no points");
  }
  const auto parts = static_cast<double>(points.locations.size());
  OQ_TRY(points.bins, discretize(area ? divided(source.mfd, parts) : source.mfd,
                                 discretization.width_of_mfd_bin));
  return points;
}

// The points whose distributions are equal to that of the first of them, run by run.
Result<std::vector<PointSources>> build_many(const MultiPointGeometry& geometry,
                                             const MultiMfd& mfd, double bin_width) {
  std::vector<PointSources> runs;
  for (std::size_t i = 0; i < geometry.locations.size(); ++i) {
    const std::size_t own = mfd.of_points.size() == 1 ? 0 : i;
    if (i == 0 || (own > 0 && !(mfd.of_points[own] == mfd.of_points[own - 1]))) {
      OQ_TRY(runs.emplace_back().bins, discretize(as_mfd(mfd.of_points[own]), bin_width));
    }
    runs.back().locations.push_back(geometry.locations[i]);
  }
  return runs;
}

Result<std::vector<PointSources>> build(const Source& source,
                                        const Discretization& discretization) {
  OQ_CHECK(check(source));
  const auto planes = merged(source.nodal_planes);
  const auto depths = merged(source.depths);
  std::vector<PointSources> all;
  const auto* many = std::get_if<MultiPointGeometry>(&source.geometry);
  const auto* multi = std::get_if<MultiMfd>(&source.mfd);
  if (many) {
    if (!multi) {
      OQ_TRY(all.emplace_back().bins, discretize(source.mfd, discretization.width_of_mfd_bin));
      all.back().locations = many->locations;
    } else {
      OQ_TRY(all, build_many(*many, *multi, discretization.width_of_mfd_bin));
    }
  } else {
    OQ_TRY(all.emplace_back(), build_one(source, discretization));
  }
  for (PointSources& points : all) {
    points.planes = planes;
    points.depths = depths;
  }
  return all;
}

} // namespace

Result<std::vector<PointSources>> point_sources(const Source& source,
                                                const Discretization& discretization) {
  auto points = build(source, discretization);
  if (points)
    return points;
  Error error = points.error();
  error.message = fmt::format("source '{}': {}", source.id, error.message);
  error.where = source.where;
  return error;
}

} // namespace oq::engine
