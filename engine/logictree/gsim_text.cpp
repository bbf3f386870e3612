// The TOML that names a model with its arguments: the few forms that logic trees use.
#include "engine/job/literal.hpp"
#include "engine/logictree/gsim_branches.hpp"
#include "engine/nrml/number.hpp"

#include <fmt/format.h>

#include <cctype>
#include <sstream>

namespace oq::engine {
namespace {

// "a.b", "a.\"SA(0.1)\"": parts between dots, quotes taken off.
std::vector<std::string> key_parts(std::string_view key) {
  std::vector<std::string> parts(1);
  char quote = 0;
  for (const char c : key) {
    if (quote ? c == quote : (c == '"' || c == '\''))
      quote = quote ? '\0' : c;
    else if (c == '.' && !quote)
      parts.emplace_back();
    else if (quote || !std::isspace(static_cast<unsigned char>(c)))
      parts.back() += c;
  }
  return parts;
}

boost::json::object* descend(boost::json::object& from, const std::string& key) {
  auto& value = from[key];
  if (value.is_null())
    value.emplace_object();
  return value.if_object();
}

// The object in which the last part of `parts` is to be set; null when a part is a plain value.
boost::json::object* container(boost::json::object& root, const std::vector<std::string>& parts) {
  auto* object = &root;
  for (std::size_t i = 0; object && i + 1 < parts.size(); ++i)
    object = descend(*object, parts[i]);
  return object;
}

Result<boost::json::value> parse_value(std::string_view text, const std::string& where) {
  const auto parsed = parse_literal(text);
  if (const auto* error = std::get_if<LiteralError>(&parsed))
    return invalid_input(fmt::format("{}: {}", in_quotes(text), error->message), where);
  return std::get<boost::json::value>(parsed);
}

class GsimText {
public:
  GsimText(GsimSpec& spec, const std::string& where)
    : spec_(spec), where_(where), table_(&spec.arguments) {}

  Result<void> line(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.front() == '#')
      return {};
    return text.front() == '[' ? header(text) : assignment(text);
  }

private:
  Result<void> header(std::string_view text) {
    const auto end = text.rfind(']');
    if (end == std::string_view::npos || end < 2)
      return invalid_input(fmt::format("{} is not a table header", in_quotes(text)), where_);
    const auto parts = key_parts(text.substr(1, end - 1));
    if (spec_.name.empty())
      spec_.name = parts.front();
    if (parts.front() != spec_.name)
      return invalid_input(fmt::format("a second model {} in one branch", in_quotes(parts.front())),
                           where_);
    table_ = &spec_.arguments;
    for (std::size_t i = 1; table_ && i < parts.size(); ++i)
      table_ = descend(*table_, parts[i]);
    return table_ ? Result<void>()
                  : Result<void>(invalid_input("a key is both a value and a table", where_));
  }

  Result<void> assignment(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || spec_.name.empty())
      return invalid_input(
        fmt::format("{} is neither a table header nor key = value", in_quotes(text)), where_);
    const auto parts = key_parts(trimmed(text.substr(0, equals)));
    OQ_TRY(auto value, parse_value(trimmed(text.substr(equals + 1)), where_));
    auto* object = container(*table_, parts);
    if (!object)
      return invalid_input("a key is both a value and a table", where_);
    (*object)[parts.back()] = std::move(value);
    return {};
  }

  GsimSpec& spec_;
  const std::string& where_;
  boost::json::object* table_;
};

} // namespace

Result<GsimSpec> parse_gsim(const std::string& text, const std::string& where) {
  GsimSpec spec;
  spec.where = where;
  const auto name = trimmed(text);
  if (name.empty())
    return invalid_input("the branch names no ground-motion model", where);
  if (name.front() != '[') {
    spec.name = std::string(name);
    return spec;
  }
  GsimText reader(spec, where);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    OQ_CHECK(reader.line(line));
  return spec;
}

} // namespace oq::engine
