// Migrations: numbered steps that bring a database to the schema this program knows.
#pragma once

#include "store/sql_session.hpp"

namespace oq::store {

// The schema version after all steps.
int newest_schema_version();

// Applies the missing steps, each in a transaction. Errc::conflict for a database of a newer
// program.
Result<void> migrate(SqlSession& session);

} // namespace oq::store
