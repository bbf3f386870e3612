// open_store: a CalculationStore on a SQL database.
#pragma once

#include "store/calculation_store.hpp"

#include <memory>
#include <string>

namespace oq::store {

// `url` is "sqlite:///absolute/path" or "postgresql://user@host/database". Brings the schema up to
// date. Errc::invalid_input for another URL, Errc::unavailable when the database does not open,
// Errc::conflict when a newer program made it.
Result<std::unique_ptr<CalculationStore>> open_store(const std::string& url);

} // namespace oq::store
