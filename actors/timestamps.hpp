// Times as each part of the API writes them; all from microseconds since the epoch, UTC.
#pragma once

#include <cstdint>
#include <string>

namespace oq::actors {

std::int64_t now_microseconds();

std::string list_time(std::int64_t at);   // "2026-11-22, 23:53:25 UTC"
std::string detail_time(std::int64_t at); // "2026-11-22 23:53:25.430800+00:00"
std::string log_time(std::int64_t at);    // "2026-11-22T23:53:25.43", 22 characters
std::string export_time(std::int64_t at); // "2026-11-22T23:53:25"

} // namespace oq::actors
