// quick_order: the order of losses in tables that are sorted by loss.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace oq::engine {

// Indices of the values, ascending by value. Equal values do not keep their order: they come out as
// NumPy's argsort leaves them, so that tables have the reference engine's rows. Never more than
// O(n log n) comparisons. REQUIRES: no value is NaN.
std::vector<std::size_t> quick_order(std::span<const float> values);

} // namespace oq::engine
