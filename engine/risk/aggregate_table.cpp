// A table is a group with a dataset a column.
#include "engine/risk/aggregate_table.hpp"

#include "engine/output/table_columns.hpp"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>

#include <charconv>
#include <optional>

namespace oq::engine {
namespace {

std::optional<std::int32_t> whole_number(const std::string& text) {
  std::int32_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || std::to_string(number) != text)
    return std::nullopt;
  return number;
}

// Whole numbers where all texts are such ("3", not "03"): events, realizations.
Array column_of(const std::vector<std::string>& texts) {
  std::vector<std::int32_t> numbers;
  for (const auto& text : texts) {
    const auto number = whole_number(text);
    if (!number)
      return {{texts.size()}, texts};
    numbers.push_back(*number);
  }
  return texts.empty() ? Array{{0}, texts} : Array{{texts.size()}, std::move(numbers)};
}

Array column_of(const TextTable& table, std::size_t number_column) {
  std::vector<double> values;
  for (std::size_t row = 0; row < table.rows(); ++row)
    values.push_back(table.numbers[row * table.number_columns.size() + number_column]);
  const std::size_t rows = values.size();
  return {{rows}, std::move(values)};
}

struct Column {
  std::string name;
  Array array;
};

std::vector<Column> columns_of(const TextTable& table) {
  std::vector<Column> columns, texts, numbers;
  for (std::size_t i = 0; i < table.texts.size(); ++i)
    (i == 0 ? columns : texts).push_back({table.text_columns[i], column_of(table.texts[i])});
  for (std::size_t i = 0; i < table.number_columns.size(); ++i)
    numbers.push_back({table.number_columns[i], column_of(table, i)});
  auto& second = table.numbers_first ? numbers : texts;
  auto& third = table.numbers_first ? texts : numbers;
  for (auto* const more : {&second, &third})
    columns.insert(columns.end(), std::make_move_iterator(more->begin()),
                   std::make_move_iterator(more->end()));
  return columns;
}

} // namespace

std::size_t TextTable::rows() const {
  if (!texts.empty())
    return texts.front().size();
  return number_columns.empty() ? 0 : numbers.size() / number_columns.size();
}

Result<void> store_table(const std::string& key, const TextTable& table, Datastore& datastore) {
  const auto columns = columns_of(table);
  std::vector<std::string> names;
  for (const auto& column : columns)
    names.push_back(column.name);
  const auto keys = column_keys(key, names);
  std::string words;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    OQ_CHECK(datastore.put(keys[i], columns[i].array));
    words += (i == 0 ? "" : " ") + keys[i].substr(key.size() + 1);
  }
  return datastore.put_attributes(key, {{"stem", boost::json::string(table.stem)},
                                        {"columns", boost::json::array(names.begin(), names.end())},
                                        {"__pdcolumns__", boost::json::string(words)},
                                        {"exported", true}});
}

} // namespace oq::engine
