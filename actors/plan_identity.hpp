// The identity of a plan: two programs that agree on it computed the same tasks from the same
// inputs.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "store/calculation_store.hpp"

#include <cstdint>

namespace oq::actors {

// Of which calculation it is and how its plan is cut. Task weights come from the sources' geometry,
// the sites and the models, to the last bit; inputs never change once a calculation has them.
std::uint64_t plan_fingerprint(const store::CalculationRecord& record,
                               const engine::Calculator& plan);

} // namespace oq::actors
