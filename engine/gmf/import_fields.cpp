// Reads `sid|site_id|custom_site_id, eid|event_id, gmv_IMT…` and the sites they stand on.
#include "engine/gmf/import_fields.hpp"

#include "engine/geo/build_sites.hpp"
#include "engine/gmf/hdf5_fields.hpp"
#include "engine/gmf/joined_fields.hpp"
#include "engine/gmf/sites_by_place.hpp"
#include "engine/gsim/imt.hpp"
#include "engine/nrml/csv_reader.hpp"
#include "engine/nrml/number.hpp"
#include "engine/perils/secondary_perils.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_map>

namespace oq::engine {
namespace {

constexpr std::size_t kMostRows = 500'000'000;
constexpr double kMostEvents = 10'000'000;

// The sites with what the fields may call them.
struct NamedSites {
  SiteCollection sites;
  std::unordered_map<std::string, std::int32_t> by_name;
};

// The column site_id of one file of sites.
Result<void> read_numbers(const std::filesystem::path& path, const SitesByPlace& by_place,
                          std::map<std::string, std::int32_t>& numbers) {
  OQ_TRY(auto file, CsvReader::open(path));
  const auto lon = file.column("lon"), lat = file.column("lat"), id = file.column("site_id");
  if (!lon || !lat || !id || file.column("custom_site_id"))
    return {};
  while (true) {
    OQ_TRY(const bool more, file.next());
    if (!more)
      return {};
    OQ_TRY(const double x, file.number(*lon));
    OQ_TRY(const double y, file.number(*lat));
    const auto site = by_place.find(x, y);
    if (!site)
      continue;
    const auto [known, is_new] = numbers.emplace(file.cell(*id), *site);
    if (!is_new && known->second != *site)
      return file.error("the site " + in_quotes(known->first) + " stands at two places");
  }
}

// Numbers stand in the rows of sites_csv; the collection is sorted by place.
Result<void> read_numbers(const Job& job, NamedSites& named) {
  const auto input = job.inputs.find("sites");
  if (input == job.inputs.end())
    return {};
  const SitesByPlace by_place(named.sites);
  std::map<std::string, std::int32_t> numbers;
  for (const auto& path : input->second)
    OQ_CHECK(read_numbers(path, by_place, numbers));
  for (const auto& [number, site] : numbers)
    named.by_name[number] = site;
  return {};
}

Result<NamedSites> named_sites(const Job& job) {
  NamedSites named;
  OQ_TRY(auto built, build_sites(job, {.named = true}));
  named.sites = std::move(built.sites);
  for (std::size_t site = 0; site < named.sites.size(); ++site)
    named.by_name[std::to_string(site)] = static_cast<std::int32_t>(site);
  OQ_CHECK(read_numbers(job, named));
  for (std::size_t site = 0; site < named.sites.size(); ++site)
    named.by_name.insert_or_assign(named.sites.custom_ids[site], static_cast<std::int32_t>(site));
  return named;
}

struct CsvColumns {
  std::size_t site = 0, event = 0;
  std::vector<std::pair<std::string, std::size_t>> imts; // by period, as computed fields
  std::size_t secondary = 0; // so many of the last, by name, are of secondary perils
};

std::string measure_of(const std::string& column) {
  return column.starts_with("gmv_") || column.starts_with("sep_") ? column.substr(4) : column;
}

// Puts what secondary perils give behind the others.
void separate(const std::vector<std::string>& of_perils, CsvColumns& columns) {
  auto& imts = columns.imts;
  const auto first = std::stable_partition(imts.begin(), imts.end(), [&](const auto& entry) {
    return std::ranges::find(of_perils, entry.first) == of_perils.end();
  });
  columns.secondary = static_cast<std::size_t>(imts.end() - first);
  std::sort(first, imts.end());
}

Result<CsvColumns> find_columns(const CsvReader& file, const std::vector<std::string>& of_perils) {
  CsvColumns columns;
  const auto first_of = [&](std::initializer_list<const char*> names) -> Result<std::size_t> {
    for (const char* name : names)
      if (const auto column = file.column(name))
        return *column;
    return file.error("no column " + in_quotes(*names.begin()));
  };
  OQ_TRY(columns.site, first_of({"custom_site_id", "site_id", "sid"}));
  OQ_TRY(columns.event, first_of({"event_id", "eid"}));
  for (std::size_t i = 0; i < file.header().size(); ++i) {
    const auto& name = file.header()[i];
    if (i == columns.site || i == columns.event || name == "rlzi" || name == "rlz_id"
        || name == "sid" || name == "custom_site_id")
      continue;
    columns.imts.emplace_back(measure_of(name), i);
  }
  if (columns.imts.empty())
    return file.error("no column gmv_IMT");
  std::ranges::stable_sort(columns.imts, {}, [](const auto& entry) {
    const auto imt = Imt::parse(entry.first);
    return imt ? imt->period : 0.0;
  });
  separate(of_perils, columns);
  return columns;
}

Result<FieldTable> read_rows(CsvReader& file, const NamedSites& named,
                             const std::vector<std::string>& of_perils) {
  OQ_TRY(const auto columns, find_columns(file, of_perils));
  FieldTable table;
  table.secondary = columns.secondary;
  for (const auto& [imt, position] : columns.imts)
    table.imts.push_back(imt);
  while (true) {
    OQ_TRY(const bool more, file.next());
    if (!more)
      break;
    if (table.rows() >= kMostRows)
      return file.error("more than 500,000,000 rows");
    const auto site = named.by_name.find(std::string(file.cell(columns.site)));
    if (site == named.by_name.end())
      return file.error("the site " + in_quotes(file.cell(columns.site)) + " is not known");
    OQ_TRY(const double event, file.number(columns.event));
    if (!(event >= 0 && event < kMostEvents))
      return file.error("the event must be a number from 0 on");
    table.event.push_back(static_cast<std::int32_t>(event));
    table.site.push_back(site->second);
    for (const auto& [imt, position] : columns.imts) {
      OQ_TRY(const double value, file.number(position));
      if (value < 0)
        return file.error("a negative intensity");
      table.values.push_back(static_cast<float>(value));
    }
  }
  if (table.rows() == 0)
    return invalid_input("no fields", file.file());
  return table;
}

Result<ImportedTable> import_csv_fields(const Job& job,
                                        const std::vector<std::filesystem::path>& paths) {
  OQ_TRY(auto named, named_sites(job));
  const auto of_perils = measures_of_perils(job);
  JoinedFields joined;
  for (const auto& path : paths) {
    OQ_TRY(auto file, CsvReader::open(path));
    FieldsOfFile next{file.file(), {}};
    OQ_TRY(next.fields, read_rows(file, named, of_perils));
    OQ_CHECK(joined.add(std::move(next)));
  }
  return std::move(joined).take(std::move(named.sites));
}

} // namespace

Result<ImportedTable> import_fields(const Job& job) {
  const auto& paths = job.inputs.at("gmfs");
  const auto is_hdf5 = [](const std::filesystem::path& path) {
    return path.extension() == ".hdf5";
  };
  for (const auto& path : paths)
    if (is_hdf5(path) != is_hdf5(paths.front()))
      return invalid_input("fields come from CSV files or from HDF5 files, not from both",
                           path.filename().string());
  return is_hdf5(paths.front()) ? import_hdf5_fields(job, paths) : import_csv_fields(job, paths);
}

} // namespace oq::engine
