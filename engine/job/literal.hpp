// Python literals in job files: numbers, strings, lists, tuples, dictionaries, logscale(),
// linscale().
#pragma once

#include "engine/base/result.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace oq::engine {

struct LiteralError {
  std::string message;
  int line = 0; // counted from 0, within the literal
};

// Tuples become arrays, keys that are numbers become their text; {a = 1, b = 2} of TOML is read
// too. No names are looked up but True,
// False, None (and JSON's true, false, null) and the two scales.
std::variant<boost::json::value, LiteralError> parse_literal(std::string_view text);

// `count` values from `low` to `high`, equally spaced by ratio or by difference. REQUIRES: count >=
// 2, and 0 < low < high for the ratios.
std::vector<double> logscale(double low, double high, int count);
std::vector<double> linscale(double low, double high, int count);

} // namespace oq::engine
