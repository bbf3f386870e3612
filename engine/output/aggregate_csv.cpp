// Aggregate losses and damage, and those of events, in the layouts of OpenQuake's CSV exports.
#include "engine/output/array_access.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/table_columns.hpp"

#include <type_traits>
#include <variant>

namespace oq::engine {
namespace {

std::size_t size_of(const ArrayValues& column) {
  return std::visit(
    [](const auto& cells) {
      return cells.size();
    },
    column);
}

void write_cell(CsvWriter& csv, const ArrayValues& column, std::size_t row) {
  std::visit(
    [&](const auto& cells) {
      using Cell = std::decay_t<decltype(cells[row])>;
      if constexpr (std::is_same_v<Cell, std::string>)
        csv.text(cells[row]);
      else if constexpr (std::is_integral_v<Cell>)
        csv.integer(cells[row]);
      else
        csv.loss(cells[row]);
    },
    column);
}

Result<std::filesystem::path> write_table(const ExportJob& job, const std::string& key) {
  const auto& datastore = job.datastore();
  OQ_TRY(const auto about, datastore.attributes(key));
  const auto header = texts_attribute(about, "columns");
  std::vector<ArrayValues> columns;
  for (const auto& column : column_keys(key, header)) {
    OQ_TRY(auto array, datastore.get(column));
    columns.push_back(std::move(array.values));
    if (size_of(columns.back()) != size_of(columns.front()))
      return Error{Errc::internal, "the columns of a table disagree", key};
  }
  if (columns.empty())
    return Error{Errc::internal, "a table without columns", key};
  OQ_TRY(auto csv, CsvWriter::create(job.path(text_attribute(about, "stem"))));
  csv.header(job.comment(), header);
  for (std::size_t row = 0; row < size_of(columns.front()); ++row) {
    for (const auto& column : columns)
      write_cell(csv, column, row);
    csv.end_row();
  }
  return csv.commit();
}

} // namespace

Result<Paths> export_aggregate_risk_csv(const ExportJob& job) {
  OQ_TRY(const auto about, job.datastore().attributes("aggrisk"));
  const auto tables = number_attribute(about, "tables").value_or(0);
  Paths paths;
  for (int i = 0; i < tables; ++i) {
    OQ_TRY(paths.emplace_back(), write_table(job, "aggrisk/" + std::to_string(i)));
  }
  return paths;
}

Result<Paths> export_table_csv(const ExportJob& job) {
  OQ_TRY(auto path, write_table(job, job.request().type));
  return Paths{std::move(path)};
}

} // namespace oq::engine
