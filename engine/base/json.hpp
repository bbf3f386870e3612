// JSON as text: Boost.JSON values printed with numbers as Python prints them (10.0, 3600, 1e-05).
#pragma once

#include <boost/json/value.hpp>

#include <string>

namespace oq {

// Shortest text that reads back as the same double, in Python's repr style. NaN and infinities
// print as `null`: JSON has no word for them.
std::string number_text(double value);

// Compact by default; `spaced` puts a blank after ',' and ':' as Python's json.dumps does.
enum class JsonStyle { compact, spaced };
std::string json_text(const boost::json::value& value, JsonStyle style = JsonStyle::spaced);

} // namespace oq
