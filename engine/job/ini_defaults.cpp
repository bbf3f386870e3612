// The option table's defaults as JSON.
#include "engine/job/ini_defaults.hpp"

#include "engine/job/literal.hpp"
#include "engine/job/option_table.hpp"

#include <map>
#include <string>

namespace oq::engine {
namespace {

boost::json::value default_of(const OptionRule& rule) {
  if (rule.default_value.empty())
    return nullptr;
  auto value = parse_literal(rule.default_value);
  if (auto* parsed = std::get_if<boost::json::value>(&value))
    return std::move(*parsed);
  return boost::json::value(rule.default_value);
}

} // namespace

boost::json::object ini_defaults() {
  std::map<std::string_view, boost::json::value> sorted;
  for (const auto& rule : option_table())
    sorted.emplace(rule.name, default_of(rule));
  for (const auto& alias : option_aliases())
    if (const auto* rule = find_option(alias.name))
      sorted.emplace(alias.old_name, default_of(*rule));
  boost::json::object out;
  for (auto& [name, value] : sorted)
    out.emplace(name, std::move(value));
  return out;
}

} // namespace oq::engine
