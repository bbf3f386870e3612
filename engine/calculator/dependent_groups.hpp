// Groups of sources whose probabilities do not simply multiply: mutually exclusive sources or
// ruptures, clusters, groups that happen with some probability.
#pragma once

#include "engine/calculator/classical_model.hpp"

#include <vector>

namespace oq::engine {

// A source group, and the paths of the source-model tree that it occurs in.
struct DependentGroup {
  const SourceGroup* group = nullptr;
  std::vector<std::size_t> paths; // ascending
};
// Those of one tectonic region; equal ones of different paths are one.
std::vector<DependentGroup> dependent_groups(const FullLogicTree& tree, const std::string& region);

// How a set of sources of the group adds up.
void set_summation(const GroupDependence& dependence, SourceSet& set);

// Puts the rates of each combination into those of its first group, and 0 into the others.
// `rates`: one array a group of the model, as ClassicalModel::values_per_site describes.
void combine(const ClassicalModel& model, std::vector<std::vector<double>>& rates);
// The same for one of them, which has groups; `rates`: one array a group of it, all of one size.
void combine(const Combination& combination, double investigation_time,
             std::vector<std::vector<double>>& rates);

} // namespace oq::engine
