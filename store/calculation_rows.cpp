// One bound row, copied out as often as there are rows.
#include "store/calculation_rows.hpp"

#include <fmt/format.h>

namespace oq::store {
namespace {

// SQLite's clock ticks in milliseconds.
constexpr std::string_view kSqliteClock =
  "(CAST(strftime('%s', 'now') AS INTEGER) * 1000000"
  " + CAST(substr(strftime('%f', 'now'), 4) AS INTEGER) * 1000)";
constexpr std::string_view kPostgresClock =
  "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";

// Receives one row of kCalculationColumns.
struct CalculationRow {
  CalculationRecord record;
  std::int64_t is_risk = 0, hazard_calculation = 0;
  soci::indicator has_hazard_calculation = soci::i_null;

  Query& bind(Query& query) {
    auto& r = record;
    return query.into(r.id)
      .into(r.status)
      .into(r.phase)
      .into(r.revision)
      .into(is_risk)
      .into(r.calculation_mode)
      .into(r.description)
      .into(r.owner)
      .into(r.node)
      .into(hazard_calculation, has_hazard_calculation)
      .into(r.directory)
      .into(r.ini)
      .into(r.parameters)
      .into(r.error)
      .into(r.traceback)
      .into(r.created_at)
      .into(r.started_at)
      .into(r.stopped_at)
      .into(r.size_bytes)
      .into(r.epoch)
      .into(r.changed_at);
  }

  CalculationRecord value() const {
    auto copy = record;
    copy.is_risk = is_risk != 0;
    copy.hazard_calculation_id.reset();
    if (has_hazard_calculation == soci::i_ok)
      copy.hazard_calculation_id = hazard_calculation;
    return copy;
  }
};

std::vector<std::string> split(const std::string& formats) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < formats.size();) {
    const auto end = std::min(formats.find(',', begin), formats.size());
    parts.push_back(formats.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

} // namespace

std::string_view clock_of(Dialect dialect) {
  return dialect == Dialect::sqlite ? kSqliteClock : kPostgresClock;
}

std::vector<CalculationRecord> calculations_of(Query& query) {
  CalculationRow row;
  row.bind(query);
  std::vector<CalculationRecord> rows;
  for (bool more = query.execute(); more; more = query.next())
    rows.push_back(row.value());
  return rows;
}

std::vector<OutputRecord> outputs_of(Query& query) {
  OutputRecord row;
  std::string formats;
  query.into(row.id)
    .into(row.calculation_id)
    .into(row.type)
    .into(row.name)
    .into(formats)
    .into(row.size_bytes);
  std::vector<OutputRecord> rows;
  for (bool more = query.execute(); more; more = query.next()) {
    row.formats = split(formats);
    rows.push_back(row);
  }
  return rows;
}

std::string joined(const std::vector<std::string>& formats) {
  return fmt::format("{}", fmt::join(formats, ","));
}

Error unknown_calculation(CalculationId id) {
  return {Errc::not_found, fmt::format("there is no calculation {}", id), {}};
}

Error taken_over(CalculationId id) {
  return {Errc::fenced, fmt::format("another node took calculation {} over", id), {}};
}

} // namespace oq::store
