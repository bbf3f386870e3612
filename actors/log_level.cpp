// Log rows of this process.
#include "actors/log_level.hpp"

#include "actors/timestamps.hpp"

#include <unistd.h>

namespace oq::actors {

std::string to_string(engine::LogLevel level) {
  switch (level) {
  case engine::LogLevel::debug:
    return "DEBUG";
  case engine::LogLevel::info:
    return "INFO";
  case engine::LogLevel::warning:
    return "WARNING";
  case engine::LogLevel::error:
    return "ERROR";
  case engine::LogLevel::critical:
    return "CRITICAL";
  }
  return "INFO";
}

store::LogRow log_row(engine::LogLevel level, const std::string& message) {
  return {now_microseconds(), to_string(level), "MainProcess/" + std::to_string(getpid()), message};
}

} // namespace oq::actors
