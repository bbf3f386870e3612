// MeanLevels: the motions that the mean hazard exceeds with given probabilities.
#pragma once

#include "engine/job/job.hpp"
#include "engine/output/datastore.hpp"

#include <vector>

namespace oq::engine {

// Of the stored mean curves, logarithms: site x IMT x probability of the job. REQUIRES: the job has
// the mean and poes.
Result<std::vector<double>> mean_levels(const Job& job, const Datastore& datastore);

} // namespace oq::engine
