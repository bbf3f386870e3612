// What secondary perils make of the fields of a calculation.
#pragma once

#include "engine/gmf/field_table.hpp"
#include "engine/perils/secondary_perils.hpp"

namespace oq::engine {

// Adds the measures of the perils behind those of shaking. `imts` are the table's, `magnitudes` one
// an event. Nothing without perils.
void add_perils(const SecondaryPerils& perils, const std::vector<Imt>& imts,
                const std::vector<double>& magnitudes, FieldTable& table);

} // namespace oq::engine
