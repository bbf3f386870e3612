// Columns of gmf_data become rows of a table; sites of the file may stand in another order here.
#include "engine/gmf/hdf5_fields.hpp"

#include "engine/geo/build_sites.hpp"
#include "engine/geo/five_decimals.hpp"
#include "engine/gmf/joined_fields.hpp"
#include "engine/gmf/sites_by_place.hpp"
#include "engine/gsim/imt.hpp"
#include "engine/hdf5/number_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

namespace oq::engine {
namespace {

constexpr double kMostEvents = 10'000'000;

struct Columns {
  std::vector<std::string> imts;
  std::vector<double> site, event;
  std::vector<std::vector<double>> motions; // one an IMT
  std::size_t events = 0;                   // that there are at least
};

Result<std::vector<double>> column(const NumberFile& file, const std::string& key) {
  OQ_TRY(auto numbers, file.numbers(key));
  return std::move(numbers.values);
}

// Also counts events that shake no site; 0 when the file does not tell.
std::size_t told_events(const NumberFile& file) {
  const auto count = file.number_attribute("gmf_data", "num_events");
  return count && *count > 0 ? static_cast<std::size_t>(std::min(*count, kMostEvents)) : 0;
}

Result<Columns> read_columns(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  OQ_TRY(const NumberFile file, NumberFile::open(path));
  Columns columns;
  OQ_TRY(const std::string imts, file.text_attribute("gmf_data", "imts"));
  std::istringstream words(imts);
  for (std::string imt; words >> imt;) {
    OQ_TRY(const Imt known, Imt::parse(imt));
    columns.imts.push_back(known.name());
  }
  if (columns.imts.empty())
    return invalid_input("the attribute imts of gmf_data names no measure", name);
  OQ_TRY(columns.site, column(file, "gmf_data/sid"));
  OQ_TRY(columns.event, column(file, "gmf_data/eid"));
  for (std::size_t i = 0; i < columns.imts.size(); ++i) {
    OQ_TRY(columns.motions.emplace_back(), column(file, fmt::format("gmf_data/gmv_{}", i)));
    if (columns.motions.back().size() != columns.event.size())
      return invalid_input(fmt::format("'gmf_data/gmv_{}' is not as long as 'eid'", i), name);
  }
  if (columns.site.size() != columns.event.size())
    return invalid_input("'gmf_data/sid' is not as long as 'eid'", name);
  columns.events = told_events(file);
  return columns;
}

// By sid; empty when the file has no sites.
Result<std::vector<SitePoint>> read_places(const std::filesystem::path& path) {
  OQ_TRY(const NumberFile file, NumberFile::open(path));
  std::vector<SitePoint> places;
  if (!file.has("sitecol/lon"))
    return places;
  OQ_TRY(const auto lon, column(file, "sitecol/lon"));
  OQ_TRY(const auto lat, column(file, "sitecol/lat"));
  if (lon.size() != lat.size())
    return invalid_input("'sitecol/lat' is not as long as 'lon'", path.filename().string());
  for (std::size_t sid = 0; sid < lon.size(); ++sid)
    places.push_back({lon[sid], lat[sid], 0});
  return places;
}

// Which site of the collection each sid is.
Result<std::vector<std::int32_t>> positions(const std::vector<SitePoint>& places,
                                            const SiteCollection& sites, const std::string& name) {
  std::vector<std::int32_t> of_sid;
  if (places.empty()) {
    for (std::size_t site = 0; site < sites.size(); ++site)
      of_sid.push_back(static_cast<std::int32_t>(site));
    return of_sid;
  }
  const SitesByPlace by_place(sites);
  for (std::size_t sid = 0; sid < places.size(); ++sid) {
    const auto site = by_place.find(places[sid].lon, places[sid].lat);
    if (!site)
      return invalid_input(fmt::format("the site {} has no place on the Earth", sid), name);
    of_sid.push_back(*site);
  }
  return of_sid;
}

bool is_index(double value, double below) {
  return value >= 0 && value < below && value == std::floor(value);
}

Result<FieldTable> table_of(const Columns& columns, const std::vector<std::int32_t>& of_sid,
                            const std::string& name) {
  FieldTable table;
  table.imts = columns.imts;
  for (std::size_t row = 0; row < columns.event.size(); ++row) {
    if (!is_index(columns.event[row], kMostEvents))
      return invalid_input(fmt::format("row {}: not the number of an event", row), name);
    if (!is_index(columns.site[row], static_cast<double>(of_sid.size())))
      return invalid_input(fmt::format("row {}: the site {} is not known", row, columns.site[row]),
                           name);
    table.event.push_back(static_cast<std::int32_t>(columns.event[row]));
    table.site.push_back(of_sid[static_cast<std::size_t>(columns.site[row])]);
    for (const auto& motion : columns.motions) {
      if (!(motion[row] >= 0 && std::isfinite(motion[row])))
        return invalid_input(fmt::format("row {}: an intensity that is negative or no number", row),
                             name);
      table.values.push_back(static_cast<float>(motion[row]));
    }
  }
  if (table.rows() == 0)
    return invalid_input("no fields", name);
  return table;
}

// Each place once; a file that names one twice is refused with the sites.
Result<SiteCollection> sites_of(const std::vector<std::vector<SitePoint>>& places_of_files,
                                const Job& job) {
  SiteRequest request{.named = true};
  std::set<std::pair<double, double>> known;
  const auto key_of = [](const SitePoint& place) {
    return std::pair(five_decimals(place.lon), five_decimals(place.lat));
  };
  for (const auto& places : places_of_files) {
    const std::size_t first = request.places.size();
    for (const SitePoint& place : places)
      if (!known.contains(key_of(place)))
        request.places.push_back(place);
    for (std::size_t i = first; i < request.places.size(); ++i)
      known.insert(key_of(request.places[i]));
  }
  OQ_TRY(auto built, build_sites(job, request));
  return std::move(built.sites);
}

} // namespace

Result<ImportedTable> import_hdf5_fields(const Job& job,
                                         const std::vector<std::filesystem::path>& paths) {
  std::vector<std::vector<SitePoint>> places;
  for (const auto& path : paths) {
    OQ_TRY(places.emplace_back(), read_places(path));
    if (places.back().empty() != places.front().empty())
      return invalid_input("'sitecol' is in this file or in the first one, not in both",
                           path.filename().string());
  }
  OQ_TRY(auto sites, sites_of(places, job));
  JoinedFields joined;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::string name = paths[i].filename().string();
    OQ_TRY(const Columns columns, read_columns(paths[i]));
    OQ_TRY(const auto of_sid, positions(places[i], sites, name));
    OQ_TRY(auto table, table_of(columns, of_sid, name));
    OQ_CHECK(joined.add({name, std::move(table), columns.events}));
  }
  return std::move(joined).take(std::move(sites));
}

} // namespace oq::engine
