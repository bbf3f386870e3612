// Why not Pistache::Http::RequestParser: 0.0.5 fails a request for `Cookie: a` or an odd Date,
// takes `Content-Length: abc` for 0, ignores Transfer-Encoding beside Content-Length, leaves no raw
// target, and lacks upstream's fixes of reads past its buffer.
#include "http/head_parser.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace oq::http {
namespace {

enum : std::uint8_t { token_char = 1, value_char = 2, target_char = 4 };

constexpr std::array<std::uint8_t, 256> kCharClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool alphanumeric =
      (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (alphanumeric)
      classes[c] |= token_char;
    if (c == '\t' || (c >= 0x20 && c != 0x7f))
      classes[c] |= value_char;
    if (c > 0x20 && c != 0x7f)
      classes[c] |= target_char;
  }
  for (const char c : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
    classes[static_cast<unsigned char>(c)] |= token_char;
  return classes;
}();

bool all_of_class(std::string_view text, std::uint8_t wanted) {
  for (const char c : text)
    if ((kCharClasses[static_cast<unsigned char>(c)] & wanted) == 0)
      return false;
  return true;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

Method method_of(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, Method>, 7> kMethods{
    {{"GET", Method::get},
     {"HEAD", Method::head},
     {"POST", Method::post},
     {"PUT", Method::put},
     {"DELETE", Method::remove},
     {"PATCH", Method::patch},
     {"OPTIONS", Method::options}}};
  for (const auto& [name, method] : kMethods)
    if (name == text)
      return method;
  return Method::other;
}

constexpr Refusal bad(std::string_view reason) {
  return {400, reason};
}

// Splits the target into path and query; an absolute-form target loses its scheme and authority.
Refusal split_target(RequestHead& head) {
  std::string_view rest = head.target;
  if (rest == "*" && head.method == Method::options) {
    head.raw_path = rest;
    return {};
  }
  if (const std::size_t scheme = rest.find("://"); !rest.starts_with('/')) {
    if (scheme == std::string_view::npos || !same_token(rest.substr(0, 4), "http"))
      return bad("malformed request target");
    const std::size_t slash = rest.find_first_of("/?", scheme + 3);
    rest = slash == std::string_view::npos ? std::string_view{"/"} : rest.substr(slash);
  }
  rest = rest.substr(0, rest.find('#'));
  const std::size_t mark = rest.find('?');
  head.raw_path = rest.substr(0, mark);
  if (head.raw_path.empty())
    head.raw_path = "/";
  if (mark != std::string_view::npos)
    head.raw_query = rest.substr(mark + 1);
  return {};
}

Refusal parse_request_line(std::string_view line, const Limits& limits, RequestHead& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return bad("malformed request line");
  head.method_text = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (head.method_text.empty() || head.method_text.size() > 32
      || !all_of_class(head.method_text, token_char))
    return bad("malformed method");
  if (head.target.size() > limits.max_target)
    return {414, "request target too long"};
  if (head.target.empty() || !all_of_class(head.target, target_char))
    return bad("malformed request target");
  if (version == "HTTP/1.1")
    head.version = Version::http11;
  else if (version == "HTTP/1.0")
    head.version = Version::http10;
  else if (version.starts_with("HTTP/"))
    return {505, "HTTP version not supported"};
  else
    return bad("malformed request line");
  head.method = method_of(head.method_text);
  head.keep_alive = head.version == Version::http11;
  return split_target(head);
}

Refusal read_content_length(std::string_view value, RequestHead& head) {
  if (value.empty() || value.find_first_not_of("0123456789") != std::string_view::npos)
    return bad("malformed Content-Length");
  if (value.size() > 18) // more than any limit; keeps the sum below from overflowing
    return {413, "body too large"};
  std::uint64_t length = 0;
  for (const char digit : value)
    length = length * 10 + static_cast<std::uint64_t>(digit - '0');
  if (head.content_length && *head.content_length != length)
    return bad("conflicting Content-Length");
  head.content_length = length;
  return {};
}

Refusal read_transfer_encoding(std::string_view value, RequestHead& head) {
  if (head.chunked)
    return bad("repeated Transfer-Encoding");
  if (!same_token(value, "chunked"))
    return {501, "transfer encoding not supported"};
  head.chunked = true;
  return {};
}

void read_connection(std::string_view value, RequestHead& head) {
  while (!value.empty()) {
    const std::string_view option = value.substr(0, value.find(','));
    value.remove_prefix(std::min(value.size(), option.size() + 1));
    if (same_token(trimmed(option), "close"))
      head.keep_alive = false;
    else if (head.version == Version::http10 && same_token(trimmed(option), "keep-alive"))
      head.keep_alive = true;
  }
}

// The few headers that decide framing and the life of the connection.
Refusal read_framing(const HeaderField& field, RequestHead& head) {
  switch (field.name.size()) {
  case 4:
    if (same_token(field.name, "Host")) {
      if (head.has_host)
        return bad("repeated Host");
      head.has_host = true;
    }
    break;
  case 6:
    if (same_token(field.name, "Expect")) {
      if (!same_token(field.value, "100-continue"))
        return {417, "expectation not supported"};
      head.expects_continue = head.version == Version::http11;
    }
    break;
  case 10:
    if (same_token(field.name, "Connection"))
      read_connection(field.value, head);
    break;
  case 14:
    if (same_token(field.name, "Content-Length"))
      return read_content_length(field.value, head);
    break;
  case 17:
    if (same_token(field.name, "Transfer-Encoding"))
      return read_transfer_encoding(field.value, head);
    break;
  default:
    break;
  }
  return {};
}

Refusal parse_field(std::string_view line, const Limits& limits, RequestHead& head) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0)
    return bad("malformed header line");
  const HeaderField field{line.substr(0, colon), trimmed(line.substr(colon + 1))};
  if (!all_of_class(field.name, token_char))
    return bad("malformed header name");
  if (!all_of_class(field.value, value_char))
    return bad("control character in a header");
  if (head.fields.size() == limits.max_header_count)
    return {431, "too many headers"};
  head.fields.push_back(field);
  return read_framing(field, head);
}

Refusal check_framing(const RequestHead& head) {
  if (head.chunked && head.content_length)
    return bad("both Content-Length and Transfer-Encoding");
  if (head.chunked && head.version == Version::http10)
    return bad("Transfer-Encoding in HTTP/1.0");
  if (!head.has_host && head.version == Version::http11)
    return bad("missing Host");
  return {};
}

Refusal parse_lines(std::string_view lines, const Limits& limits, RequestHead& head) {
  bool first = true;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\r'));
    if (lines.size() < line.size() + 2 || lines[line.size() + 1] != '\n')
      return bad("bare carriage return");
    lines.remove_prefix(line.size() + 2);
    if (Refusal refusal =
          first ? parse_request_line(line, limits, head) : parse_field(line, limits, head))
      return refusal;
    first = false;
  }
  return check_framing(head);
}

// What can be refused before the head is complete, so that garbage is not waited for.
Refusal refuse_early(std::string_view bytes, std::size_t searched, const Limits& limits) {
  if ((kCharClasses[static_cast<unsigned char>(bytes.front())] & token_char) == 0)
    return bad("not an HTTP request");
  for (std::size_t at = bytes.find('\n', searched); at != std::string_view::npos;
       at = bytes.find('\n', at + 1))
    if (at == 0 || bytes[at - 1] != '\r')
      return bad("bare line feed");
  constexpr std::size_t kAroundTarget = 64; // method, version and blanks
  if (bytes.size() > limits.max_target + kAroundTarget
      && bytes.substr(0, limits.max_target + kAroundTarget).find('\r') == std::string_view::npos)
    return {414, "request target too long"};
  if (bytes.size() >= limits.max_head)
    return {431, "request head too large"};
  return {};
}

HeadOutcome refused(Refusal refusal) {
  return {HeadOutcome::Kind::refused, 0, refusal};
}

} // namespace

bool same_token(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return lower(x) == lower(y);
         });
}

std::string_view RequestHead::header(std::string_view name) const noexcept {
  for (const HeaderField& field : fields)
    if (same_token(field.name, name))
      return field.value;
  return {};
}

void RequestHead::clear() {
  std::vector<HeaderField> kept = std::move(fields);
  kept.clear();
  *this = RequestHead{};
  fields = std::move(kept);
}

HeadOutcome parse_head(std::string_view bytes, std::size_t searched, const Limits& limits,
                       RequestHead& head) {
  head.clear();
  if (bytes.empty())
    return {};
  const std::size_t end = bytes.find("\r\n\r\n", searched < 3 ? 0 : searched - 3);
  if (end == std::string_view::npos || end + 4 > limits.max_head) {
    const Refusal refusal = refuse_early(bytes, searched, limits);
    return refusal ? refused(refusal) : HeadOutcome{};
  }
  if (const Refusal refusal = parse_lines(bytes.substr(0, end + 2), limits, head))
    return refused(refusal);
  return {HeadOutcome::Kind::complete, end + 4, {}};
}

} // namespace oq::http
