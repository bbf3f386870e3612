// Groups of sources whose ruptures differ only in how often they occur: the branches of a logic
// tree for a and b values, slip rates and the like. Their probabilities of exceedance are computed
// once.
#pragma once

#include "engine/calculator/classical_model.hpp"

#include <vector>

namespace oq::engine {

// The sources that a group was made of, in order; none for a group of a combination.
using SourcesOfGroup = std::vector<const Source*>;

// Makes such groups variants of the first one. Every rate stays what it was, to the last bit.
void share_probabilities(const std::vector<SourcesOfGroup>& origins, ClassicalModel& model);

} // namespace oq::engine
