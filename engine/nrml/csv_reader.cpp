// One pass over the text in memory; cells are views of it.
#include "engine/nrml/csv_reader.hpp"

#include "engine/nrml/number.hpp"
#include "engine/nrml/text_file.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kLongestLine = 1 << 20; // bytes
constexpr std::size_t kMostColumns = 10'000;

} // namespace

Result<CsvReader> CsvReader::open(const std::filesystem::path& file) {
  OQ_TRY(auto text, read_text_file(file));
  return parse(std::move(text), file.filename().string());
}

Result<CsvReader> CsvReader::parse(std::string text, std::string file_name) {
  CsvReader reader(std::move(text), std::move(file_name));
  OQ_CHECK(reader.read_header());
  return reader;
}

bool CsvReader::next_line(std::string_view& line) {
  while (position_ < text_.size()) {
    const auto end = std::min(text_.find('\n', position_), text_.size());
    line = std::string_view(text_).substr(position_, end - position_);
    position_ = end + 1;
    ++line_;
    if (line.ends_with('\r'))
      line.remove_suffix(1);
    if (!trimmed(line).empty())
      return true;
  }
  return false;
}

Result<void> CsvReader::read_header() {
  std::string_view line;
  while (next_line(line)) {
    OQ_CHECK(split(line));
    if (!line.starts_with('#') && !line.starts_with("\"#")) {
      for (const auto cell : cells_)
        header_.emplace_back(trimmed(cell));
      std::vector<std::string> sorted = header_;
      std::ranges::sort(sorted);
      if (const auto twice = std::ranges::adjacent_find(sorted);
          twice != sorted.end() && !twice->empty())
        return error("the column " + in_quotes(*twice) + " is there twice");
      return {};
    }
    for (const auto raw : cells_)
      if (const auto cell = trimmed(raw); !cell.empty() && cell != "#")
        comment_.append(comment_.empty() ? "" : ", ").append(cell);
  }
  return invalid_input("the file has no header", file_);
}

Result<void> CsvReader::split(std::string_view line) {
  if (line.size() > kLongestLine)
    return error("a line of more than 1 MiB");
  cells_.clear();
  unquoted_.clear();
  std::size_t at = 0;
  while (true) {
    std::size_t end = 0;
    if (at < line.size() && line[at] == '"') {
      auto& cell = unquoted_.emplace_back();
      for (++at;; ++at) {
        if (at >= line.size())
          return error("a quotation mark is not closed");
        if (line[at] == '"') {
          if (at + 1 >= line.size() || line[at + 1] != '"')
            break;
          ++at;
        }
        cell += line[at];
      }
      end = std::min(line.find(',', ++at), line.size());
      cell += line.substr(at, end - at);
      cells_.push_back(cell);
    } else {
      end = std::min(line.find(',', at), line.size());
      cells_.push_back(line.substr(at, end - at));
    }
    if (cells_.size() > kMostColumns)
      return error("more than 10,000 columns");
    if (end >= line.size())
      return {};
    at = end + 1;
  }
}

Result<bool> CsvReader::next() {
  std::string_view line;
  do {
    if (!next_line(line))
      return false;
  } while (line.starts_with('#'));
  OQ_CHECK(split(line));
  if (cells_.size() != header_.size())
    return error(std::to_string(cells_.size()) + " cells where the header has "
                 + std::to_string(header_.size()));
  return true;
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
  const auto found = std::ranges::find(header_, name);
  if (found == header_.end())
    return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

Result<std::size_t> CsvReader::require_column(std::string_view name) const {
  if (const auto found = column(name))
    return *found;
  return invalid_input("there is no column " + in_quotes(name), file_);
}

Result<double> CsvReader::number(std::size_t column) const {
  const auto value = parse_number(cell(column));
  if (!value)
    return error(header_[column] + ": " + value.error().message);
  return *value;
}

Error CsvReader::error(std::string message) const {
  return invalid_input(std::move(message), file_ + ":" + std::to_string(line_));
}

} // namespace oq::engine
