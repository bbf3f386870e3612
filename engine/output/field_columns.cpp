// Names and keys of the columns of gmf_data.
#include "engine/output/field_columns.hpp"

#include "engine/output/array_access.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>

namespace oq::engine {

std::string FieldColumns::key(std::size_t column) const {
  return column < computed() ? fmt::format("gmf_data/gmv_{}", column) : "gmf_data/" + imts[column];
}

Result<void> store_field_columns(const FieldColumns& columns, std::size_t events,
                                 Datastore& datastore) {
  const auto split = columns.imts.begin() + static_cast<std::ptrdiff_t>(columns.computed());
  std::string names = "sid eid";
  for (std::size_t column = 0; column < columns.imts.size(); ++column)
    names += " " + columns.key(column).substr(std::string_view("gmf_data/").size());
  return datastore.put_attributes(
    "gmf_data",
    {{"imts", boost::json::string(fmt::format("{}", fmt::join(columns.imts.begin(), split, " ")))},
     {"secondary_imts", boost::json::array(split, columns.imts.end())},
     {"num_events", static_cast<std::int64_t>(events)},
     {"__pdcolumns__", boost::json::string(names)},
     {"exported", true}});
}

Result<FieldColumns> read_field_columns(const Datastore& datastore) {
  OQ_TRY(const auto about, datastore.attributes("gmf_data"));
  FieldColumns columns;
  std::istringstream words(text_attribute(about, "imts"));
  for (std::string imt; words >> imt;)
    columns.imts.push_back(imt);
  const auto secondary = texts_attribute(about, "secondary_imts");
  columns.secondary = secondary.size();
  columns.imts.insert(columns.imts.end(), secondary.begin(), secondary.end());
  if (columns.imts.empty())
    return Error{Errc::internal, "the fields are not kept as columns: an older program wrote them",
                 "gmf_data"};
  return columns;
}

Result<std::vector<double>> read_field_rows(const Datastore& datastore, const FieldColumns& columns,
                                            Range rows) {
  const std::size_t width = columns.imts.size();
  std::vector<double> values(rows.count * width);
  for (std::size_t column = 0; column < width; ++column) {
    OQ_TRY(const auto part, read_number_part(datastore, columns.key(column), {rows}));
    if (part.size() != rows.count)
      return Error{Errc::internal, "the arrays of the fields disagree", columns.key(column)};
    for (std::size_t row = 0; row < rows.count; ++row)
      values[row * width + column] = part[row];
  }
  return values;
}

} // namespace oq::engine
