// Reads `sid|site_id|custom_site_id, eid|event_id, gmv_IMT…` and the sites they stand on.
#include "engine/gmf/import_fields.hpp"

#include "engine/geo/build_sites.hpp"
#include "engine/gmf/hdf5_fields.hpp"
#include "engine/gmf/sites_by_place.hpp"
#include "engine/gsim/imt.hpp"
#include "engine/nrml/csv_reader.hpp"
#include "engine/nrml/number.hpp"
#include "engine/perils/secondary_perils.hpp"

#include <algorithm>
#include <numeric>
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

// Numbers stand in the rows of sites_csv; the collection is sorted by place.
Result<void> read_numbers(const Job& job, NamedSites& named) {
  const auto input = job.inputs.find("sites");
  if (input == job.inputs.end() || input->second.empty())
    return {};
  OQ_TRY(auto file, CsvReader::open(input->second.front()));
  const auto lon = file.column("lon"), lat = file.column("lat"), id = file.column("site_id");
  if (!lon || !lat || !id || file.column("custom_site_id"))
    return {};
  const SitesByPlace by_place(named.sites);
  while (true) {
    OQ_TRY(const bool more, file.next());
    if (!more)
      return {};
    OQ_TRY(const double x, file.number(*lon));
    OQ_TRY(const double y, file.number(*lat));
    if (const auto site = by_place.find(x, y))
      named.by_name[std::string(file.cell(*id))] = *site;
  }
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

struct FieldColumns {
  std::size_t site = 0, event = 0;
  std::vector<std::pair<std::string, std::size_t>> imts; // by period, as computed fields
  std::size_t secondary = 0; // so many of the last, by name, are of secondary perils
};

std::string measure_of(const std::string& column) {
  return column.starts_with("gmv_") || column.starts_with("sep_") ? column.substr(4) : column;
}

// Puts what secondary perils give behind the others.
void separate(const std::vector<std::string>& of_perils, FieldColumns& columns) {
  auto& imts = columns.imts;
  const auto first = std::stable_partition(imts.begin(), imts.end(), [&](const auto& entry) {
    return std::ranges::find(of_perils, entry.first) == of_perils.end();
  });
  columns.secondary = static_cast<std::size_t>(imts.end() - first);
  std::sort(first, imts.end());
}

Result<FieldColumns> find_columns(const CsvReader& file,
                                  const std::vector<std::string>& of_perils) {
  FieldColumns columns;
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

// By event, then site. Errc::invalid_input when a pair is there twice.
Result<FieldTable> sorted(const FieldTable& table, const std::string& file) {
  std::vector<std::size_t> order(table.rows());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t row) {
    return std::pair(table.event[row], table.site[row]);
  };
  std::ranges::stable_sort(order, {}, key);
  FieldTable out;
  out.imts = table.imts;
  out.secondary = table.secondary;
  const std::size_t imts = table.imts.size();
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && key(order[i]) == key(order[i - 1]))
      return invalid_input(
        "event " + std::to_string(table.event[order[i]]) + " shakes a site twice", file);
    out.event.push_back(table.event[order[i]]);
    out.site.push_back(table.site[order[i]]);
    const auto values = table.values.begin() + static_cast<std::ptrdiff_t>(order[i] * imts);
    out.values.insert(out.values.end(), values, values + static_cast<std::ptrdiff_t>(imts));
  }
  return out;
}

} // namespace

Result<ImportedTable> import_fields(const Job& job) {
  const auto& path = job.inputs.at("gmfs").front();
  ImportedTable out;
  if (path.extension() == ".hdf5") {
    OQ_TRY(out, import_hdf5_fields(job, path));
  } else {
    OQ_TRY(auto named, named_sites(job));
    OQ_TRY(auto file, CsvReader::open(path));
    OQ_TRY(out.fields, read_rows(file, named, measures_of_perils(job)));
    out.sites = std::move(named.sites);
  }
  OQ_TRY(out.fields, sorted(out.fields, path.filename().string()));
  const auto count =
    std::max(out.events.size(), static_cast<std::size_t>(out.fields.event.back()) + 1);
  out.events.rupture.assign(count, 0);
  out.events.realization.assign(count, 0);
  return out;
}

} // namespace oq::engine
