// ClassicalProducts: hazard curves of realizations, their statistics and maps, into the datastore.
#pragma once

#include "engine/calculator/classical_model.hpp"
#include "engine/calculator/soil_curves.hpp"
#include "engine/hazard/statistics.hpp"
#include "engine/output/datastore.hpp"

#include <vector>

namespace oq::engine {

// The statistics a job asks for, in OpenQuake's order.
std::vector<Statistic> statistics_of(const Job& job);

// Everything of datastore_keys.hpp. `rates[g]` are the rates of model.groups[g], site x model x IMT
// x level. Errors are the datastore's.
// With `soil`, curves, statistics and maps are those on soil.
Result<void> store_classical(const Job& job, const FullLogicTree& tree, const ClassicalModel& model,
                             const std::vector<std::vector<double>>& rates, const SoilCurves* soil,
                             Datastore& datastore);

} // namespace oq::engine
