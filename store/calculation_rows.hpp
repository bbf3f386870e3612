// Rows of the tables calculation and output as records: the columns, in the one order they are
// read.
#pragma once

#include "store/calculation_store.hpp"
#include "store/sql_query.hpp"
#include "store/sql_session.hpp"

#include <string_view>
#include <vector>

namespace oq::store {

inline constexpr std::string_view kCalculationColumns =
  "id, status, phase, revision, is_risk, calculation_mode, description, owner, node,"
  " hazard_calculation_id, directory, ini, parameters, error, traceback,"
  " created_at, started_at, stopped_at, size_bytes, epoch, changed_at";
// The same, with nothing in those that may be large.
inline constexpr std::string_view kSlimCalculationColumns =
  "id, status, phase, revision, is_risk, calculation_mode, description, owner, node,"
  " hazard_calculation_id, directory, ini, '', '', '',"
  " created_at, started_at, stopped_at, size_bytes, epoch, changed_at";
inline constexpr std::string_view kOutputColumns =
  "id, calculation_id, type, name, formats, size_bytes";
inline constexpr std::string_view kIsUnfinished = "status IN ('created', 'submitted', 'executing')";

// The time of the database's clock, not of the transaction's begin; microseconds since the epoch.
std::string_view clock_of(Dialect dialect);

// Runs a query of kCalculationColumns or kSlimCalculationColumns (of kOutputColumns).
std::vector<CalculationRecord> calculations_of(Query& query);
std::vector<OutputRecord> outputs_of(Query& query);

// The column `formats` of an output.
std::string joined(const std::vector<std::string>& formats);

Error unknown_calculation(CalculationId id);
Error taken_over(CalculationId id);

} // namespace oq::store
