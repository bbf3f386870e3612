// Arguments of ground-motion models, with messages that name the model and the argument.
#include "engine/gsim/arguments.hpp"

#include "engine/gsim/registry.hpp"

#include <algorithm>
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
  const double number = value->to_number<double>(error);
  if (!error && std::isfinite(number))
    return number;
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
