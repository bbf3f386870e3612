// Columns of gmf_data become rows of a table; sites of the file may stand in another order here.
#include "engine/gmf/hdf5_fields.hpp"

#include "engine/geo/build_sites.hpp"
#include "engine/gmf/sites_by_place.hpp"
#include "engine/gsim/imt.hpp"
#include "engine/hdf5/number_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace oq::engine {
namespace {

constexpr std::size_t kMostEvents = 10'000'000;

struct Columns {
  std::vector<std::string> imts;
  std::vector<double> site, event;
  std::vector<std::vector<double>> motions; // one an IMT
  std::vector<double> lon, lat;             // by sid; empty when the file has no sites
  std::size_t events = 0;                   // that there are at least
};

Result<std::vector<double>> column(const NumberFile& file, const std::string& key) {
  OQ_TRY(auto numbers, file.numbers(key));
  return std::move(numbers.values);
}

// Also counts events that shake no site; 0 when the file does not tell.
std::size_t told_events(const NumberFile& file) {
  const auto text = file.text_attribute("gmf_data", "num_events");
  std::size_t count = 0;
  if (text)
    std::from_chars(text->data(), text->data() + text->size(), count);
  return std::min(count, kMostEvents);
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
  if (!file.has("sitecol/lon"))
    return columns;
  OQ_TRY(columns.lon, column(file, "sitecol/lon"));
  OQ_TRY(columns.lat, column(file, "sitecol/lat"));
  if (columns.lon.size() != columns.lat.size())
    return invalid_input("'sitecol/lat' is not as long as 'lon'", name);
  return columns;
}

// Which site of the collection each sid is.
Result<std::vector<std::int32_t>> positions(const Columns& columns, const SiteCollection& sites,
                                            const std::string& name) {
  std::vector<std::int32_t> of_sid;
  if (columns.lon.empty()) {
    for (std::size_t site = 0; site < sites.size(); ++site)
      of_sid.push_back(static_cast<std::int32_t>(site));
    return of_sid;
  }
  const SitesByPlace by_place(sites);
  for (std::size_t sid = 0; sid < columns.lon.size(); ++sid) {
    const auto site = by_place.find(columns.lon[sid], columns.lat[sid]);
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
    if (!is_index(columns.event[row], static_cast<double>(kMostEvents)))
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

Result<SiteCollection> sites_of(const Columns& columns, const Job& job) {
  SiteRequest request{.named = true};
  for (std::size_t sid = 0; sid < columns.lon.size(); ++sid)
    request.places.push_back({columns.lon[sid], columns.lat[sid], 0});
  OQ_TRY(auto built, build_sites(job, request));
  return std::move(built.sites);
}

} // namespace

Result<ImportedTable> import_hdf5_fields(const Job& job, const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  ImportedTable out;
  OQ_TRY(const Columns columns, read_columns(path));
  OQ_TRY(out.sites, sites_of(columns, job));
  OQ_TRY(const auto of_sid, positions(columns, out.sites, name));
  OQ_TRY(out.fields, table_of(columns, of_sid, name));
  out.events.rupture.assign(columns.events, 0);
  return out;
}

} // namespace oq::engine
