// Arguments of ground-motion models, with messages that name the model and the argument.
#include "engine/gsim/arguments.hpp"

#include "engine/gsim/registry.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace oq::engine {

const boost::json::value* Arguments::find(std::string_view key) {
  known_.emplace(key);
  return spec_.arguments.if_contains(key);
}

void Arguments::object(std::string_view key, std::string_view wanted) {
  if (objection_.empty())
    objection_ =
      spec_.name + ": argument '" + std::string(key) + "' must be " + std::string(wanted);
}

double Arguments::number(std::string_view key, double otherwise) {
  const auto* value = find(key);
  if (!value)
    return otherwise;
  boost::json::error_code error;
  double number = 0;
  if (value->is_string()) { // an attribute of the branch's element
    const std::string_view text = value->get_string();
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure == std::errc{} && end == text.data() + text.size() && std::isfinite(number))
      return number;
  } else if (number = value->to_number<double>(error); !error && std::isfinite(number)) {
    return number;
  }
  object(key, "a number");
  return otherwise;
}

double Arguments::positive(std::string_view key, double otherwise) {
  const double value = number(key, otherwise);
  if (value > 0.0)
    return value;
  object(key, "positive");
  return otherwise;
}

bool Arguments::flag(std::string_view key, bool otherwise) {
  const auto* value = find(key);
  if (!value)
    return otherwise;
  if (value->is_bool())
    return value->get_bool();
  if (*value == "true" || *value == "True")
    return true;
  if (*value == "false" || *value == "False")
    return false;
  object(key, "true or false");
  return otherwise;
}

std::string Arguments::text(std::string_view key, std::string_view otherwise) {
  const auto* value = find(key);
  if (value && value->is_string())
    return std::string(value->get_string());
  if (value)
    object(key, "a text");
  return std::string(otherwise);
}

std::string Arguments::choice(std::string_view key, std::string_view otherwise,
                              std::span<const std::string_view> allowed) {
  const std::string given = text(key, otherwise);
  if (std::ranges::find(allowed, given) != allowed.end())
    return given;
  std::string wanted = "one of";
  for (const std::string_view name : allowed)
    wanted += " '" + std::string(name) + "'";
  object(key, wanted);
  return std::string(otherwise);
}

std::size_t Arguments::place(std::string_view key, std::size_t otherwise,
                             std::span<const std::string_view> names) {
  const std::string given = choice(key, names[otherwise], names);
  return static_cast<std::size_t>(std::ranges::find(names, given) - names.begin());
}

void Arguments::refuse(std::string_view reason) {
  if (objection_.empty())
    objection_ = spec_.name + ": " + std::string(reason);
}

Result<void> Arguments::check() const {
  if (!objection_.empty())
    return invalid_input(objection_, spec_.where);
  for (const auto& [key, value] : spec_.arguments)
    if (!known_.contains(std::string_view(key)))
      return invalid_input(spec_.name + " takes no argument '" + std::string(key) + "'",
                           spec_.where);
  return {};
}

} // namespace oq::engine
