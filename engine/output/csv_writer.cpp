// Formats of cells: what Python's csv module and %-formatting print.
#include "engine/output/csv_writer.hpp"

#include "engine/base/json.hpp"
#include "engine/base/nearest_float.hpp"

#include <fmt/format.h>

#include <cmath>

namespace oq::engine {
namespace {

// The sign of a NaN is noise; Python prints none.
double printable(double value) {
  return std::isnan(value) ? std::abs(value) : value;
}

std::string quoted(std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos)
    return std::string(cell);
  std::string out = "\"";
  for (char c : cell) {
    if (c == '"')
      out += '"';
    out += c;
  }
  return out + '"';
}

} // namespace

void CsvComment::pair(std::string_view key, std::string_view value) {
  if (!line_.empty())
    line_ += ", ";
  line_.append(key).append("=").append(value);
}

CsvComment& CsvComment::text(std::string_view key, std::string_view value) {
  std::string literal = "'";
  for (char c : value) {
    if (c == '\'' || c == '\\')
      literal += '\\';
    literal += c == '\n' || c == '\r' ? ' ' : c;
  }
  pair(key, literal + "'");
  return *this;
}

CsvComment& CsvComment::number(std::string_view key, double value) {
  pair(key, number_text(value));
  return *this;
}

CsvComment& CsvComment::integer(std::string_view key, std::int64_t value) {
  pair(key, std::to_string(value));
  return *this;
}

Result<CsvWriter> CsvWriter::create(const std::filesystem::path& path) {
  OQ_TRY(auto file, OutputFile::create(path));
  return CsvWriter(std::move(file));
}

void CsvWriter::header(const CsvComment& comment, std::span<const std::string> columns) {
  raw("#");
  for (std::size_t i = 2; i < columns.size(); ++i)
    raw("");
  text(comment.line());
  end_row();
  header(columns);
}

void CsvWriter::header(std::span<const std::string> columns) {
  for (const auto& column : columns)
    text(column);
  end_row();
}

void CsvWriter::raw(std::string_view cell) {
  if (row_started_)
    row_ += ',';
  row_ += cell;
  row_started_ = true;
}

void CsvWriter::text(std::string_view cell) {
  raw(quoted(cell));
}

void CsvWriter::integer(std::int64_t cell) {
  raw(std::to_string(cell));
}

void CsvWriter::coordinate(double degrees) {
  raw(fmt::format("{:.5f}", degrees));
}

void CsvWriter::value(double cell) {
  raw(fmt::format("{:.6E}", printable(cell)));
}

void CsvWriter::loss(double cell) {
  raw(fmt::format("{:.5E}", printable(cell)));
}

void CsvWriter::weight(double cell) {
  raw(fmt::format("{:.7e}", nearest_float(cell)));
}

void CsvWriter::end_row() {
  row_ += "\r\n";
  file_.write(row_);
  row_.clear();
  row_started_ = false;
}

} // namespace oq::engine
