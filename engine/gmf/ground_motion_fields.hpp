// Ground-motion fields of one rupture: random residuals round the predicted motion.
#pragma once

#include "engine/gmf/cross_correlation.hpp"
#include "engine/gmf/rupture_motion.hpp"
#include "engine/gmf/spatial_correlation.hpp"

#include <limits>

namespace oq::engine {

struct FieldSettings {
  std::vector<Imt> imts;
  double truncation_level = 99;                     // standard deviations; 0: the median
  CrossCorrelation across;                          // measures
  std::shared_ptr<const SpatialCorrelation> within; // null: independent
  std::vector<double> minimum;                      // intensity an IMT; 0: none
  std::vector<double> extreme;                      // larger values become the median
};

// Fields of the events of one rupture, in single precision as they are stored.
struct RuptureFields {
  std::vector<float> values;  // event x reached site x IMT; all 0 below every minimum
  std::vector<float> sigma;   // event x IMT, between-event standard deviation; NaN without
  std::vector<float> epsilon; // event x IMT, between-event residual
};

// `model_of_event` says which model each event uses. The same seed gives the same fields whatever
// else is computed. Errc::invalid_input: correlation with a model that has no parts of sigma.
Result<RuptureFields> compute_fields(const RuptureMotion& motion,
                                     std::span<const std::size_t> model_of_event,
                                     std::uint64_t seed, const FieldSettings& settings);

// A site whose every intensity is below its minimum is not shaken by the event: `values`, event x
// site x IMT, become 0.
void drop_weak_fields(const FieldSettings& settings, std::vector<float>& values);

} // namespace oq::engine
