// Aggregate tables in the datastore: losses or damage of all assets, or of those that share tags.
#pragma once

#include "engine/output/datastore.hpp"

#include <string>
#include <vector>

namespace oq::engine {

// A table with texts in front and numbers behind, as it is exported: "aggrisk/0", … and
// "risk_by_event".
struct TextTable {
  std::string stem; // of the file: "aggrisk-", "aggrisk-NAME_1"
  std::vector<std::string> text_columns, number_columns;
  std::vector<std::vector<std::string>> texts; // one a text column
  std::vector<double> numbers;                 // row x number column
  bool numbers_first = false;                  // text columns but the first come last

  std::size_t rows() const;
};

// A dataset a column; attributes: stem, columns (names in order), exported, and __pdcolumns__, by
// which pandas reads OpenQuake's tables.
Result<void> store_table(const std::string& key, const TextTable& table, Datastore& datastore);

} // namespace oq::engine
