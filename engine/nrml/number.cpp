// Parsing of numbers and of lists of them.
#include "engine/nrml/number.hpp"

#include <charconv>
#include <cmath>
#include <string>

namespace oq::engine {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";
constexpr std::size_t kLongestQuote = 60;

// std::from_chars knows no leading '+', which people write in exponents' company ("+1.5").
std::string_view without_plus(std::string_view text) {
  const bool signed_twice = text.size() > 1 && (text[1] == '-' || text[1] == '+');
  if (!text.empty() && text.front() == '+' && !signed_twice)
    text.remove_prefix(1);
  return text;
}

} // namespace

std::string_view trimmed(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

Result<double> parse_number(std::string_view text) {
  const std::string_view digits = without_plus(trimmed(text));
  double value = 0;
  const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (status != std::errc{} || end != digits.data() + digits.size() || digits.empty())
    return invalid_input(in_quotes(text) + " is not a number");
  if (!std::isfinite(value))
    return invalid_input(in_quotes(text) + " is not a finite number");
  return value;
}

Result<std::int64_t> parse_integer(std::string_view text) {
  const std::string_view digits = without_plus(trimmed(text));
  std::int64_t value = 0;
  const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (status != std::errc{} || end != digits.data() + digits.size() || digits.empty())
    return invalid_input(in_quotes(text) + " is not an integer");
  return value;
}

std::vector<std::string_view> split_list(std::string_view text, ListSeparators separators) {
  const std::string_view stops =
    separators == ListSeparators::blanks ? kBlanks : std::string_view(" \t\r\n\f\v,");
  std::vector<std::string_view> words;
  for (auto first = text.find_first_not_of(stops); first != std::string_view::npos;) {
    const auto end = text.find_first_of(stops, first);
    words.push_back(text.substr(first, end - first));
    first = end == std::string_view::npos ? end : text.find_first_not_of(stops, end);
  }
  return words;
}

Result<std::vector<double>> parse_numbers(std::string_view text, ListSeparators separators) {
  std::vector<double> values;
  for (const std::string_view word : split_list(text, separators)) {
    OQ_TRY(const double value, parse_number(word));
    values.push_back(value);
  }
  return values;
}

std::string in_quotes(std::string_view text) {
  const bool cut = text.size() > kLongestQuote;
  std::string shown(text.substr(0, kLongestQuote));
  // A multi-byte character is never cut in half.
  while (cut && !shown.empty() && (static_cast<unsigned char>(text[shown.size()]) & 0xC0) == 0x80)
    shown.pop_back();
  for (char& character : shown)
    if (static_cast<unsigned char>(character) < 0x20 || character == 0x7F)
      character = '?';
  return "'" + shown + (cut ? "…'" : "'");
}

} // namespace oq::engine
