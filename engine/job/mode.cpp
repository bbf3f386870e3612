// Calculation modes and their words.
#include "engine/job/job.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace oq::engine {
namespace {

// In the order of the enumerators.
constexpr std::string_view kWords[] = {
  "classical",          "preclassical",    "disaggregation",  "event_based",
  "scenario",           "aftershock",      "classical_risk",  "classical_damage",
  "classical_bcr",      "scenario_risk",   "scenario_damage", "event_based_risk",
  "event_based_damage", "event_based_bcr", "ebrisk",          "multi_risk",
  "post_risk",          "custom",
};
static_assert(std::size(kWords) == static_cast<std::size_t>(CalculationMode::custom) + 1);

} // namespace

std::string_view to_string(CalculationMode mode) noexcept {
  return kWords[static_cast<std::size_t>(mode)];
}

std::optional<CalculationMode> parse_calculation_mode(std::string_view word) noexcept {
  const auto* found = std::ranges::find(kWords, word);
  if (found == std::end(kWords))
    return std::nullopt;
  return static_cast<CalculationMode>(found - std::begin(kWords));
}

bool is_risk(CalculationMode mode) noexcept {
  const std::string_view word = to_string(mode);
  return word.ends_with("risk") || word.ends_with("damage") || word.ends_with("bcr");
}

} // namespace oq::engine
