// Amplification: site amplification functions by soil code, and hazard curves carried from rock to
// soil by convolution (Bazzurro & Cornell 2004, BSSA 94(6), 2110-2123, eq. 3).
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/imt.hpp"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace oq::engine {

// Amplification of one intensity measure type at one level of rock motion.
struct AmplificationStep {
  double level = 0;  // of rock, g
  double median = 1; // factor
  double sigma = 0;  // of its logarithm
};

// For ruptures from a magnitude and a distance on.
struct AmplificationFunction {
  double from_magnitude = 0, from_distance = 0;      // km
  std::vector<std::vector<AmplificationStep>> steps; // an IMT, ascending in level
};

class AmplificationTable {
public:
  // One column an IMT (the nearest period among spectral accelerations when it is not there).
  // Errors name file:line.
  static Result<AmplificationTable> read(const std::filesystem::path& file,
                                         std::span<const Imt> imts);

  double reference_vs30() const noexcept { return reference_vs30_; } // m/s
  // Null for an unknown code.
  const std::vector<AmplificationFunction>* functions(const std::string& code) const;
  // Interpolated linearly between levels, constant beyond them.
  static AmplificationStep at(std::span<const AmplificationStep> steps, double level);

private:
  double reference_vs30_ = 0;
  std::map<std::string, std::vector<AmplificationFunction>> by_code_;
};

// Probabilities of exceedance on soil from those on rock; the levels of both ascend.
std::vector<double> soil_curve(std::span<const AmplificationStep> steps,
                               std::span<const double> rock_levels,
                               std::span<const double> rock_poes,
                               std::span<const double> soil_levels);

} // namespace oq::engine
