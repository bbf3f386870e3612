// The perils that risk functions may be for.
#pragma once

#include <string>
#include <string_view>

namespace oq::engine {

inline constexpr const char* kGroundShaking = "groundshaking";
inline constexpr std::string_view kPerils[] = {kGroundShaking, "landslide", "liquefaction"};

// What a loss type is called in results: that of ground shaking by its own name.
inline std::string loss_type_of_peril(const std::string& peril, const std::string& loss_type) {
  return peril == kGroundShaking ? loss_type : peril + "-" + loss_type;
}

} // namespace oq::engine
