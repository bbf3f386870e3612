// Prints Boost.JSON values; the library's own printer writes 1E1 where users expect 10.0.
#include "engine/base/json.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace oq {
namespace {

// Digits and decimal exponent of the shortest representation: 0.d1d2d3… * 10^exponent.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

Decimal shortest_decimal(double magnitude) {
  std::array<char, 40> buffer{};
  auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                           std::chars_format::scientific)
               .ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const auto mark = text.find('e');
  Decimal out;
  for (char c : text.substr(0, mark))
    if (c != '.')
      out.digits += c;
  out.exponent = std::atoi(text.data() + mark + 1) + 1;
  return out;
}

class Printer {
public:
  explicit Printer(JsonStyle style) : gap_(style == JsonStyle::spaced ? " " : "") {}

  void print(const boost::json::value& value) {
    if (value.is_object())
      print_object(value.get_object());
    else if (value.is_array())
      print_array(value.get_array());
    else if (value.is_double())
      out_ += number_text(value.get_double());
    else
      out_ += boost::json::serialize(value);
  }

  std::string take() { return std::move(out_); }

private:
  void print_object(const boost::json::object& object) {
    std::string_view separator;
    const std::string comma = "," + std::string(gap_);
    out_ += '{';
    for (const auto& [key, member] : object) {
      out_ += separator;
      out_ += boost::json::serialize(boost::json::string_view(key));
      out_ += ':';
      out_ += gap_;
      print(member);
      separator = comma;
    }
    out_ += '}';
  }

  void print_array(const boost::json::array& array) {
    std::string_view separator;
    const std::string comma = "," + std::string(gap_);
    out_ += '[';
    for (const auto& element : array) {
      out_ += separator;
      print(element);
      separator = comma;
    }
    out_ += ']';
  }

  std::string out_;
  std::string_view gap_;
};

} // namespace

std::string number_text(double value) {
  if (!std::isfinite(value))
    return "null";
  std::string sign = std::signbit(value) ? "-" : "";
  if (value == 0.0)
    return sign + "0.0";
  auto [digits, exponent] = shortest_decimal(std::abs(value));
  const int count = static_cast<int>(digits.size());
  if (exponent > 16 || exponent < -3) { // Python switches to the exponent form here
    std::string mantissa = digits.substr(0, 1);
    if (count > 1)
      mantissa += "." + digits.substr(1);
    const int power = exponent - 1;
    std::string magnitude = std::to_string(std::abs(power));
    if (magnitude.size() < 2)
      magnitude.insert(0, "0");
    return sign + mantissa + "e" + (power < 0 ? "-" : "+") + magnitude;
  }
  if (exponent <= 0)
    return sign + "0." + std::string(static_cast<std::size_t>(-exponent), '0') + digits;
  if (count <= exponent)
    return sign + digits + std::string(static_cast<std::size_t>(exponent - count), '0') + ".0";
  return sign + digits.substr(0, static_cast<std::size_t>(exponent)) + "."
         + digits.substr(static_cast<std::size_t>(exponent));
}

std::string json_text(const boost::json::value& value, JsonStyle style) {
  Printer printer(style);
  printer.print(value);
  return printer.take();
}

} // namespace oq
