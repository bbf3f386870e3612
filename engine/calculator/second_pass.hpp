// SecondPass: looks at the ruptures of a finished calculation once more, for other values than
// curves.
#pragma once

#include "engine/calculator/classical_model.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace oq::engine {

// Which locations of a group are wanted, counted as in its set; an empty range: none.
using ChosenLocations = std::function<LocationRange(const RateGroup& group)>;
LocationRange all_locations(const RateGroup& group);

// What a kernel makes of the locations that are chosen: one array a group, site x model x IMT x
// value, of zeros or empty for the others; what depends on each other is combined.
Result<std::vector<std::vector<double>>> second_pass(const ClassicalModel& model,
                                                     std::shared_ptr<const MotionKernel> kernel,
                                                     std::size_t values,
                                                     const ChosenLocations& chosen);

// Means over realizations of one group's array: site x IMT x value.
std::vector<double> means_of_group(const FullLogicTree& tree, const ClassicalModel& model,
                                   std::size_t group, const std::vector<double>& rates);

} // namespace oq::engine
