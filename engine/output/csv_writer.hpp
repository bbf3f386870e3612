// CsvWriter: OpenQuake's CSV dialect: a comment row, a header, \r\n, fixed number formats.
#pragma once

#include "engine/output/output_file.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oq::engine {

// The `key=value` pairs of the comment row, in order; texts in single quotes as Python prints them.
class CsvComment {
public:
  CsvComment& text(std::string_view key, std::string_view value);
  CsvComment& number(std::string_view key, double value);
  CsvComment& integer(std::string_view key, std::int64_t value);
  const std::string& line() const noexcept { return line_; }

private:
  void pair(std::string_view key, std::string_view value);
  std::string line_;
};

class CsvWriter {
public:
  static Result<CsvWriter> create(const std::filesystem::path& path);

  // The comment row has as many cells as the header that follows it.
  void header(const CsvComment& comment, std::span<const std::string> columns);

  // Without a comment row.
  void header(std::span<const std::string> columns);

  void text(std::string_view cell); // quoted when it has to be
  void integer(std::int64_t cell);
  void coordinate(double degrees); // %.5f
  void value(double cell);         // %.6E: curves, maps
  void loss(double cell);          // %.5E: losses, ratios
  void weight(double cell);        // %.7e of the nearest float: weights of realizations
  void end_row();

  Result<std::filesystem::path> commit() { return file_.commit(); }

private:
  explicit CsvWriter(OutputFile file) : file_(std::move(file)) {}
  void raw(std::string_view cell);

  OutputFile file_;
  std::string row_;
  bool row_started_ = false;
};

} // namespace oq::engine
