// The ground-motion field of one event.
#include "engine/extract/extractors.hpp"
#include "engine/extract/parameters.hpp"
#include "engine/output/array_access.hpp"
#include "engine/output/field_columns.hpp"
#include "engine/output/hazard_results.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {
namespace {

// The first when the query names none.
Result<std::size_t> chosen_event(const ExtractJob& job, std::size_t events) {
  const auto asked = values_of(job.parameters, "event_id");
  if (asked.size() > 1)
    return invalid_input("event_id: one event, please");
  OQ_TRY(const auto positions, chosen_numbers(events, asked, "event_id"));
  return positions.empty() ? 0 : positions.front();
}

struct EventField {
  std::vector<std::string> imts;
  std::vector<double> values; // site x IMT; 0 where the event does not shake
};

Result<EventField> read_field(const Datastore& datastore, std::size_t event, std::size_t sites) {
  OQ_TRY(auto columns, read_field_columns(datastore));
  OQ_TRY(const auto events, read_numbers(datastore, "gmf_data/eid", 1));
  const auto [first, last] =
    std::equal_range(events.values.begin(), events.values.end(), static_cast<double>(event));
  const Range rows{static_cast<std::size_t>(first - events.values.begin()),
                   static_cast<std::size_t>(last - first)};
  OQ_TRY(const auto site, read_number_part(datastore, "gmf_data/sid", {rows}));
  OQ_TRY(const auto values, read_field_rows(datastore, columns, rows));
  const std::size_t imts = columns.imts.size();
  EventField field{std::move(columns.imts), std::vector<double>(sites * imts)};
  for (std::size_t row = 0; row < rows.count; ++row) {
    const auto at = static_cast<std::size_t>(site[row]);
    if (at >= sites)
      return Error{Errc::internal, "the arrays of the fields disagree", "gmf_data"};
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(row * imts), imts,
                field.values.begin() + static_cast<std::ptrdiff_t>(at * imts));
  }
  return field;
}

} // namespace

Result<Extraction> extract_field(const ExtractJob& job) {
  if (!job.datastore.contains("gmf_data/eid"))
    return no_such_key("gmf_data");
  OQ_TRY(const auto realizations, read_numbers(job.datastore, "events/rlz_id", 1));
  OQ_TRY(const auto event, chosen_event(job, realizations.values.size()));
  OQ_TRY(const auto sites, read_sites(job.datastore));
  OQ_TRY(const auto field, read_field(job.datastore, event, sites.lon.size()));
  std::vector<Field> columns{{"lon", Dtype::f4()}, {"lat", Dtype::f4()}};
  for (const auto& imt : field.imts)
    columns.push_back({imt, Dtype::f4()});
  std::string bytes;
  const std::size_t imts = field.imts.size();
  for (std::size_t site = 0; site < sites.lon.size(); ++site) {
    append_f4(bytes, sites.lon[site]);
    append_f4(bytes, sites.lat[site]);
    for (std::size_t imt = 0; imt < imts; ++imt)
      append_f4(bytes, field.values[site * imts + imt]);
  }
  const auto name = fmt::format("rlz-{:03}", static_cast<int>(realizations.values[event]));
  Extraction extraction;
  extraction.arrays.push_back(
    packed_array(name, Dtype::record(std::move(columns)), {sites.lon.size()}, std::move(bytes)));
  return extraction;
}

} // namespace oq::engine
