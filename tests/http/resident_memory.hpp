// ResidentPeak: how much the process grew at most since it was made.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace oq::http::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Their shadow memory and quarantine grow with all that is touched.
inline constexpr bool kMemoryIsTelling = false;
#else
inline constexpr bool kMemoryIsTelling = true;
#endif

class ResidentPeak {
public:
  ResidentPeak() {
    std::ofstream("/proc/self/clear_refs") << "5"; // VmHWM starts again from VmRSS
    before_ = kibibytes("VmHWM:");
  }
  std::int64_t growth_mib() const { return (kibibytes("VmHWM:") - before_) / 1024; }

private:
  static std::int64_t kibibytes(const std::string& wanted) {
    std::ifstream status("/proc/self/status");
    for (std::string name; status >> name;)
      if (name == wanted) {
        std::int64_t value = 0;
        status >> value;
        return value;
      }
    return 0;
  }

  std::int64_t before_ = 0;
};

} // namespace oq::http::testing
