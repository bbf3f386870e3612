// A CSV reader of asset rows: quotes as RFC 4180, comment lines of '#', one asset a line.
#include "engine/risk/exposure_csv.hpp"

#include "engine/nrml/number.hpp"
#include "engine/nrml/utf8.hpp"

#include <algorithm>
#include <fstream>

namespace oq::engine {
namespace {

constexpr std::size_t kLongestLine = 1 << 20; // bytes
constexpr std::size_t kMostColumns = 1000;

struct Line {
  std::string text;
  std::uint32_t number = 0;
  std::string file;

  Error error(const std::string& message) const {
    return invalid_input(message, file + ":" + std::to_string(number));
  }
};

// The next line that is not a comment; false at the end of the file.
Result<bool> next_line(std::istream& stream, Line& line) {
  while (std::getline(stream, line.text)) {
    ++line.number;
    if (line.text.size() > kLongestLine)
      return line.error("a line of more than 1 MiB");
    if (first_byte_not_utf8(line.text) != std::string_view::npos)
      return line.error("the text is not UTF-8");
    if (line.number == 1 && line.text.starts_with("\xEF\xBB\xBF"))
      line.text.erase(0, 3);
    if (!trimmed(line.text).empty() && line.text.front() != '#')
      return true;
  }
  return false;
}

Result<std::vector<std::string>> split_cells(const Line& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.text.size(); ++i) {
    const char c = line.text[i];
    if (quoted && c == '"' && i + 1 < line.text.size() && line.text[i + 1] == '"')
      cells.back() += line.text[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.emplace_back();
    else if (c != '\r')
      cells.back() += c;
    if (cells.size() > kMostColumns)
      return line.error("more than 1000 columns");
  }
  if (quoted)
    return line.error("a quotation mark is not closed");
  for (auto& cell : cells)
    cell = std::string(trimmed(cell));
  return cells;
}

// Where each field is in a row.
struct Columns {
  std::map<std::string, std::size_t> of_field;
  std::size_t count = 0;

  const std::string* cell(const std::vector<std::string>& row, const std::string& field) const {
    const auto found = of_field.find(field);
    return found == of_field.end() ? nullptr : &row[found->second];
  }
};

const std::pair<const char*, const char*> kPeriods[] = {
  {"day", "occupants_day"}, {"night", "occupants_night"}, {"transit", "occupants_transit"}};

// A field may stand under the name that exposureFields gives, its own, or an older spelling.
Result<Columns> find_columns(const Line& header, const ExposureConversions& conversions,
                             const ExposureFields& fields) {
  OQ_TRY(const auto names, split_cells(header));
  Columns columns;
  columns.count = names.size();
  const auto look_for = [&](const std::string& field, const std::string& older) {
    const auto renamed = fields.find(field);
    for (const auto& name : {renamed == fields.end() ? field : renamed->second, field, older})
      if (const auto found = std::ranges::find(names, name);
          found != names.end() && !columns.of_field.contains(field))
        columns.of_field[field] = static_cast<std::size_t>(found - names.begin());
  };
  look_for("id", "asset_id");
  look_for("lon", "longitude");
  look_for("lat", "latitude");
  for (const char* field : {"taxonomy", "number", "area"})
    look_for(field, field);
  for (const auto& [type, basis] : conversions.cost_types)
    look_for(type, "value-" + type);
  for (const auto& [period, older] : kPeriods)
    look_for(period, older);
  for (const char* needed : {"id", "lon", "lat", "taxonomy"})
    if (!columns.of_field.contains(needed))
      return header.error("no column for " + std::string(needed));
  return columns;
}

Result<std::optional<double>> number(const Line& line, const Columns& columns,
                                     const std::vector<std::string>& cells,
                                     const std::string& field) {
  const auto* cell = columns.cell(cells, field);
  if (cell == nullptr || cell->empty())
    return std::optional<double>();
  const auto value = parse_number(*cell);
  if (!value)
    return line.error(field + ": " + value.error().message);
  return std::optional<double>(*value);
}

Result<double> needed_number(const Line& line, const Columns& columns,
                             const std::vector<std::string>& cells, const std::string& field) {
  OQ_TRY(const auto value, number(line, columns, cells, field));
  if (!value)
    return line.error("no value for " + field);
  return *value;
}

Result<AssetRow> read_row(const Line& line, const Columns& columns,
                          const ExposureConversions& conversions) {
  OQ_TRY(const auto cells, split_cells(line));
  if (cells.size() != columns.count)
    return line.error(std::to_string(cells.size()) + " cells where the header has "
                      + std::to_string(columns.count));
  AssetRow row;
  row.id = *columns.cell(cells, "id");
  row.taxonomy = *columns.cell(cells, "taxonomy");
  OQ_TRY(row.lon, needed_number(line, columns, cells, "lon"));
  OQ_TRY(row.lat, needed_number(line, columns, cells, "lat"));
  OQ_TRY(const auto count, number(line, columns, cells, "number"));
  row.number = count.value_or(1);
  OQ_TRY(row.area, number(line, columns, cells, "area"));
  for (const auto& [type, basis] : conversions.cost_types) {
    OQ_TRY(const auto cost, number(line, columns, cells, type));
    if (cost)
      row.costs.emplace_back(type, *cost);
  }
  for (const auto& [period, older] : kPeriods) {
    OQ_TRY(const auto people, number(line, columns, cells, period));
    if (people)
      row.occupants.emplace_back(period, *people);
  }
  return row;
}

} // namespace

Result<void> read_assets_csv(const std::filesystem::path& file,
                             const ExposureConversions& conversions, const ExposureFields& fields,
                             AssetList& assets) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    return Error{Errc::not_found, "cannot be opened", file.filename().string()};
  Line line;
  line.file = file.filename().string();
  OQ_TRY(const bool has_header, next_line(stream, line));
  if (!has_header)
    return invalid_input("the file is empty", line.file);
  OQ_TRY(const auto columns, find_columns(line, conversions, fields));
  while (true) {
    OQ_TRY(const bool more, next_line(stream, line));
    if (!more)
      return {};
    OQ_TRY(const auto row, read_row(line, columns, conversions));
    OQ_CHECK(assets.add(row, conversions, line.number));
  }
}

} // namespace oq::engine
