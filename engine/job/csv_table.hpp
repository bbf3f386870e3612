// CsvTable: the rows of a small CSV file, within limits, every row with its line.
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace oq::engine {

struct CsvTable {
  std::string file;               // its name, for messages
  std::string comment;            // the first line that starts with '#', without it
  std::vector<std::string> names; // of the columns; empty when the first row is numbers
  std::vector<std::string> cells; // row after row
  std::vector<int> lines;         // a line of the file a row
  std::size_t width = 0;          // cells a row

  std::size_t rows() const noexcept { return lines.size(); }
  std::string where(std::size_t row) const { return file + ":" + std::to_string(lines[row]); }
  const std::string& cell(std::size_t row, std::size_t column) const {
    return cells[row * width + column];
  }
  // Position of a column; the number of columns when there is none.
  std::size_t column(std::string_view name) const;
};

// Errors name file:line: rows of different lengths, a column without a name or twice, text that is
// not UTF-8, too many rows.
Result<CsvTable> read_csv_table(const std::filesystem::path& file);

} // namespace oq::engine
