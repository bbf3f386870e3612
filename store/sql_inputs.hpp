// Input files inside the database, in chunks, whole or not there.
#pragma once

#include "store/calculation_store.hpp"
#include "store/sql_session.hpp"

namespace oq::store {

Result<void> put_input(SqlSession& session, CalculationId id, const std::string& name,
                       std::string_view bytes);
Result<std::vector<InputFile>> inputs_of(SqlSession& session, CalculationId id);

// Inside the caller's transaction.
void drop_inputs(soci::session& sql, CalculationId id);

} // namespace oq::store
