// A list of names with parameters, of which only q matters.
#include "http/accept.hpp"

#include "http/head_parser.hpp"

#include <charconv>

namespace oq::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

std::string_view take(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto part = trimmed(rest.substr(0, end));
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return part;
}

// 1 without a q, 0 with one that is none.
double quality(std::string_view parameters) {
  while (!parameters.empty()) {
    const auto parameter = take(parameters, ';');
    if (parameter.size() < 2 || (parameter[0] != 'q' && parameter[0] != 'Q') || parameter[1] != '=')
      continue;
    const auto text = parameter.substr(2);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool valid = error == std::errc{} && end == text.data() + text.size();
    return valid && value > 0 ? (value < 1 ? value : 1) : 0;
  }
  return 1;
}

} // namespace

double quality_of(std::string_view header, std::string_view name) noexcept {
  while (!header.empty()) {
    auto item = take(header, ',');
    const auto found = take(item, ';');
    if (same_token(found, name))
      return quality(item);
  }
  return 0;
}

} // namespace oq::http
