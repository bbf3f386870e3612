// The reference tables' CSV, column by column.
#include "engine/gsim/reference_table.hpp"

#include "engine/gsim/site_codes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace oq::engine::testing {

namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::string cell;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.push_back(std::exchange(cell, {}));
    else if (c != '\r')
      cell += c;
  }
  cells.push_back(cell);
  return cells;
}

// A word is a site class or a geological unit.
double number(const std::string& cell) {
  if (cell.empty())
    return kUnset;
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  if (*end == '\0')
    return value;
  return siteclass_code(cell).value_or(geology_code(cell));
}

Statistic statistic_of(const std::string& cell) {
  static const std::map<std::string, Statistic> kStatistics{
    {"LNMEAN", Statistic::ln_mean},
    {"TOTAL", Statistic::total},
    {"INTER", Statistic::between},
    {"INTRA", Statistic::within},
  };
  const auto found = kStatistics.find(cell);
  if (found == kStatistics.end())
    ADD_FAILURE() << "unknown result type " << cell;
  return found == kStatistics.end() ? Statistic::ln_mean : found->second;
}

// What each column of the table is: an input, the kind of result, an IMT, or nothing we read.
struct Columns {
  std::vector<const Field*> field;
  std::vector<bool> is_imt;
  std::size_t result_type = 0;

  Columns(const std::vector<std::string>& header, ReferenceTable& table) {
    for (std::size_t i = 0; i < header.size(); ++i) {
      const auto found = std::ranges::find_if(fields(), [&](const Field& f) {
        return header[i] == f.column;
      });
      field.push_back(found == fields().end() ? nullptr : &*found);
      if (field.back())
        table.inputs |= field.back()->need;
      if (header[i] == "result_type")
        result_type = i;
      const auto imt = Imt::parse(header[i]);
      is_imt.push_back(static_cast<bool>(imt));
      if (imt)
        table.imts.push_back(*imt);
    }
  }
};

} // namespace

std::optional<std::filesystem::path> reference_directory() {
  const char* root = std::getenv("OQ_REFERENCE_DIR");
  if (!root)
    return std::nullopt;
  return std::filesystem::path(root) / "gsim";
}

ReferenceTable read_reference_table(const std::filesystem::path& path) {
  ReferenceTable table;
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) {
    ADD_FAILURE() << "cannot read " << path;
    return table;
  }
  const Columns columns(split(line), table);
  for (std::size_t number_of_line = 2; std::getline(file, line); ++number_of_line) {
    const auto cells = split(line);
    ReferenceRow row{.line = number_of_line, .statistic = statistic_of(cells[columns.result_type])};
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (columns.is_imt[i])
        row.expected.push_back(number(cells[i]));
      else if (columns.field[i] && !cells[i].empty())
        row.inputs.*columns.field[i]->value = number(cells[i]);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

} // namespace oq::engine::testing
