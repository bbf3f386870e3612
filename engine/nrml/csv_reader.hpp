// CsvReader: rows of an untrusted CSV file with a header: quotes as RFC 4180, comment lines of '#'.
#pragma once

#include "engine/base/result.hpp"
#include "engine/nrml/number.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oq::engine {

class CsvReader {
public:
  // Reads the header. Errc::invalid_input: empty, no header, a column twice, too wide.
  static Result<CsvReader> open(const std::filesystem::path& file);
  static Result<CsvReader> parse(std::string text, std::string file_name);

  const std::vector<std::string>& header() const noexcept { return header_; }
  // Position of a column.
  std::optional<std::size_t> column(std::string_view name) const;
  Result<std::size_t> require_column(std::string_view name) const;
  // Comment lines before the header, joined.
  const std::string& comment() const noexcept { return comment_; }

  // The next row; false at the end. Errc::invalid_input: not as many cells as the header.
  Result<bool> next();
  // Cells of the row, without blanks at their ends; valid until next().
  std::string_view cell(std::size_t column) const { return trimmed(cells_[column]); }
  // As it is written, blanks included.
  std::string_view raw_cell(std::size_t column) const { return cells_[column]; }
  Result<double> number(std::size_t column) const;
  std::uint32_t line() const noexcept { return line_; }
  const std::string& file() const noexcept { return file_; }
  // Errc::invalid_input at the current row.
  Error error(std::string message) const;

private:
  CsvReader(std::string text, std::string file) : text_(std::move(text)), file_(std::move(file)) {}
  bool next_line(std::string_view& line);
  Result<void> split(std::string_view line);
  Result<void> read_header();

  std::string text_, file_, comment_;
  std::size_t position_ = 0;
  std::uint32_t line_ = 0;
  std::vector<std::string> header_;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unquoted_; // cells that had quotes
};

} // namespace oq::engine
