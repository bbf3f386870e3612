// Conversions from the datastore's variants.
#include "engine/output/array_access.hpp"

#include <boost/json/array.hpp>

#include <type_traits>

namespace oq::engine {
namespace {

const boost::json::value* find(const Attributes& attributes, const std::string& name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? nullptr : &found->second;
}

std::vector<double> numbers_of(const boost::json::value& list) {
  std::vector<double> out;
  if (list.is_array())
    for (const auto& element : list.get_array())
      if (element.is_number())
        out.push_back(element.to_number<double>());
  return out;
}

Result<std::vector<double>> numbers_in(ArrayValues values, const std::string& key) {
  if (std::holds_alternative<std::vector<std::string>>(values))
    return Error{Errc::internal, "texts where numbers are expected", key};
  if (auto* doubles = std::get_if<std::vector<double>>(&values))
    return std::move(*doubles);
  std::vector<double> out;
  std::visit(
    [&out](const auto& list) {
      using Values = std::decay_t<decltype(list)>;
      if constexpr (!std::is_same_v<Values, std::vector<std::string>>)
        for (auto value : list)
          out.push_back(static_cast<double>(value));
    },
    values);
  return out;
}

} // namespace

Result<Numbers> read_numbers(const Datastore& datastore, const std::string& key, std::size_t axes) {
  OQ_TRY(auto array, datastore.get(key));
  Numbers out;
  out.shape = std::move(array.shape);
  if (out.shape.size() != axes)
    return Error{Errc::internal, "unexpected number of axes", key};
  OQ_TRY(out.values, numbers_in(std::move(array.values), key));
  std::size_t count = 1;
  for (auto extent : out.shape)
    count *= extent;
  if (count != out.values.size())
    return Error{Errc::internal, "the shape does not fit the number of values", key};
  return out;
}

Result<std::vector<double>> read_number_part(const Datastore& datastore, const std::string& key,
                                             const std::vector<Range>& ranges) {
  OQ_TRY(auto array, datastore.get_part(key, ranges));
  return numbers_in(std::move(array.values), key);
}

Result<std::vector<std::string>> read_texts(const Datastore& datastore, const std::string& key) {
  OQ_TRY(auto array, datastore.get(key));
  auto* texts = std::get_if<std::vector<std::string>>(&array.values);
  if (texts == nullptr)
    return Error{Errc::internal, "numbers where texts are expected", key};
  return std::move(*texts);
}

std::optional<double> number_attribute(const Attributes& attributes, const std::string& name) {
  const auto* value = find(attributes, name);
  if (value == nullptr || !value->is_number())
    return std::nullopt;
  return value->to_number<double>();
}

bool flag_attribute(const Attributes& attributes, const std::string& name) {
  const auto* value = find(attributes, name);
  if (value == nullptr)
    return false;
  if (value->is_bool())
    return value->get_bool();
  return value->is_number() && value->to_number<double>() != 0; // HDF5 has no booleans
}

std::string text_attribute(const Attributes& attributes, const std::string& name) {
  const auto* value = find(attributes, name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::vector<std::string> texts_attribute(const Attributes& attributes, const std::string& name) {
  std::vector<std::string> out;
  if (const auto* value = find(attributes, name); value != nullptr && value->is_array())
    for (const auto& element : value->get_array())
      if (element.is_string())
        out.emplace_back(element.get_string());
  return out;
}

std::vector<double> numbers_attribute(const Attributes& attributes, const std::string& name) {
  const auto* value = find(attributes, name);
  return value == nullptr ? std::vector<double>() : numbers_of(*value);
}

std::vector<std::vector<double>> lists_attribute(const Attributes& attributes,
                                                 const std::string& name) {
  std::vector<std::vector<double>> out;
  if (const auto* value = find(attributes, name); value != nullptr && value->is_array())
    for (const auto& list : value->get_array())
      out.push_back(numbers_of(list));
  return out;
}

} // namespace oq::engine
