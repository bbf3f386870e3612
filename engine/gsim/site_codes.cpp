// Codes of geological units and site classes.
#include "engine/gsim/site_codes.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace oq::engine {

namespace {

// In the order of the coefficients of Weatherill, Kotha and Cotton (2020), Earthquake Spectra
// 36(S1).
constexpr std::array<std::string_view, 8> kUnits{"PRECAMBRIAN", "PALEOZOIC", "JURASSIC-TRIASSIC",
                                                 "CRETACEOUS",  "CENOZOIC",  "PLEISTOCENE",
                                                 "HOLOCENE",    "UNKNOWN"};

char upper(char c) {
  return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, upper, upper);
}

} // namespace

double geology_code(std::string_view unit) {
  const auto found = std::ranges::find_if(kUnits, [unit](std::string_view known) {
    return same_word(unit, known);
  });
  return found == kUnits.end() ? -1.0 : static_cast<double>(found - kUnits.begin());
}

std::optional<double> siteclass_code(std::string_view letter) {
  if (letter.size() != 1 || !std::isalpha(static_cast<unsigned char>(letter[0])))
    return std::nullopt;
  return static_cast<double>(upper(letter[0]));
}

} // namespace oq::engine
