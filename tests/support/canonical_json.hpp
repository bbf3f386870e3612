// canonical_json: JSON text with sorted keys and no blanks; numbers and strings stay as they were
// written.
#pragma once

#include <cctype>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace oq::testing {

// Why not a JSON library: the texts of the numbers are part of the contract, 10.0 is not 10 and not
// 1E1.
class CanonicalJson {
public:
  explicit CanonicalJson(std::string_view text) : rest_(text) {}

  std::string value() {
    skip_blanks();
    switch (peek()) {
    case '{':
      return object();
    case '[':
      return array();
    case '"':
      return string();
    default:
      return scalar();
    }
  }
  // The members of an object, each value canonical.
  std::map<std::string, std::string> members() {
    std::map<std::string, std::string> found;
    expect('{');
    while (peek_after_blanks() != '}') {
      auto key = string();
      expect(':');
      if (!found.emplace(key.substr(1, key.size() - 2), value()).second)
        throw std::runtime_error("key twice: " + key);
      if (peek_after_blanks() == ',')
        expect(',');
    }
    expect('}');
    return found;
  }
  void expect_end() {
    skip_blanks();
    if (!rest_.empty())
      throw std::runtime_error("text after the JSON value: " + std::string(rest_.substr(0, 20)));
  }

private:
  std::string object() {
    std::string out;
    for (const auto& [key, text] : members())
      out += (out.empty() ? "" : ",") + ('"' + key + "\":") + text;
    return '{' + out + '}';
  }
  std::string array() {
    std::string out;
    expect('[');
    while (peek_after_blanks() != ']') {
      out += (out.empty() ? "" : ",") + value();
      if (peek_after_blanks() == ',')
        expect(',');
    }
    expect(']');
    return '[' + out + ']';
  }
  std::string string() {
    skip_blanks();
    if (peek() != '"')
      throw std::runtime_error("a string was expected: " + std::string(rest_.substr(0, 20)));
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != '"')
      end += rest_[end] == '\\' ? 2 : 1;
    return take(end + 1);
  }
  std::string scalar() { return take(rest_.find_first_of(",]} \t\r\n")); }

  std::string take(std::size_t count) {
    const std::string taken(rest_.substr(0, count));
    if (taken.empty())
      throw std::runtime_error("a JSON value was expected");
    rest_.remove_prefix(taken.size());
    return taken;
  }
  void expect(char c) {
    skip_blanks();
    if (peek() != c)
      throw std::runtime_error(std::string(1, c)
                               + " was expected: " + std::string(rest_.substr(0, 20)));
    rest_.remove_prefix(1);
  }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  char peek_after_blanks() {
    skip_blanks();
    if (rest_.empty())
      throw std::runtime_error("the JSON text ends too early");
    return peek();
  }
  void skip_blanks() {
    while (!rest_.empty() && std::isspace(static_cast<unsigned char>(rest_.front())))
      rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

inline std::string canonical_json(std::string_view text) {
  CanonicalJson json(text);
  auto value = json.value();
  json.expect_end();
  return value;
}

// The members of an object, numbers as written.
inline std::map<std::string, std::string> json_members(std::string_view text) {
  CanonicalJson json(text);
  auto members = json.members();
  json.expect_end();
  return members;
}

} // namespace oq::testing
