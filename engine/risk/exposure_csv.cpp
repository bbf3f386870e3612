// Finds the columns of an exposure file and makes an asset of every row.
#include "engine/risk/exposure_csv.hpp"

#include "engine/nrml/csv_reader.hpp"
#include "engine/nrml/number.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr const char* kPeriods[] = {"day", "night", "transit"};

// Where each field is in a row.
class Columns {
public:
  Columns(const CsvReader& file, const ExposureConversions& conversions,
          const ExposureFields& fields)
    : file_(file), fields_(fields) {
    id = find("id", {"asset_id"});
    lon = find("lon", {"longitude"});
    lat = find("lat", {"latitude"});
    taxonomy = find("taxonomy", {});
    number = find("number", {"value-number"});
    area = find("area", {"value-area"});
    residents = find("residents", {"value-residents"});
    retrofitted = find("retrofitted", {});
    deductible = find("ideductible", {"deductible"});
    for (const auto& [type, basis] : conversions.cost_types)
      if (const auto column = find(type, {"value-" + type}))
        costs.emplace_back(type, *column);
    for (const char* period : kPeriods)
      add_period(period);
    for (const auto& period : conversions.occupancy_periods)
      add_period(period);
    for (const auto& tag : conversions.tag_names)
      if (const auto column = find(tag, {}))
        tags.emplace_back(tag, *column);
      else
        missing_tag = tag;
  }

  // Names of the values as they follow each other in the file.
  std::vector<std::string> value_order() const {
    std::vector<std::pair<std::size_t, std::string>> order;
    const auto add = [&](const std::optional<std::size_t>& column, const std::string& name) {
      if (column)
        order.emplace_back(*column, name);
    };
    add(number, "number");
    add(area, "area");
    add(residents, "residents");
    for (const auto& [type, column] : costs)
      order.emplace_back(column, type);
    for (const auto& [period, column] : occupants)
      order.emplace_back(column, "occupants_" + period);
    std::ranges::sort(order);
    std::vector<std::string> names;
    for (auto& [column, name] : order)
      names.push_back(std::move(name));
    return names;
  }

  std::optional<std::size_t> id, lon, lat, taxonomy, number, area, residents, retrofitted,
    deductible;
  std::vector<std::pair<std::string, std::size_t>> costs, occupants, tags;
  std::string missing_tag;

private:
  // Under the name that exposureFields gives, its own, or an older spelling.
  std::optional<std::size_t> find(const std::string& field,
                                  std::initializer_list<std::string> older) const {
    if (const auto renamed = fields_.find(field); renamed != fields_.end())
      if (const auto column = file_.column(renamed->second))
        return column;
    if (const auto column = file_.column(field))
      return column;
    for (const auto& name : older)
      if (const auto column = file_.column(name))
        return column;
    return std::nullopt;
  }

  void add_period(const std::string& period) {
    const bool known = std::ranges::any_of(occupants, [&](const auto& entry) {
      return entry.first == period;
    });
    if (known)
      return;
    if (const auto column = find(period, {"occupants_" + period}))
      occupants.emplace_back(period, *column);
  }

  const CsvReader& file_;
  const ExposureFields& fields_;
};

Result<std::optional<double>> number(const CsvReader& file,
                                     const std::optional<std::size_t>& column) {
  if (!column || file.cell(*column).empty())
    return std::optional<double>();
  OQ_TRY(const double value, file.number(*column));
  return std::optional<double>(value);
}

Result<AssetRow> read_row(const CsvReader& file, const Columns& columns) {
  AssetRow row;
  row.id = file.cell(*columns.id);
  row.taxonomy = file.cell(*columns.taxonomy);
  OQ_TRY(row.lon, file.number(*columns.lon));
  OQ_TRY(row.lat, file.number(*columns.lat));
  OQ_TRY(const auto count, number(file, columns.number));
  row.number = count.value_or(1);
  OQ_TRY(row.area, number(file, columns.area));
  OQ_TRY(row.residents, number(file, columns.residents));
  OQ_TRY(row.retrofitted, number(file, columns.retrofitted));
  OQ_TRY(const auto deductible, number(file, columns.deductible));
  row.deductible = deductible.value_or(0);
  for (const auto& [type, column] : columns.costs) {
    OQ_TRY(const auto cost, number(file, column));
    if (cost)
      row.costs.emplace_back(type, *cost);
  }
  for (const auto& [period, column] : columns.occupants) {
    OQ_TRY(const auto people, number(file, column));
    if (people)
      row.occupants.emplace_back(period, *people);
  }
  for (const auto& [tag, column] : columns.tags)
    row.tags.emplace_back(tag, file.raw_cell(column)); // a name as it is: blanks are part of it
  return row;
}

} // namespace

Result<void> read_assets_csv(const std::filesystem::path& file,
                             const ExposureConversions& conversions, const ExposureFields& fields,
                             AssetList& assets) {
  OQ_TRY(auto reader, CsvReader::open(file));
  const Columns columns(reader, conversions, fields);
  const std::pair<const char*, bool> needed[] = {{"id", columns.id.has_value()},
                                                 {"lon", columns.lon.has_value()},
                                                 {"lat", columns.lat.has_value()},
                                                 {"taxonomy", columns.taxonomy.has_value()}};
  for (const auto& [name, found] : needed)
    if (!found)
      return reader.error("no column for " + std::string(name));
  if (!columns.missing_tag.empty())
    return reader.error("no column for the tag " + in_quotes(columns.missing_tag));
  assets.declare_columns(columns.value_order());
  while (true) {
    OQ_TRY(const bool more, reader.next());
    if (!more)
      return {};
    OQ_TRY(const auto row, read_row(reader, columns));
    OQ_CHECK(assets.add(row, conversions, reader.line()));
  }
}

} // namespace oq::engine
