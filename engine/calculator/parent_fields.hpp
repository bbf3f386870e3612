// Fields of a finished calculation as those of another scenario.
#pragma once

#include "engine/calculator/calculator.hpp"

namespace oq::engine {

// A scenario that starts from a calculation with ground-motion fields shows those, and computes
// none: as in the reference engine, whatever ruptures and models its job names.
// REQUIRES: the calculation has fields.
Result<std::unique_ptr<Calculator>> make_parent_fields(const Job& job,
                                                       std::shared_ptr<const Datastore> parent);

} // namespace oq::engine
