// ScalingRelation: rupture areas after Wells & Coppersmith (1994), Thomas et al. (2010), EPRI
// (2011), Strasser et al. (2010) and Leonard (2014).
#include "engine/source/scaling_relation.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace oq::engine {

namespace {

constexpr std::array<std::pair<std::string_view, ScalingRelation>, 8> kNames{{
  {"WC1994", ScalingRelation::wc1994},
  {"PeerMSR", ScalingRelation::peer},
  {"PointMSR", ScalingRelation::point},
  {"CEUS2011", ScalingRelation::ceus2011},
  {"StrasserInterface", ScalingRelation::strasser_interface},
  {"StrasserIntraslab", ScalingRelation::strasser_intraslab},
  {"Leonard2014_Interplate", ScalingRelation::leonard2014_interplate},
  {"Leonard2014_SCR", ScalingRelation::leonard2014_scr},
}};

bool is_strike_slip(double rake) {
  return (rake >= -45 && rake <= 45) || rake >= 135 || rake <= -135;
}

double power_of_ten(double exponent) {
  return std::pow(10.0, exponent);
}

// Wells & Coppersmith (1994), table 2A, rupture area.
double wells_coppersmith(double magnitude, double rake) {
  if (std::isnan(rake))
    return power_of_ten(-3.49 + 0.91 * magnitude); // all slip types
  if (is_strike_slip(rake))
    return power_of_ten(-3.42 + 0.90 * magnitude);
  if (rake > 0)
    return power_of_ten(-3.99 + 0.98 * magnitude); // reverse
  return power_of_ten(-2.87 + 0.82 * magnitude);   // normal
}

// Leonard (2014), table 4: log10 of the area of magnitude 0.
struct LeonardConstants {
  double unknown, strike_slip, dip_slip;
};
double leonard(double magnitude, double rake, const LeonardConstants& constants) {
  if (std::isnan(rake))
    return power_of_ten(magnitude + constants.unknown);
  return power_of_ten(magnitude
                      + (is_strike_slip(rake) ? constants.strike_slip : constants.dip_slip));
}

} // namespace

Result<ScalingRelation> parse_scaling_relation(std::string_view name) {
  for (const auto& [known, relation] : kNames)
    if (known == name)
      return relation;
  std::string all;
  for (const auto& [known, relation] : kNames)
    all += fmt::format("{}{}", all.empty() ? "" : ", ", known);
  return invalid_input(
    fmt::format("unknown magnitude scaling relation '{}'; known: {}", name, all));
}

std::string_view to_string(ScalingRelation relation) noexcept {
  for (const auto& [name, known] : kNames)
    if (known == relation)
      return name;
  return "";
}

double median_area(ScalingRelation relation, double magnitude, double rake) {
  switch (relation) {
  case ScalingRelation::wc1994:
    return wells_coppersmith(magnitude, rake);
  case ScalingRelation::peer:
    return power_of_ten(magnitude - 4.0);
  case ScalingRelation::point:
    return 1e-4;
  case ScalingRelation::ceus2011:
    return power_of_ten(magnitude - 4.366);
  case ScalingRelation::strasser_interface:
    return power_of_ten(-3.476 + 0.952 * magnitude);
  case ScalingRelation::strasser_intraslab:
    return power_of_ten(-3.225 + 0.89 * magnitude);
  case ScalingRelation::leonard2014_interplate:
    return leonard(magnitude, rake, {-3.995, -3.99, -4.00});
  case ScalingRelation::leonard2014_scr:
    return leonard(magnitude, rake, {-4.185, -4.18, -4.19});
  }
  return 0.0;
}

} // namespace oq::engine
