// SiteRows: cells of CSV rows, attributes of <site> elements.
#include "engine/geo/site_rows.hpp"

#include "engine/job/csv_table.hpp"
#include "engine/nrml/xml.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {

namespace {

constexpr std::size_t kMostSites = 2'000'000;

Result<void> check_names(const SiteRows& table, int line) {
  for (const char* needed : {"lon", "lat"})
    if (std::ranges::find(table.names, needed) == table.names.end())
      return invalid_input(fmt::format("there is no column '{}'", needed),
                           fmt::format("{}:{}", table.file, line));
  return {};
}

Result<SiteRows> read_csv(const std::filesystem::path& file) {
  OQ_TRY(CsvTable csv, read_csv_table(file));
  SiteRows table{csv.file, std::move(csv.names), std::move(csv.cells), std::move(csv.lines)};
  if (table.names.empty()) {
    table.names = {"lon", "lat", "depth"};
    if (csv.width != 2 && csv.width != 3)
      return invalid_input("without a header a row is lon,lat or lon,lat,depth", table.file);
    table.names.resize(csv.width);
  }
  OQ_CHECK(check_names(table, 1));
  return table;
}

Result<SiteRows> read_nrml(const std::filesystem::path& file) {
  OQ_TRY(const XmlDocument document, load_xml(file));
  OQ_TRY(const XmlElement model, nrml_content(document, {"siteModel"}));
  SiteRows table;
  table.file = file.filename().string();
  for (const XmlElement& site : model.children("site")) {
    std::vector<std::pair<std::string, std::string>> given;
    for (const auto& [name, value] : site.attributes())
      given.emplace_back(name == "vs30Type" ? "vs30measured" : name, value);
    if (table.names.empty()) {
      for (const auto& [name, value] : given)
        table.names.push_back(name);
      OQ_CHECK(check_names(table, site.line()));
    }
    for (const std::string& name : table.names) {
      const auto found = std::ranges::find(given, name, [](const auto& pair) {
        return pair.first;
      });
      if (found == given.end())
        return site.error(fmt::format("the site has no attribute '{}', which others have", name));
      table.cells.push_back(found->second);
    }
    if (table.rows() == kMostSites)
      return site.error(fmt::format("more than {} sites", kMostSites));
    table.lines.push_back(site.line());
  }
  return table;
}

} // namespace

Result<SiteRows> read_site_rows(const std::filesystem::path& file) {
  OQ_TRY(SiteRows table, file.extension() == ".xml" ? read_nrml(file) : read_csv(file));
  if (table.rows() == 0)
    return invalid_input("there are no sites", table.file);
  return table;
}

} // namespace oq::engine
