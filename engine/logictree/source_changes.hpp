// The changes that uncertainties make to a source, a function each.
#pragma once

#include "engine/logictree/uncertainty.hpp"

namespace oq::engine {

// REQUIRES: the value holds what the change reads.
using SourceChange = Result<void> (*)(const UncertaintyValue& value, Source& source);

// What sources a change is for.
bool is_any(const Source& source) noexcept;
bool is_richter(const Source& source) noexcept;       // truncated Gutenberg-Richter, at every point
bool is_richter_fault(const Source& source) noexcept; // simple or complex
bool is_simple_fault(const Source& source) noexcept;
bool has_depth_range(const Source& source) noexcept;

// Of truncated Gutenberg-Richter distributions. The `add_to` ones keep the moment rate by changing
// the a-value (engine notes 2.3), `add_to_max_mag_alone` does not.
Result<void> set_ab(const UncertaintyValue&, Source&);
Result<void> set_b(const UncertaintyValue&, Source&);
Result<void> add_to_b(const UncertaintyValue&, Source&);
Result<void> set_max_mag(const UncertaintyValue&, Source&);
Result<void> add_to_max_mag(const UncertaintyValue&, Source&);
Result<void> add_to_max_mag_alone(const UncertaintyValue&, Source&);
// From the fault's area; the value counts standard deviations of the scaling relation.
Result<void> recompute_max_mag(const UncertaintyValue&, Source&);
// Rate of the moment that the slip releases on the fault's area.
Result<void> set_a_from_slip(const UncertaintyValue&, Source&);

Result<void> set_distribution(const UncertaintyValue&, Source&);
Result<void> set_scaling(const UncertaintyValue&, Source&);

Result<void> set_lower_depth(const UncertaintyValue&, Source&);
Result<void> set_dip(const UncertaintyValue&, Source&);
Result<void> add_to_dip(const UncertaintyValue&, Source&);
Result<void> set_area(const UncertaintyValue&, Source&);
// The new geometry is of the kind of the old one.
Result<void> set_geometry(const UncertaintyValue&, Source&);

} // namespace oq::engine
