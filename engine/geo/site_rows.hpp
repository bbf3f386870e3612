// Rows of a site model before their values are understood: CSV and NRML alike.
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace oq::engine {

struct SiteRows {
  std::string file;               // its name, for messages
  std::vector<std::string> names; // of the columns; "vs30Type" has become "vs30measured"
  std::vector<std::string> cells; // row after row
  std::vector<int> lines;         // a line of the file a row

  std::size_t rows() const noexcept { return lines.size(); }
  std::string where(std::size_t row) const { return file + ":" + std::to_string(lines[row]); }
  const std::string& cell(std::size_t row, std::size_t column) const {
    return cells[row * names.size() + column];
  }
};

// A .xml file holds a <siteModel>, anything else is CSV. A CSV without a header has the columns
// lon, lat and perhaps depth. Errors name file:line.
Result<SiteRows> read_site_rows(const std::filesystem::path& file);

} // namespace oq::engine
