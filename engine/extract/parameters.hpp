// The parameters of an extraction: which kinds, intensity measure types, sites and tags are wanted.
#pragma once

#include "engine/extract/extraction.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oq::engine {

// Values of a name in the order given; clients also send lists in one value: "PGA,PGV" is not
// split, because SA(0.1) and taxonomies may hold commas.
std::vector<std::string> values_of(const Parameters& parameters, std::string_view name);
bool has(const Parameters& parameters, std::string_view name);
// The last value, or empty.
std::string value_of(const Parameters& parameters, std::string_view name);

// Positions in `names` of what is asked for, in the order of `names`; all of them when nothing is.
// Errc::invalid_input: one that is not there.
Result<std::vector<std::size_t>> chosen(const std::vector<std::string>& names,
                                        const std::vector<std::string>& asked,
                                        const std::string& what);
// The same for numbers from 0 to count - 1.
Result<std::vector<std::size_t>>
chosen_numbers(std::size_t count, const std::vector<std::string>& asked, const std::string& what);

// One statistic ("mean", "quantile-0.15") or realization ("rlz-000") of the two arrays of a result.
struct Kind {
  std::string name;
  bool is_statistic = false;
  std::size_t index = 0; // along the second axis
};

// `asked` are values of `kind`: "stats", "rlzs", "rlz-0", "rlz-000" or a statistic's name. Nothing:
// the statistics, or where there are none the realizations.
Result<std::vector<Kind>> chosen_kinds(const std::vector<std::string>& statistics,
                                       const std::vector<std::string>& realizations,
                                       const std::vector<std::string>& asked);

} // namespace oq::engine
