// A recursive descent over Python's literals, bounded in depth and in what it builds.
#include "engine/job/literal.hpp"

#include "engine/nrml/number.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace json = boost::json;
namespace {

constexpr int kDeepest = 16;
constexpr std::size_t kMostValues = 100'000;

class LiteralParser {
public:
  explicit LiteralParser(std::string_view text) : text_(text) {}

  Result<json::value> parse() {
    OQ_TRY(json::value value, parse_value(0));
    skip_blanks();
    if (at_ != text_.size())
      return fail("unexpected " + in_quotes(text_.substr(at_)));
    return value;
  }

  int line() const { return static_cast<int>(std::ranges::count(text_.substr(0, at_), '\n')); }

private:
  Result<json::value> parse_value(int depth) {
    skip_blanks();
    if (depth > kDeepest)
      return fail("nested too deeply");
    if (++values_ > kMostValues)
      return fail("too many values");
    const char next = peek();
    if (next == '[' || next == '(')
      return parse_sequence(next == '[' ? ']' : ')', depth);
    if (next == '{')
      return parse_dictionary(depth);
    if (next == '\'' || next == '"') {
      OQ_TRY(const std::string text, parse_string());
      return json::value(text);
    }
    return parse_word(depth);
  }

  Result<json::value> parse_sequence(char close, int depth) {
    ++at_;
    json::array values;
    bool comma = false;
    while (!accept(close)) {
      if (!values.empty() && !comma)
        return fail("expected ',' or '" + std::string(1, close) + "'");
      OQ_TRY(json::value value, parse_value(depth + 1));
      values.push_back(std::move(value));
      comma = accept(',');
    }
    // Python: parentheses round one value without a comma are only parentheses.
    if (close == ')' && values.size() == 1 && !comma)
      return std::move(values.front());
    return json::value(std::move(values));
  }

  Result<json::value> parse_dictionary(int depth) {
    ++at_;
    json::object entries;
    bool comma = false;
    while (!accept('}')) {
      if (!entries.empty() && !comma)
        return fail("expected ',' or '}'");
      OQ_TRY(const std::string key, parse_key());
      if (entries.contains(key))
        return fail("the key " + in_quotes(key) + " is given twice");
      OQ_TRY(json::value value, parse_value(depth + 1));
      entries.emplace(key, std::move(value));
      comma = accept(',');
    }
    return json::value(std::move(entries));
  }

  // With what separates it from its value: Python's ':', or the '=' of TOML's tables in one line,
  // whose keys need no quotes.
  Result<std::string> parse_key() {
    skip_blanks();
    const bool quoted = peek() == '\'' || peek() == '"';
    std::string key;
    if (quoted) {
      OQ_TRY(key, parse_string());
    } else {
      key = take_word();
    }
    if (accept('='))
      return key.empty() ? Result<std::string>(fail("a key is missing")) : key;
    if (!quoted && !parse_number(key))
      return fail("a key must be a string or a number");
    if (!accept(':'))
      return fail("expected ':' after the key " + in_quotes(key));
    return key;
  }

  Result<std::string> parse_string() {
    const char quote = text_[at_++];
    std::string text;
    for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\n')
        break;
      if (text_[at_] != '\\') {
        text.push_back(text_[at_]);
        continue;
      }
      ++at_;
      if (peek() != '\\' && peek() != '\'' && peek() != '"')
        return fail("only \\\\, \\' and \\\" are known after a backslash");
      text.push_back(text_[at_]);
    }
    if (peek() != quote)
      return fail("a string is not closed");
    ++at_;
    return text;
  }

  Result<json::value> parse_word(int depth) {
    const std::string_view word = take_word();
    if (word == "True" || word == "true")
      return json::value(true);
    if (word == "False" || word == "false")
      return json::value(false);
    if (word == "None" || word == "null")
      return json::value(nullptr);
    if (word == "logscale" || word == "linscale")
      return parse_scale(word == "logscale", depth);
    if (const auto integer = parse_integer(word))
      return json::value(*integer);
    const auto number = parse_number(word);
    if (!number)
      return fail(word.empty() ? "a value is missing" : number.error().message);
    return json::value(*number);
  }

  Result<json::value> parse_scale(bool logarithmic, int depth) {
    skip_blanks();
    if (peek() != '(')
      return fail("a scale needs (lowest, highest, number of values)");
    OQ_TRY(const json::value given, parse_sequence(')', depth + 1));
    const json::array* arguments = given.if_array();
    if (!arguments || arguments->size() != 3 || !(*arguments)[0].is_number()
        || !(*arguments)[1].is_number() || !(*arguments)[2].is_int64())
      return fail("a scale needs (lowest, highest, number of values)");
    const double low = (*arguments)[0].to_number<double>();
    const double high = (*arguments)[1].to_number<double>();
    const std::int64_t count = (*arguments)[2].as_int64();
    if (low >= high || (logarithmic && low <= 0))
      return fail(logarithmic ? "logscale needs 0 < lowest < highest"
                              : "linscale needs lowest < highest");
    if (count < 2 || count > static_cast<std::int64_t>(kMostValues))
      return fail("a scale needs between 2 and " + std::to_string(kMostValues) + " values");
    values_ += static_cast<std::size_t>(count);
    if (values_ > kMostValues)
      return fail("too many values");
    const auto values = logarithmic ? logscale(low, high, static_cast<int>(count))
                                    : linscale(low, high, static_cast<int>(count));
    return json::value(json::array(values.begin(), values.end()));
  }

  std::string_view take_word() {
    const auto end = std::min(text_.find_first_of(" \t\r\n,:=[](){}'\"", at_), text_.size());
    const std::string_view word = text_.substr(at_, end - at_);
    at_ = end;
    return word;
  }

  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool accept(char expected) {
    skip_blanks();
    if (peek() != expected)
      return false;
    ++at_;
    return true;
  }
  static Error fail(std::string message) { return invalid_input(std::move(message)); }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
};

} // namespace

std::variant<json::value, LiteralError> parse_literal(std::string_view text) {
  LiteralParser parser(text);
  auto value = parser.parse();
  if (!value)
    return LiteralError{value.error().message, parser.line()};
  return *std::move(value);
}

std::vector<double> logscale(double low, double high, int count) {
  std::vector<double> values(static_cast<std::size_t>(count));
  const double span = std::log(high / low);
  for (int i = 0; i < count; ++i)
    values[static_cast<std::size_t>(i)] = std::exp(span * i / (count - 1)) * low;
  return values;
}

std::vector<double> linscale(double low, double high, int count) {
  std::vector<double> values(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    values[static_cast<std::size_t>(i)] = low + (high - low) * i / (count - 1);
  return values;
}

} // namespace oq::engine
