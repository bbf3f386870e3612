// Mean and deviation of fields over all events, in the arithmetic of the reference engine.
#pragma once

#include "engine/gmf/field_table.hpp"

namespace oq::engine {

// `weights` of realizations; `minimum` intensities, one an IMT, stand for sites that an event does
// not shake. Result: {mean, deviation} major, then site, then IMT; 0 at sites that no event shakes.

// Geometric, of fields that were computed. Logarithms, their squares and the sums of both are
// floats: the deviation of equal values is what this rounding leaves, and is shown by users.
std::vector<float> average_computed_fields(const FieldTable& table, const FieldEvents& events,
                                           const std::vector<double>& weights,
                                           const std::vector<double>& minimum, std::size_t sites);

// Arithmetic, of fields that were read, over the events that shake a site.
std::vector<float> average_read_fields(const FieldTable& table, std::size_t sites);

// The logarithm of NumPy's vector loops for floats, bit for bit. REQUIRES: 0 < x < infinity.
float single_precision_log(float x);

} // namespace oq::engine
