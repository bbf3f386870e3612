// What a job must have, and what must fit together.
#pragma once

#include "engine/job/job.hpp"

namespace oq::engine {

// Errors name file, line (where the option is there) and option.
Result<void> check_job(const Job& job, bool has_hazard);

} // namespace oq::engine
