// Keeps only what may be the start of a boundary or an incomplete part head; the rest passes
// through.
#include "http/multipart_parser.hpp"

#include "http/target.hpp"

#include <algorithm>

namespace oq::http {
namespace {

constexpr Refusal bad(std::string_view reason) {
  return {400, reason};
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

// Takes one `; name=value` off `rest`; the value unquoted. False at the end or on nonsense.
bool next_parameter(std::string_view& rest, std::string_view& name, std::string& value) {
  rest = trimmed(rest);
  while (rest.starts_with(';'))
    rest = trimmed(rest.substr(1));
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos)
    return false;
  name = trimmed(rest.substr(0, equals));
  rest = trimmed(rest.substr(equals + 1));
  value.clear();
  if (!rest.starts_with('"')) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    value = trimmed(rest.substr(0, end));
    rest.remove_prefix(end);
    return true;
  }
  std::size_t at = 1;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    // Browsers escape quotes as %22; others as \". A lone backslash is part of a Windows path.
    if (rest[at] == '\\' && at + 1 < rest.size() && (rest[at + 1] == '"' || rest[at + 1] == '\\'))
      ++at;
    value.push_back(rest[at]);
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return true;
}

// filename*=UTF-8''na%C3%AFve.zip (RFC 8187)
std::optional<std::string> extended_value(std::string_view value) {
  const std::size_t first = value.find('\'');
  const std::size_t second = first == std::string_view::npos ? first : value.find('\'', first + 1);
  return second == std::string_view::npos ? std::nullopt : decode_path(value.substr(second + 1));
}

// False unless it is `form-data` with a name.
bool read_disposition(std::string_view value, PartHead& part) {
  const std::size_t end = std::min(value.find(';'), value.size());
  if (!same_token(trimmed(value.substr(0, end)), "form-data"))
    return false;
  std::string_view rest = value.substr(end);
  std::string_view name;
  std::string text;
  bool named = false;
  bool extended = false;
  while (next_parameter(rest, name, text)) {
    if (same_token(name, "name")) {
      part.name = text;
      named = true;
    } else if (same_token(name, "filename") && !extended) {
      part.filename = text;
    } else if (same_token(name, "filename*")) {
      if (auto decoded = extended_value(text)) {
        part.filename = std::move(decoded);
        extended = true;
      }
    }
  }
  return named;
}

Refusal read_part_lines(std::string_view lines, PartHead& part) {
  bool disposed = false;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(std::min(lines.size(), line.size() + 2));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
      return bad("malformed header in a part");
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (same_token(line.substr(0, colon), "Content-Disposition"))
      disposed = read_disposition(value, part);
    else if (same_token(line.substr(0, colon), "Content-Type"))
      part.content_type = value;
  }
  return disposed ? Refusal{} : bad("a part without a name");
}

} // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  const std::size_t end = std::min(content_type.find(';'), content_type.size());
  if (!same_token(trimmed(content_type.substr(0, end)), "multipart/form-data"))
    return std::nullopt;
  std::string_view rest = content_type.substr(end);
  std::string_view name;
  std::string value;
  while (next_parameter(rest, name, value))
    if (same_token(name, "boundary"))
      return value.size() <= 70 ? value : std::string{};
  return std::string{};
}

MultipartParser::MultipartParser(std::string_view boundary, std::size_t max_part_head,
                                 PartSink& sink)
  : delimiter_("\r\n--" + std::string{boundary}), max_part_head_(max_part_head), sink_(sink),
    buffer_("\r\n") {} // the first delimiter has no line before it

Refusal MultipartParser::feed(std::string_view bytes) {
  if (state_ == State::epilogue || refusal_)
    return refusal_;
  buffer_.append(bytes);
  while (advance()) {
  }
  buffer_.erase(0, at_);
  at_ = 0;
  return refusal_;
}

Refusal MultipartParser::finish() const {
  if (refusal_)
    return refusal_;
  return state_ == State::epilogue ? Refusal{} : bad("the multipart body has no end");
}

bool MultipartParser::advance() {
  switch (state_) {
  case State::preamble:
  case State::part_data:
    return skip_or_pass_data();
  case State::after_boundary:
    return read_after_boundary();
  case State::part_head:
    return read_part_head();
  case State::epilogue:
    at_ = buffer_.size();
    return false;
  }
  return false;
}

bool MultipartParser::refuse(Refusal refusal) {
  refusal_ = refusal;
  return false;
}

bool MultipartParser::skip_or_pass_data() {
  const std::string_view rest = std::string_view{buffer_}.substr(at_);
  const std::size_t found = rest.find(delimiter_);
  const bool ended = found != std::string_view::npos;
  // The last bytes may be the start of a delimiter that goes on in the next call.
  const std::size_t certain =
    ended ? found : rest.size() - std::min(rest.size(), delimiter_.size() - 1);
  if (state_ == State::part_data && certain > 0)
    if (const Refusal refusal = sink_.part_bytes(rest.substr(0, certain)))
      return refuse(refusal);
  at_ += certain;
  if (ended) {
    at_ += delimiter_.size();
    state_ = State::after_boundary;
  }
  return ended;
}

bool MultipartParser::read_after_boundary() {
  const std::string_view rest = std::string_view{buffer_}.substr(at_);
  if (rest.size() < 2)
    return false;
  if (rest.starts_with("--")) {
    state_ = State::epilogue;
    return true;
  }
  const std::size_t line_end = rest.find("\r\n");
  const std::size_t blank = std::min(rest.find_first_not_of(" \t"), rest.size());
  if (line_end == std::string_view::npos) {
    const bool may_go_on =
      rest.size() <= max_part_head_ + 1 && (blank == rest.size() || rest.substr(blank) == "\r");
    return may_go_on ? false : refuse(bad("malformed boundary"));
  }
  if (blank != line_end || line_end > max_part_head_)
    return refuse(bad("malformed boundary"));
  at_ += line_end; // its line break also starts an empty head: see read_part_head
  state_ = State::part_head;
  return true;
}

bool MultipartParser::read_part_head() {
  const std::string_view rest = std::string_view{buffer_}.substr(at_);
  constexpr std::string_view kEnd = "\r\n\r\n";
  const std::size_t end = rest.find(kEnd);
  // Where it can end at the earliest: the same heads are too large in whatever pieces they come.
  const std::size_t earliest = rest.size() - std::min(rest.size(), kEnd.size() - 1);
  if (std::min(end, earliest) > max_part_head_)
    return refuse({431, "the head of a part is too large"});
  if (end == std::string_view::npos)
    return false;
  PartHead part;
  const std::string_view lines = rest.substr(0, end);
  if (Refusal refusal = read_part_lines(lines.substr(std::min<std::size_t>(2, lines.size())), part))
    return refuse(refusal);
  if (Refusal refusal = sink_.begin_part(std::move(part)))
    return refuse(refusal);
  at_ += end + kEnd.size();
  state_ = State::part_data;
  return true;
}

} // namespace oq::http
