// Percent-decoding (RFC 3986, 2.1) and form-style query strings (WHATWG URL, 5.1).
#include "http/target.hpp"

namespace oq::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

// The byte of the escape that starts at `at`, or -1.
int escaped_byte(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size())
    return -1;
  const int high = hex_digit(text[at + 1]);
  const int low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string decode_form(std::string_view raw) {
  std::string decoded;
  decoded.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const int byte = raw[i] == '%' ? escaped_byte(raw, i) : -1;
    if (byte >= 0) {
      decoded.push_back(static_cast<char>(byte));
      i += 2;
    } else {
      decoded.push_back(raw[i] == '+' ? ' ' : raw[i]);
    }
  }
  return decoded;
}

} // namespace

std::optional<std::string> decode_path(std::string_view raw) {
  std::string decoded;
  decoded.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '%') {
      decoded.push_back(raw[i]);
      continue;
    }
    const int byte = escaped_byte(raw, i);
    if (byte <= 0)
      return std::nullopt;
    decoded.push_back(static_cast<char>(byte));
    i += 2;
  }
  return decoded;
}

std::vector<QueryParameter> parse_query(std::string_view raw) {
  std::vector<QueryParameter> parameters;
  while (!raw.empty()) {
    const std::string_view item = raw.substr(0, raw.find('&'));
    raw.remove_prefix(std::min(raw.size(), item.size() + 1));
    if (item.empty())
      continue;
    const std::size_t equals = item.find('=');
    const std::string_view value =
      equals == std::string_view::npos ? std::string_view{} : item.substr(equals + 1);
    parameters.push_back({decode_form(item.substr(0, equals)), decode_form(value)});
  }
  return parameters;
}

} // namespace oq::http
