// A table is a group: its columns as attributes, its cells as arrays.
#include "engine/risk/aggregate_table.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace oq::engine {

Result<void> store_table(const std::string& key, const TextTable& table, Datastore& datastore) {
  const auto names = [](const std::vector<std::string>& list) {
    return boost::json::array(list.begin(), list.end());
  };
  for (std::size_t i = 0; i < table.texts.size(); ++i)
    OQ_CHECK(datastore.put(key + "/text" + std::to_string(i), {{table.rows()}, table.texts[i]}));
  OQ_CHECK(
    datastore.put(key + "/numbers", {{table.rows(), table.number_columns.size()}, table.numbers}));
  return datastore.put_attributes(key, {{"stem", boost::json::value(table.stem)},
                                        {"text_columns", names(table.text_columns)},
                                        {"number_columns", names(table.number_columns)},
                                        {"numbers_first", table.numbers_first},
                                        {"exported", true}});
}

} // namespace oq::engine
