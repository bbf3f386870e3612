// FullDisk: while it lives, no file of this process grows beyond a size, as on a disk without
// space.
#pragma once

#include <csignal>
#include <cstdint>
#include <sys/resource.h>

namespace oq::testing {

class FullDisk {
public:
  explicit FullDisk(std::uint64_t largest_file_bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ =
      std::signal(SIGXFSZ, SIG_IGN); // write() answers EFBIG instead of killing the process
    const rlimit full{largest_file_bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &full);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

private:
  rlimit before_{};
  void (*handler_)(int) = SIG_DFL;
};

} // namespace oq::testing
