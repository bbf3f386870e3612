// The regions of the NGA-Subduction models and how logic trees name them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oq::engine {

// Seattle is Cascadia with a constant basin term of its own; only some models know it.
enum class SubductionRegion : std::uint8_t {
  global,
  alaska,
  cascadia,
  central_america,
  japan,
  new_zealand,
  south_america,
  taiwan,
  seattle
};
constexpr std::string_view kSubductionRegionNames[] = {"GLO", "USA-AK", "CAS", "CAM", "JPN",
                                                       "NZL", "SAM",    "TWN", "SEA"};
// Those with coefficients of their own: all but Seattle.
constexpr std::size_t kSubductionRegions = 8;

} // namespace oq::engine
