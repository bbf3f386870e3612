// MaximumDistance: lookup by region, interpolation by magnitude.
#include "engine/hazard/maximum_distance.hpp"

#include <fmt/format.h>

namespace oq::engine {

Result<MaximumDistance> MaximumDistance::of(const Job& job, const std::string& tectonic_region) {
  auto entry = job.maximum_distance.find(tectonic_region);
  if (entry == job.maximum_distance.end())
    entry = job.maximum_distance.find("default");
  if (entry == job.maximum_distance.end() || entry->second.empty())
    return invalid_input(
      fmt::format("maximum_distance has no entry for tectonic region '{}'", tectonic_region),
      job.where("maximum_distance"));
  return MaximumDistance(entry->second);
}

MaximumDistance MaximumDistance::of_points(const Job& job, const std::string& tectonic_region) {
  constexpr double kAllMagnitudes[] = {-1.0, 12.0};
  auto entry = job.pointsource_distance.find(tectonic_region);
  if (entry == job.pointsource_distance.end())
    entry = job.pointsource_distance.find("default");
  std::vector<std::pair<double, double>> points;
  if (entry != job.pointsource_distance.end())
    points = entry->second;
  if (points.empty())
    points = {{0.0, 0.0}};
  points.insert(points.begin(), {kAllMagnitudes[0], points.front().second});
  points.emplace_back(kAllMagnitudes[1], points.back().second);
  return MaximumDistance(std::move(points));
}

double MaximumDistance::at(double magnitude) const {
  if (points_.empty() || magnitude < points_.front().first || magnitude > points_.back().first)
    return 0.0;
  for (std::size_t i = 1; i < points_.size(); ++i) {
    const auto& [low, low_km] = points_[i - 1];
    const auto& [high, high_km] = points_[i];
    if (magnitude <= high)
      return low_km + (high_km - low_km) * (magnitude - low) / (high - low);
  }
  return points_.back().second;
}

} // namespace oq::engine
