// `sites_csv`: sites as rows of longitude, latitude and perhaps depth.
#include "engine/job/assign.hpp"
#include "engine/job/option_value.hpp"
#include "engine/nrml/number.hpp"
#include "engine/nrml/utf8.hpp"

#include <algorithm>
#include <fstream>

namespace oq::engine {
namespace {

constexpr std::size_t kMostSites = 2'000'000;
constexpr std::size_t kLongestRow = 10'000; // bytes

// Where lon, lat and depth stand in a row.
struct Columns {
  std::size_t lon = 0, lat = 1, depth = 2;
};

std::vector<std::string_view> cells(std::string_view row) {
  std::vector<std::string_view> found;
  for (;;) {
    const auto comma = row.find(',');
    found.push_back(trimmed(row.substr(0, comma)));
    if (comma == std::string_view::npos)
      return found;
    row.remove_prefix(comma + 1);
  }
}

Result<Columns> read_header(const std::vector<std::string_view>& names) {
  const auto index = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  };
  const Columns columns{index("lon"), index("lat"), index("depth")};
  if (columns.lon == names.size() || columns.lat == names.size())
    return invalid_input("the header has no columns 'lon' and 'lat'");
  return columns;
}

Result<SitePoint> read_row(const std::vector<std::string_view>& row, const Columns& columns) {
  if (columns.lon >= row.size() || columns.lat >= row.size())
    return invalid_input("a row needs longitude and latitude");
  std::string text = std::string(row[columns.lon]) + " " + std::string(row[columns.lat]);
  if (columns.depth < row.size())
    text += " " + std::string(row[columns.depth]);
  OQ_TRY(const auto points, parse_points(text));
  return points.front();
}

} // namespace

Result<std::vector<SitePoint>> read_sites_csv(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::vector<SitePoint> sites;
  Columns columns;
  bool first = true;
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    const std::string where = file.filename().string() + ":" + std::to_string(number);
    std::string_view row = line;
    if (number == 1 && row.starts_with("\xEF\xBB\xBF"))
      row.remove_prefix(3);
    row = trimmed(row);
    if (row.empty() || row.front() == '#')
      continue;
    if (row.size() > kLongestRow || first_byte_not_utf8(row) != std::string_view::npos)
      return invalid_input("the row is too long or not UTF-8 text", where);
    const auto values = cells(row);
    const bool header = std::exchange(first, false) && !parse_number(values.front());
    if (header) {
      const auto found = read_header(values);
      if (!found)
        return invalid_input(found.error().message, where);
      columns = *found;
      continue;
    }
    const auto site = read_row(values, columns);
    if (!site)
      return invalid_input(site.error().message, where);
    if (sites.size() == kMostSites)
      return invalid_input("more than " + std::to_string(kMostSites) + " sites", where);
    sites.push_back(*site);
  }
  if (sites.empty())
    return invalid_input("there are no sites", file.filename().string());
  return sites;
}

} // namespace oq::engine
