// MaximumDistance: how far from a site a rupture of some magnitude still counts.
#pragma once

#include "engine/job/job.hpp"

#include <string>
#include <utility>
#include <vector>

namespace oq::engine {

class MaximumDistance {
public:
  // (magnitude, km) pairs, ascending in magnitude.
  explicit MaximumDistance(std::vector<std::pair<double, double>> points)
    : points_(std::move(points)) {}

  // Of `pointsource_distance`: the outermost values hold beyond the given magnitudes.
  static MaximumDistance of_points(const Job& job, const std::string& tectonic_region);
  // The job's entry for a tectonic region, or its default. Errc::invalid_input when it has neither.
  static Result<MaximumDistance> of(const Job& job, const std::string& tectonic_region);

  // km, linear in magnitude; 0 outside the given magnitudes: such ruptures do not count.
  double at(double magnitude) const;

private:
  std::vector<std::pair<double, double>> points_;
};

} // namespace oq::engine
