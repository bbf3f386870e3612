// SecondPass: looks at the ruptures of a finished calculation once more, for other values than
// curves.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/calculator/classical_model.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace oq::engine {

struct SecondPass {
  std::shared_ptr<const MotionKernel> kernel;
  std::size_t values = 0; // that the kernel makes of a site and IMT
  // Locations of a group, counted as in its set, that are looked at one range after the other; an
  // empty range, and none at all, add nothing.
  std::function<std::vector<LocationRange>(const RateGroup& group)> parts;
  std::size_t sums = 1;
  // To which of the sums such a range of a group (an index into the model's) adds; to none of them
  // when there is no value.
  std::function<std::optional<std::size_t>(std::size_t group, std::size_t part)> sum_of;
};

LocationRange all_locations(const RateGroup& group);

// Means over realizations: an array of site x IMT x value a sum, empty where nothing was looked at.
// What depends on each other is combined and adds to the sum of its first group. Goes through the
// groups once, and holds the values of one group, or of one combination, at a time.
// Errc::invalid_input: too many values for the memory; Errc::aborted when `watch` says so.
Result<std::vector<std::vector<double>>> second_pass(const FullLogicTree& tree,
                                                     const ClassicalModel& model,
                                                     const SecondPass& pass,
                                                     const FinishWatch& watch);

} // namespace oq::engine
