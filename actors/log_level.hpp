// The engine's log levels and rows in the words of the store.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "store/calculation_store.hpp"

#include <string>

namespace oq::actors {

// "INFO", as clients know it from Python's logging.
std::string to_string(engine::LogLevel level);
// A row of now and of this process.
store::LogRow log_row(engine::LogLevel level, const std::string& message);

} // namespace oq::actors
