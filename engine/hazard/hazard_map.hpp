// HazardMap: the intensity exceeded with given probabilities, read off a hazard curve.
#pragma once

#include <span>
#include <vector>

namespace oq::engine {

// Reads hazard curves over one set of levels at one set of probabilities.
class HazardMapReader {
public:
  HazardMapReader(std::span<const double> levels, std::span<const double> poes);

  // out[p] = intensity exceeded with probability poes[p]: logarithmic interpolation; 0 when even
  // the lowest level is exceeded less often; the highest level when it is exceeded more often.
  void read(std::span<const double> curve, std::span<double> out);

private:
  std::vector<double> log_levels_, log_poes_; // levels highest first
  std::vector<double> log_curve_;
};

} // namespace oq::engine
