// Keys of columns.
#include "engine/output/table_columns.hpp"

#include <algorithm>

namespace oq::engine {

std::vector<std::string> column_keys(const std::string& table,
                                     const std::vector<std::string>& columns) {
  std::vector<std::string> keys;
  for (std::string name : columns) {
    std::ranges::replace(name, '/', '_');
    std::ranges::replace(name, '\0', '_');
    if (name.empty() || name == "." || name == "..")
      name += '_';
    auto key = table + "/" + name;
    while (std::ranges::find(keys, key) != keys.end())
      key += '_';
    keys.push_back(std::move(key));
  }
  return keys;
}

} // namespace oq::engine
