// ProcessNumbers: what the kernel knows of this process, under the names that every dashboard
// knows.
#pragma once

namespace oq::http {

struct ProcessNumbers {
  double resident_bytes = 0;
  double cpu_seconds = 0; // of all threads, user and system
  double open_fds = 0, max_fds = 0;
  double start_time = 0; // seconds since 1970
};

// Zero for what cannot be read.
ProcessNumbers process_numbers();

} // namespace oq::http
