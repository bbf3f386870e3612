// Query: binding of parameters and columns over soci::statement.
#include "store/sql_query.hpp"

namespace oq::store {
namespace {

// Length of the UTF-8 sequence that starts at `at`; 0 when there is none (RFC 3629).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned char first = byte(at);
  if (first < 0x80)
    return first == 0 ? 0 : 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size())
    return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0) != 0x80)
      return 0;
  const unsigned char second = byte(at + 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second >= 0xA0;
  const bool too_large = first == 0xF4 && second >= 0x90;
  return overlong || surrogate || too_large ? 0 : length;
}

} // namespace

std::string storable_text(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto length = sequence_length(text, at);
    clean += length == 0 ? std::string_view("?") : text.substr(at, length);
    at += std::max<std::size_t>(length, 1);
  }
  return clean;
}

Query::Query(soci::session& session, std::string text)
  : text_(std::move(text)), statement_(session) {}

Query& Query::bind_number(const std::string& name, Parameter parameter) {
  auto& bound = parameters_.emplace_back(std::move(parameter));
  statement_.exchange(soci::use(bound.number, bound.present, name));
  return *this;
}

Query& Query::bind_text(const std::string& name, Parameter parameter) {
  auto& bound = parameters_.emplace_back(std::move(parameter));
  statement_.exchange(soci::use(bound.text, bound.present, name));
  return *this;
}

Query& Query::with(const std::string& name, std::int64_t value) {
  return bind_number(name, {value, {}, soci::i_ok});
}

Query& Query::with(const std::string& name, std::string_view value) {
  return bind_text(name, {0, storable_text(value), soci::i_ok});
}

Query& Query::with(const std::string& name, const std::optional<std::int64_t>& value) {
  return bind_number(name, {value.value_or(0), {}, value ? soci::i_ok : soci::i_null});
}

Query& Query::with(const std::string& name, const std::optional<std::string>& value) {
  return bind_text(name, {0, storable_text(value.value_or("")), value ? soci::i_ok : soci::i_null});
}

Query& Query::into(std::int64_t& column) {
  statement_.exchange(soci::into(column));
  return *this;
}

Query& Query::into(std::int64_t& column, soci::indicator& present) {
  statement_.exchange(soci::into(column, present));
  return *this;
}

Query& Query::into(std::string& column) {
  statement_.exchange(soci::into(column));
  return *this;
}

bool Query::execute() {
  statement_.alloc();
  statement_.prepare(text_);
  statement_.define_and_bind();
  return statement_.execute(true);
}

bool Query::next() {
  return statement_.fetch();
}

} // namespace oq::store
