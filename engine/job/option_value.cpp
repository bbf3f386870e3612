// Typing and range checks of option values, driven by the option table.
#include "engine/job/option_value.hpp"

#include "engine/nrml/number.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

namespace oq::engine {
namespace json = boost::json;
namespace {

// magdist: ruptures below 3 are out, then 150 km at 6 and 600 km at 10 (engine notes 2.9).
constexpr std::array<std::array<double, 2>, 3> kMagDist{{{3, 0}, {6, 150}, {10, 600}}};

Result<void> check_range(Range range, double value) {
  switch (range) {
  case Range::any:
    return {};
  case Range::positive:
    return value > 0 ? Result<void>{} : invalid_input("must be above 0");
  case Range::not_negative:
    return value >= 0 ? Result<void>{} : invalid_input("must not be negative");
  case Range::probability:
    return value >= 0 && value <= 1 ? Result<void>{} : invalid_input("must be between 0 and 1");
  case Range::open_probability:
    return value > 0 && value < 1 ? Result<void>{} : invalid_input("must be above 0 and below 1");
  }
  return {};
}

Result<json::value> parse_boolean(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  for (const std::string_view yes : {"true", "t", "yes", "y", "1"})
    if (lower == yes)
      return json::value(true);
  for (const std::string_view no : {"false", "f", "no", "n", "0"})
    if (lower == no)
      return json::value(false);
  return invalid_input(in_quotes(text) + " is neither true nor false");
}

Result<json::value> parse_literal_value(std::string_view text, int& line) {
  auto parsed = parse_literal(text);
  if (const auto* error = std::get_if<LiteralError>(&parsed)) {
    line = error->line;
    return invalid_input(error->message);
  }
  return std::get<json::value>(std::move(parsed));
}

Result<json::value> parse_reals(const OptionRule& rule, std::string_view text, int& line) {
  json::array values;
  if (text.starts_with('[') || text.starts_with('(') || text.starts_with('l')) {
    OQ_TRY(const json::value literal, parse_literal_value(text, line));
    if (!literal.is_array())
      return invalid_input("must be a list of numbers");
    for (const json::value& item : literal.as_array()) {
      if (!item.is_number())
        return invalid_input("must be a list of numbers");
      values.emplace_back(item.to_number<double>());
    }
  } else {
    OQ_TRY(const auto numbers, parse_numbers(text, ListSeparators::blanks_and_commas));
    values = json::array(numbers.begin(), numbers.end());
  }
  for (const json::value& value : values)
    OQ_CHECK(check_range(rule.range, value.as_double()));
  return json::value(std::move(values));
}

json::value parse_words(std::string_view text) {
  json::array words;
  for (const std::string_view word : split_list(text, ListSeparators::blanks_and_commas))
    words.emplace_back(json::string(word));
  return words;
}

// (magnitude, km) pairs, magnitudes ascending.
Result<void> check_pairs(Range range, const json::array& pairs) {
  double previous = -1;
  for (const json::value& item : pairs) {
    const json::array* pair = item.if_array();
    if (!pair || pair->size() != 2 || !(*pair)[0].is_number() || !(*pair)[1].is_number())
      return invalid_input("must be pairs of magnitude and distance");
    const double magnitude = (*pair)[0].to_number<double>();
    if (magnitude <= previous)
      return invalid_input("the magnitudes must ascend");
    OQ_CHECK(check_range(range, (*pair)[1].to_number<double>()));
    previous = magnitude;
  }
  if (pairs.size() < 2)
    return invalid_input("at least two pairs of magnitude and distance are needed");
  return {};
}

Result<json::value> parse_keyed(const OptionRule& rule, std::string_view text, int& line) {
  if (rule.kind == OptionKind::distance && text == "magdist") {
    json::array pairs;
    for (const auto& [magnitude, distance] : kMagDist)
      pairs.push_back(json::array{magnitude, distance});
    return json::value(json::object{{"default", std::move(pairs)}});
  }
  OQ_TRY(json::value literal, parse_literal_value(text, line));
  json::object by_key;
  if (literal.is_object())
    by_key = std::move(literal.as_object());
  else
    by_key["default"] = std::move(literal);
  for (auto& [key, value] : by_key) {
    if (value.is_number()) {
      value = value.to_number<double>();
      OQ_CHECK(check_range(rule.range, value.as_double()));
    } else if (rule.kind == OptionKind::distance && value.is_array()) {
      OQ_CHECK(check_pairs(rule.range, value.as_array()));
    } else {
      return invalid_input("the value for " + in_quotes(key) + " must be a number");
    }
  }
  return json::value(std::move(by_key));
}

// A literal where there is one, words otherwise.
Result<json::value> parse_list(std::string_view text, int& line) {
  constexpr std::string_view kOpenings = "[({'\"";
  if (kOpenings.find(text.front()) == std::string_view::npos)
    return parse_words(text);
  return parse_literal_value(text, line);
}

Result<json::value> parse_points_value(std::string_view text) {
  OQ_TRY(const auto points, parse_points(text));
  json::array values;
  for (const SitePoint& point : points)
    values.push_back(json::array{point.lon, point.lat, point.depth});
  return json::value(std::move(values));
}

Result<json::value> parse_typed(const OptionRule& rule, std::string_view text, int& line) {
  switch (rule.kind) {
  case OptionKind::text:
    return json::value(json::string(text));
  case OptionKind::real: {
    OQ_TRY(const double number, parse_number(text));
    OQ_CHECK(check_range(rule.range, number));
    return json::value(number);
  }
  case OptionKind::integer: {
    OQ_TRY(const std::int64_t number, parse_integer(text));
    OQ_CHECK(check_range(rule.range, static_cast<double>(number)));
    return json::value(number);
  }
  case OptionKind::boolean:
    return parse_boolean(text);
  case OptionKind::reals:
    return parse_reals(rule, text, line);
  case OptionKind::words:
    return parse_words(text);
  case OptionKind::dictionary: {
    OQ_TRY(json::value literal, parse_literal_value(text, line));
    if (!literal.is_object())
      return invalid_input("must be a dictionary {key: value, …}");
    return literal;
  }
  case OptionKind::by_key:
  case OptionKind::distance:
    return parse_keyed(rule, text, line);
  case OptionKind::points:
    return parse_points_value(text);
  case OptionKind::list:
    return parse_list(text, line);
  }
  return Error{Errc::internal, "unknown kind of option", {}};
}

bool is_list(OptionKind kind) {
  return kind == OptionKind::reals || kind == OptionKind::words || kind == OptionKind::list;
}

} // namespace

std::variant<json::value, LiteralError> parse_option_value(const OptionRule& rule,
                                                           std::string_view text) {
  if (text.empty())
    return is_list(rule.kind) ? json::value(json::array{}) : json::value(nullptr);
  int line = 0;
  auto value = parse_typed(rule, text, line);
  if (!value)
    return LiteralError{value.error().message, line};
  return *std::move(value);
}

} // namespace oq::engine
