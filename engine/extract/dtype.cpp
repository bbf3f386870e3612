// Descriptions that numpy's literal reader takes, and elements as bytes.
#include "engine/extract/dtype.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace oq::engine {
namespace {

static_assert(std::endian::native == std::endian::little, "elements are written as they lie");

constexpr char32_t kReplacement = 0xfffd;

// The code point at the front of `rest`, which is shortened; what is no UTF-8 becomes U+FFFD.
char32_t take_code_point(std::string_view& rest) {
  const auto lead = static_cast<unsigned char>(rest.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length == 1 || length > rest.size() || lead < 0xc2 || lead > 0xf4) {
    rest.remove_prefix(1);
    return lead < 0x80 ? lead : kReplacement;
  }
  char32_t point = lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(rest[i]);
    if ((next & 0xc0) != 0x80) {
      rest.remove_prefix(i);
      return kReplacement;
    }
    point = (point << 6) | (next & 0x3f);
  }
  rest.remove_prefix(length);
  return point;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count)
    take_code_point(text);
  return count;
}

template <class T>
void append_raw(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

const char* letter(Dtype::Kind kind) {
  switch (kind) {
  case Dtype::Kind::real:
    return "f";
  case Dtype::Kind::integer:
    return "i";
  case Dtype::Kind::natural:
    return "u";
  case Dtype::Kind::boolean:
    return "b";
  case Dtype::Kind::bytes:
    return "S";
  case Dtype::Kind::text:
    return "U";
  case Dtype::Kind::record:
    return "V";
  }
  return "V";
}

} // namespace

Dtype Dtype::record(std::vector<Field> fields) {
  Dtype type{Kind::record, 0, std::move(fields)};
  for (const auto& field : type.fields)
    type.size += field.type.size;
  return type;
}

std::string Dtype::descr() const {
  if (kind == Kind::record) {
    std::string list = "[";
    for (const auto& field : fields)
      list += fmt::format("{}({}, {})", list.size() > 1 ? ", " : "", python_literal(field.name),
                          field.type.descr());
    return list + "]";
  }
  const bool has_order = size > 1 && kind != Kind::bytes;
  return fmt::format("'{}{}{}'", has_order ? '<' : '|', letter(kind),
                     kind == Kind::text ? size / 4 : size);
}

std::size_t longest_bytes(const std::vector<std::string>& texts) {
  std::size_t longest = 1;
  for (const auto& text : texts)
    longest = std::max(longest, text.size());
  return longest;
}

std::size_t longest_text(const std::vector<std::string>& texts) {
  std::size_t longest = 1;
  for (const auto& text : texts)
    longest = std::max(longest, code_points(text));
  return longest;
}

void append_f4(std::string& out, double value) {
  append_raw(out, static_cast<float>(value));
}

void append_f8(std::string& out, double value) {
  append_raw(out, value);
}

void append_u4(std::string& out, std::uint32_t value) {
  append_raw(out, value);
}

void append_bytes(std::string& out, std::string_view text, std::size_t width) {
  text = text.substr(0, width);
  out.append(text).append(width - text.size(), '\0');
}

void append_text(std::string& out, std::string_view utf8, std::size_t characters) {
  const auto end = out.size() + 4 * characters;
  while (!utf8.empty() && out.size() < end)
    append_raw(out, static_cast<std::uint32_t>(take_code_point(utf8)));
  out.append(end - out.size(), '\0');
}

void append_number(std::string& out, const Dtype& type, double value) {
  if (type.kind == Dtype::Kind::real)
    return type.size == 4 ? append_f4(out, value) : append_f8(out, value);
  if (type.size == 8)
    return append_raw(out, static_cast<std::int64_t>(value));
  if (type.size == 4 && type.kind == Dtype::Kind::natural)
    return append_u4(out, static_cast<std::uint32_t>(value));
  if (type.size == 4)
    return append_raw(out, static_cast<std::int32_t>(value));
  const bool flag = type.kind == Dtype::Kind::boolean;
  out.push_back(flag ? static_cast<char>(value != 0) : static_cast<char>(value));
}

std::string python_literal(std::string_view utf8) {
  std::string literal = "'";
  while (!utf8.empty()) {
    const auto point = static_cast<std::uint32_t>(take_code_point(utf8));
    if (point == '\'' || point == '\\')
      literal.append("\\").push_back(static_cast<char>(point));
    else if (point >= 0x20 && point < 0x7f)
      literal.push_back(static_cast<char>(point));
    else
      literal +=
        point < 0x10000 ? fmt::format("\\u{:04x}", point) : fmt::format("\\U{:08x}", point);
  }
  return literal + "'";
}

} // namespace oq::engine
