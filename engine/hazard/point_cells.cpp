// PointCells: uniform bins of longitude and latitude, and the mean of what falls in one.
#include "engine/hazard/point_cells.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace oq::engine {

namespace {

constexpr double kDegreesPerKilometre = 0.0089932;

double six_decimals(double x) {
  return std::nearbyint(x * 1e6) / 1e6;
}

double total_rate(const PointRuptures& source) {
  double total = 0;
  for (const MagnitudeRate& bin : source.bins())
    total += bin.rate;
  return total;
}

// Bins of equal width, closed on the left, from the least value on; the greatest has its own.
class Bins {
public:
  Bins(double least, double greatest, double width)
    : least_(least), greatest_(greatest), count_(std::ceil((greatest - least) / width)) {}

  long of(double value) const {
    if (value >= greatest_)
      return static_cast<long>(count_);
    const double step = (greatest_ - least_) / count_;
    auto bin = static_cast<long>((value - least_) / step);
    // As comparisons with the edges decide, whatever the division rounds to.
    while (bin > 0 && value < least_ + static_cast<double>(bin) * step)
      --bin;
    while (value >= least_ + static_cast<double>(bin + 1) * step)
      ++bin;
    return bin;
  }

private:
  double least_, greatest_, count_;
};

// Rates of equal magnitudes (three decimals) added up, ascending.
std::vector<MagnitudeRate> merged_bins(const std::vector<PointRuptures>& sources,
                                       const std::vector<PointCell::Member>& members) {
  std::map<double, MagnitudeRate> by_magnitude;
  for (const PointCell::Member& member : members)
    for (const MagnitudeRate& bin : sources[member.source].bins()) {
      const auto [entry, fresh] =
        by_magnitude.emplace(std::nearbyint(bin.magnitude * 1e3), MagnitudeRate{bin.magnitude, 0});
      entry->second.rate += bin.rate;
    }
  std::vector<MagnitudeRate> bins;
  for (const auto& [key, bin] : by_magnitude)
    bins.push_back(bin);
  return bins;
}

PointRuptures mean_of(const std::vector<PointRuptures>& sources,
                      const std::vector<PointCell::Member>& members) {
  double weights = 0;
  for (const PointCell::Member& member : members)
    weights += total_rate(sources[member.source]);
  Source mean;
  mean.aspect_ratio = 0;
  mean.scaling = sources[members.front().source].scaling();
  NodalPlane plane{1, 0, 0, 0};
  HypocentralDepth depth;
  LonLat location;
  for (const PointCell::Member& member : members) {
    const PointRuptures& source = sources[member.source];
    const double weight = total_rate(source) / weights;
    location.lon += weight * member.location.lon;
    location.lat += weight * member.location.lat;
    depth.depth += weight * source.mean_depth();
    plane.strike += weight * source.mean_plane().strike;
    plane.dip += weight * source.mean_plane().dip;
    plane.rake += weight * source.mean_plane().rake;
    mean.aspect_ratio += weight * source.aspect_ratio();
    mean.upper_seismogenic_depth += weight * source.upper_depth();
    mean.lower_seismogenic_depth += weight * source.lower_depth();
  }
  PointSources points;
  points.locations = {{six_decimals(location.lon), six_decimals(location.lat)}};
  points.bins = merged_bins(sources, members);
  points.planes = {plane};
  points.depths = {depth};
  return {mean, std::move(points), sources[members.front().source].shifts_hypocentre()};
}

std::vector<PointCell::Member> all_members(const std::vector<PointRuptures>& sources) {
  std::vector<PointCell::Member> members;
  for (std::uint32_t s = 0; s < sources.size(); ++s)
    for (const LonLat& location : sources[s].locations())
      members.push_back({s, location});
  return members;
}

} // namespace

std::vector<PointCell> point_cells(const std::vector<PointRuptures>& sources, double spacing_km) {
  const std::vector<PointCell::Member> members = all_members(sources);
  std::vector<PointCell> cells;
  if (members.empty())
    return cells;
  const auto lon = [](const PointCell::Member& m) {
    return m.location.lon;
  };
  const auto lat = [](const PointCell::Member& m) {
    return m.location.lat;
  };
  const auto [west, east] = std::ranges::minmax(members, {}, lon);
  const auto [south, north] = std::ranges::minmax(members, {}, lat);
  if (lon(west) == lon(east) || lat(south) == lat(north)) {
    for (const PointCell::Member& member : members)
      cells.push_back({{member}, std::nullopt});
    return cells;
  }
  double mean_lat = 0;
  for (const PointCell::Member& member : members)
    mean_lat += lat(member) / static_cast<double>(members.size());
  const double degrees = spacing_km * kDegreesPerKilometre;
  const Bins columns(lon(west), lon(east), degrees / std::cos(mean_lat * kDegree));
  const Bins rows(lat(south), lat(north), degrees);
  std::map<std::pair<long, long>, std::vector<PointCell::Member>> by_cell;
  for (const PointCell::Member& member : members)
    by_cell[{columns.of(lon(member)), rows.of(lat(member))}].push_back(member);
  for (auto& [place, together] : by_cell) {
    PointCell& cell = cells.emplace_back();
    if (together.size() > 1)
      cell.mean.emplace(mean_of(sources, together));
    cell.members = std::move(together);
  }
  return cells;
}

} // namespace oq::engine
