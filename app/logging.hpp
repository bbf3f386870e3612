// Logging of the program itself, to standard error.
#pragma once

#include <string>

namespace oq::app {

// `level` is debug, info, warning or error.
void start_logging(const std::string& level);

} // namespace oq::app
