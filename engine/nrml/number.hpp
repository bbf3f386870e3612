// Numbers in input files: finite decimal numbers, whatever the locale.
#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace oq::engine {

// Without the blanks (space, tab, newlines) at both ends.
std::string_view trimmed(std::string_view text) noexcept;

// The whole text is one finite number; NaN, infinities and rubbish are Errc::invalid_input.
Result<double> parse_number(std::string_view text);
// The whole text is one integer ("50"; "50.0" is not).
Result<std::int64_t> parse_integer(std::string_view text);
// Numbers separated by blanks; also by commas when `commas` is set. May be empty.
enum class ListSeparators { blanks, blanks_and_commas };
Result<std::vector<double>> parse_numbers(std::string_view text,
                                          ListSeparators separators = ListSeparators::blanks);
// The words of a list, without their separators.
std::vector<std::string_view> split_list(std::string_view text, ListSeparators separators);

// A piece of input fit for a message: at most 60 bytes, control characters shown as '?'.
std::string in_quotes(std::string_view text);

} // namespace oq::engine
