// From the text of one option to its typed value.
#pragma once

#include "engine/job/job.hpp"
#include "engine/job/literal.hpp"
#include "engine/job/option_table.hpp"

#include <boost/json/value.hpp>

#include <string_view>
#include <variant>
#include <vector>

namespace oq::engine {

// Typed and in range, else what is wrong with it. An empty text is an empty list for lists and null
// for the rest. `by_key` and `distance` always become objects ({"default": 200.0}); `points` become
// [[lon, lat, depth], …].
std::variant<boost::json::value, LiteralError> parse_option_value(const OptionRule& rule,
                                                                  std::string_view text);

// "lon lat [depth], …", a plain list of pairs, or WKT (POINT, MULTIPOINT, POLYGON without holes).
// Longitudes in [-180, 180], latitudes in [-90, 90].
Result<std::vector<SitePoint>> parse_points(std::string_view text);

} // namespace oq::engine
