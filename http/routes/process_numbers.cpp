// Reads /proc/self and the process's clock.
#include "http/routes/process_numbers.hpp"

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace oq::http {
namespace {

double resident_bytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  long size = 0, resident = 0;
  if (file) {
    if (std::fscanf(file, "%ld %ld", &size, &resident) != 2)
      resident = 0;
    std::fclose(file);
  }
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double seconds_of(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Linux tells the number as the size of the folder since 6.2; before, the entries are counted.
double open_fds() {
  struct stat folder {};
  if (::stat("/proc/self/fd", &folder) == 0 && folder.st_size > 0)
    return static_cast<double>(folder.st_size);
  std::error_code error;
  double count = -1; // the one that counts
  for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end; entry != end;
       entry.increment(error))
    ++count;
  return count > 0 ? count : 0;
}

// Noted when the program is loaded, since the kernel counts in ticks since it was booted.
const double start_time = seconds_of(CLOCK_REALTIME);

} // namespace

ProcessNumbers process_numbers() {
  ProcessNumbers numbers;
  numbers.resident_bytes = resident_bytes();
  numbers.cpu_seconds = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
  numbers.open_fds = open_fds();
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0)
    numbers.max_fds = static_cast<double>(limit.rlim_cur);
  numbers.start_time = start_time;
  return numbers;
}

} // namespace oq::http
