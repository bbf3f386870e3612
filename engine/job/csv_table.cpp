// CsvTable: splitting rows and checking their shape.
#include "engine/job/csv_table.hpp"

#include "engine/nrml/number.hpp"
#include "engine/nrml/utf8.hpp"

#include <algorithm>
#include <fstream>

namespace oq::engine {

namespace {

constexpr std::size_t kMostRows = 2'000'000;
constexpr std::size_t kLongestRow = 100'000; // bytes

std::vector<std::string> cells_of(std::string_view row) {
  std::vector<std::string> found;
  for (;;) {
    const auto comma = row.find(',');
    std::string_view cell = trimmed(row.substr(0, comma));
    if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"')
      cell = cell.substr(1, cell.size() - 2);
    found.emplace_back(cell);
    if (comma == std::string_view::npos)
      return found;
    row.remove_prefix(comma + 1);
  }
}

class TableReader {
public:
  explicit TableReader(CsvTable& table) : table_(table) {}

  Result<void> add(std::string_view row, int line) {
    const std::string where = table_.file + ":" + std::to_string(line);
    if (row.size() > kLongestRow || first_byte_not_utf8(row) != std::string_view::npos)
      return invalid_input("the row is too long or not UTF-8 text", where);
    std::vector<std::string> cells = cells_of(row);
    if (table_.width == 0) {
      table_.width = cells.size();
      if (!parse_number(cells.front()))
        return add_names(std::move(cells), where);
    }
    if (cells.size() != table_.width)
      return invalid_input("the row has " + std::to_string(cells.size()) + " cells instead of "
                             + std::to_string(table_.width),
                           where);
    if (table_.rows() == kMostRows)
      return invalid_input("more than " + std::to_string(kMostRows) + " rows", where);
    std::ranges::move(cells, std::back_inserter(table_.cells));
    table_.lines.push_back(line);
    return {};
  }

private:
  Result<void> add_names(std::vector<std::string> names, const std::string& where) {
    for (const std::string& name : names)
      if (name.empty() || name.find('/') != std::string::npos
          || std::ranges::count(names, name) > 1)
        return invalid_input(
          "the column " + in_quotes(name) + " stands twice or has no usable name", where);
    table_.names = std::move(names);
    return {};
  }

  CsvTable& table_;
};

} // namespace

std::size_t CsvTable::column(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

Result<CsvTable> read_csv_table(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  CsvTable table;
  table.file = file.filename().string();
  TableReader reader(table);
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    std::string_view row = line;
    if (number == 1 && row.starts_with("\xEF\xBB\xBF"))
      row.remove_prefix(3);
    row = trimmed(row);
    if (row.starts_with('#') && table.comment.empty())
      table.comment = row.substr(1, kLongestRow);
    if (!row.empty() && row.front() != '#')
      OQ_CHECK(reader.add(row, number));
  }
  return table;
}

} // namespace oq::engine
