// From typed parameters to the fields of a Job.
#pragma once

#include "engine/job/job.hpp"

namespace oq::engine {

// Fills the fields from `parameters` and `inputs`. Errors name file, line and option.
Result<void> assign_parameters(Job& job);

// A `sites_csv`: lon,lat[,depth] rows, with or without a header. Errors name file:line.
Result<std::vector<SitePoint>> read_sites_csv(const std::filesystem::path& file);

} // namespace oq::engine
