// Typed reading of datastore arrays: numbers as double whatever they are stored as, checked shapes.
#pragma once

#include "engine/output/datastore.hpp"

#include <optional>
#include <string>
#include <vector>

namespace oq::engine {

// Numbers with their shape.
struct Numbers {
  std::vector<std::size_t> shape;
  std::vector<double> values;
};

// Errc::not_found without the key; Errc::internal when it holds texts or another number of axes.
Result<Numbers> read_numbers(const Datastore& datastore, const std::string& key, std::size_t axes);
// As Datastore::get_part.
Result<std::vector<double>> read_number_part(const Datastore& datastore, const std::string& key,
                                             const std::vector<Range>& ranges);
Result<std::vector<std::string>> read_texts(const Datastore& datastore, const std::string& key);

// Attributes by type; empty when absent or of another type.
std::optional<double> number_attribute(const Attributes& attributes, const std::string& name);
bool flag_attribute(const Attributes& attributes, const std::string& name);
std::vector<std::string> texts_attribute(const Attributes& attributes, const std::string& name);
std::vector<double> numbers_attribute(const Attributes& attributes, const std::string& name);
std::vector<std::vector<double>> lists_attribute(const Attributes& attributes,
                                                 const std::string& name);
std::string text_attribute(const Attributes& attributes, const std::string& name);

} // namespace oq::engine
