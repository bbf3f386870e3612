// Options and inputs that would change the numbers and are not computed yet: refused, never
// ignored.
#pragma once

#include "engine/job/job.hpp"

namespace oq::engine {

// Errc::invalid_input names the option, its line, and what value would be accepted.
Result<void> refuse_unsupported(const Job& job);

} // namespace oq::engine
