// Aggregate losses and damage, and those of events, in the layouts of OpenQuake's CSV exports.
#include "engine/output/array_access.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/table_columns.hpp"

#include <variant>

namespace oq::engine {
namespace {

// What a cell is written as.
using Cells =
  std::variant<std::vector<std::string>, std::vector<std::int32_t>, std::vector<double>>;

Result<Cells> read_cells(const Datastore& datastore, const std::string& key) {
  OQ_TRY(auto array, datastore.get(key));
  if (auto* const texts = std::get_if<std::vector<std::string>>(&array.values))
    return Cells(std::move(*texts));
  if (auto* const whole = std::get_if<std::vector<std::int32_t>>(&array.values))
    return Cells(std::move(*whole));
  if (auto* const numbers = std::get_if<std::vector<double>>(&array.values))
    return Cells(std::move(*numbers));
  return Error{Errc::internal, "a column of another type than expected", key};
}

std::size_t size_of(const Cells& cells) {
  return std::visit(
    [](const auto& list) {
      return list.size();
    },
    cells);
}

void write_cell(CsvWriter& csv, const Cells& cells, std::size_t row) {
  if (const auto* const texts = std::get_if<std::vector<std::string>>(&cells))
    csv.text((*texts)[row]);
  else if (const auto* const whole = std::get_if<std::vector<std::int32_t>>(&cells))
    csv.integer((*whole)[row]);
  else
    csv.loss(std::get<std::vector<double>>(cells)[row]);
}

Result<std::filesystem::path> write_table(const ExportJob& job, const std::string& key) {
  const auto& datastore = job.datastore();
  OQ_TRY(const auto about, datastore.attributes(key));
  const auto header = texts_attribute(about, "columns");
  std::vector<Cells> columns;
  for (const auto& column : column_keys(key, header)) {
    OQ_TRY(columns.emplace_back(), read_cells(datastore, column));
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
