// The options of a job file: their names, old names, types, ranges and defaults.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace oq::engine {

enum class OptionKind : unsigned char {
  text,
  real,
  integer,
  boolean,
  reals,      // [0.1, 0.2] or 0.1 0.2 or 0.1, 0.2
  words,      // separated by blanks or commas
  dictionary, // a Python literal
  by_key,     // a number, or a dictionary of values by tectonic region, IMT or loss type
  distance,   // as by_key; also (magnitude, km) pairs, or the word magdist
  points,     // lon lat [depth], …
  list,       // a Python literal or free words
};

enum class Range : unsigned char {
  any,
  positive,
  not_negative,
  probability,      // [0, 1]
  open_probability, // (0, 1)
};

struct OptionRule {
  std::string_view name;
  OptionKind kind = OptionKind::text;
  Range range = Range::any;
  std::string_view default_value = {}; // a literal; empty: no default
};

// Sorted by name.
std::span<const OptionRule> option_table();
const OptionRule* find_option(std::string_view name);
struct OptionAlias {
  std::string_view old_name, name;
};
std::span<const OptionAlias> option_aliases();
// Today's name of an option with an old one, else the name itself.
std::string_view canonical_name(std::string_view name);

// True for an option that names input files ("exposure_file", "sites_csv").
bool is_input_option(std::string_view name);
// The input's name: the option's without its ending ("exposure", "sites").
std::string_view input_name(std::string_view option);

// The known option or input option that `name` may be a slip of; empty when none is near.
std::string nearest_option(std::string_view name);

} // namespace oq::engine
