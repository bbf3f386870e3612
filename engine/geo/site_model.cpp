// SiteModel: from cells to coordinates and typed columns.
#include "engine/geo/site_model.hpp"

#include "engine/geo/five_decimals.hpp"
#include "engine/geo/site_rows.hpp"
#include "engine/nrml/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace oq::engine {

namespace {

constexpr std::string_view kWords[] = {
  "siteclass", "geology",        "ec8", "ec8_p18", "ampcode",
  "unit",      "custom_site_id", "cc",  "country", "liq_susc_cat"};
constexpr std::string_view kWholeNumbers[] = {"vs30measured", "backarc", "region",
                                              "soiltype",     "bas",     "site_id"};
constexpr std::string_view kRealNumbers[] = {
  "vs30",      "z1pt0",     "z2pt5",       "xvf",         "slope",      "h800",      "amplfactor",
  "ch_ampl03", "ch_ampl06", "ch_phis2s03", "ch_phis2s06", "ch_phiss03", "ch_phiss06"};
constexpr std::string_view kCoordinates[] = {"lon", "lat", "depth"};

template <std::size_t size>
bool is_one_of(const std::string_view (&names)[size], std::string_view name) {
  return std::ranges::find(names, name) != std::end(names);
}

Error cell_error(const SiteRows& rows, std::size_t row, std::string_view name,
                 std::string_view message) {
  return invalid_input(fmt::format("{}: {}", name, message), rows.where(row));
}

// vs30Type says "measured" where vs30measured says 1 or true.
double truth(std::string_view word) {
  constexpr std::string_view kYes[] = {"measured", "true", "True", "TRUE"};
  return is_one_of(kYes, word) ? 1.0 : 0.0;
}

Result<double> read_number(const SiteRows& rows, std::size_t row, std::string_view name,
                           const std::string& cell) {
  const auto number = parse_number(cell);
  if (number)
    return *number;
  if (name == "vs30measured" || name == "backarc")
    return truth(cell);
  return cell_error(rows, row, name, number.error().message);
}

Result<double> read_coordinate(const SiteRows& rows, std::size_t row, std::string_view name,
                               const std::string& cell) {
  OQ_TRY(const double value, read_number(rows, row, name, cell));
  const double limit = name == "lon" ? 180.0 : name == "lat" ? 90.0 : 6371.0;
  if (std::fabs(value) > limit)
    return cell_error(rows, row, name, fmt::format("{} is out of range", value));
  return name == "depth" ? value : five_decimals(value);
}

Result<void> add_points(const SiteRows& rows, SiteModel& model,
                        std::set<std::tuple<double, double, double>>& seen) {
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    SitePoint point;
    for (std::size_t c = 0; c < rows.names.size(); ++c) {
      const std::string& name = rows.names[c];
      if (!is_one_of(kCoordinates, name))
        continue;
      OQ_TRY((name == "lon"   ? point.lon
              : name == "lat" ? point.lat
                              : point.depth),
             read_coordinate(rows, row, name, rows.cell(row, c)));
    }
    if (!seen.emplace(point.lon, point.lat, point.depth).second)
      return invalid_input(fmt::format("the site {} {} is given twice", point.lon, point.lat),
                           rows.where(row));
    model.points.push_back(point);
  }
  return {};
}

Result<void> add_values(const SiteRows& rows, std::size_t source, SiteColumn& column) {
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::string& cell = rows.cell(row, source);
    if (column.kind == SiteColumn::Kind::text) {
      column.texts.push_back(cell);
      continue;
    }
    OQ_TRY(const double value, read_number(rows, row, column.name, cell));
    if (column.name == "vs30" && !(value > 0))
      return cell_error(rows, row, column.name, fmt::format("{} is not above 0", value));
    column.numbers.push_back(value);
  }
  return {};
}

// A column nobody knows is taken for words when it does not start with a number.
SiteColumn::Kind kind_of(const SiteRows& rows, std::size_t column) {
  const std::string& name = rows.names[column];
  const auto kind = kind_of_site_parameter(name);
  const bool open = kind == SiteColumn::Kind::real && !is_one_of(kRealNumbers, name);
  return open && !parse_number(rows.cell(0, column)) ? SiteColumn::Kind::text : kind;
}

Result<void> add_columns(const SiteRows& rows, SiteModel& model, bool first) {
  std::size_t parameters = 0;
  for (std::size_t c = 0; c < rows.names.size(); ++c) {
    const std::string& name = rows.names[c];
    if (is_one_of(kCoordinates, name))
      continue;
    ++parameters;
    auto column = std::ranges::find(model.columns, name, &SiteColumn::name);
    if (column == model.columns.end()) {
      if (!first)
        return invalid_input(
          fmt::format("the parameter {} is not in the first site model file", in_quotes(name)),
          rows.file);
      column = model.columns.insert(model.columns.end(), {name, kind_of(rows, c), {}, {}});
    }
    OQ_CHECK(add_values(rows, c, *column));
  }
  if (parameters != model.columns.size())
    return invalid_input("a parameter of the first site model file is missing", rows.file);
  return {};
}

} // namespace

const SiteColumn* SiteModel::column(std::string_view name) const {
  const auto found = std::ranges::find(columns, name, &SiteColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

SiteColumn::Kind kind_of_site_parameter(std::string_view name) {
  if (is_one_of(kWords, name))
    return SiteColumn::Kind::text;
  return is_one_of(kWholeNumbers, name) ? SiteColumn::Kind::integer : SiteColumn::Kind::real;
}

Result<SiteModel> read_site_model(const std::vector<std::filesystem::path>& files) {
  SiteModel model;
  std::set<std::tuple<double, double, double>> seen;
  for (std::size_t i = 0; i < files.size(); ++i) {
    OQ_TRY(const SiteRows rows, read_site_rows(files[i]));
    OQ_CHECK(add_points(rows, model, seen));
    OQ_CHECK(add_columns(rows, model, i == 0));
  }
  return model;
}

} // namespace oq::engine
