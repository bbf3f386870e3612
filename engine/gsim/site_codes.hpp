// How site parameters that are words in a site model become the numbers of a PairBatch.
#pragma once

#include <optional>
#include <string_view>

namespace oq::engine {

// `geology`: index of the unit in the European slope-geology map, PRECAMBRIAN 0 to UNKNOWN 7, in
// any case; -1 for any other word (the model then has no unit-specific term).
double geology_code(std::string_view unit);

// `siteclass`: a single letter stands for its upper-case character code. Nothing for other texts.
std::optional<double> siteclass_code(std::string_view letter);

} // namespace oq::engine
