// ScalingRelation: rupture areas after Wells & Coppersmith (1994), Thomas et al. (2010), EPRI
// (2011), Strasser et al. (2010), Leonard (2010, 2014), Thingbaijam et al. (2017) and Allen & Hayes
// (2017).
#include "engine/source/scaling_relation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

namespace oq::engine {

namespace {

constexpr std::pair<std::string_view, ScalingRelation::Kind> kNames[] = {
  {"WC1994", ScalingRelation::wc1994},
  {"PeerMSR", ScalingRelation::peer},
  {"PointMSR", ScalingRelation::point},
  {"CEUS2011", ScalingRelation::ceus2011},
  {"StrasserInterface", ScalingRelation::strasser_interface},
  {"StrasserIntraslab", ScalingRelation::strasser_intraslab},
  {"Leonard2010_SCR", ScalingRelation::leonard2010_scr},
  {"Leonard2014_Interplate", ScalingRelation::leonard2014_interplate},
  {"Leonard2014_SCR", ScalingRelation::leonard2014_scr},
  {"ThingbaijamInterface", ScalingRelation::thingbaijam_interface},
  {"ThingbaijamStrikeSlip", ScalingRelation::thingbaijam_strike_slip},
  {"AllenHayesInterfaceLinear", ScalingRelation::allen_hayes_interface_linear},
  {"AllenHayesInterfaceBilinear", ScalingRelation::allen_hayes_interface_bilinear},
  {"AllenHayesIntraslab", ScalingRelation::allen_hayes_intraslab},
  {"CScalingMSR", ScalingRelation::constant},
};

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

// Allen & Hayes (2017), table 2: interface, with a smaller slope for the largest events.
double allen_hayes_bilinear(double magnitude) {
  constexpr double kHinge = 8.63;
  return magnitude <= kHinge ? power_of_ten(-5.62 + 1.22 * magnitude)
                             : power_of_ten(2.23 + 0.31 * magnitude);
}

// "C=4.15" after the dot.
Result<double> parse_constant(std::string_view parameter) {
  double value = 0;
  // Blanks may stand anywhere.
  std::string text(parameter);
  std::erase_if(text, [](unsigned char c) {
    return std::isspace(c);
  });
  const std::string_view digits =
    text.starts_with("C=") ? std::string_view(text).substr(2) : std::string_view();
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()
      || !(std::abs(value) < 10.0))
    return invalid_input("CScalingMSR needs its constant, as CScalingMSR.C=4.15");
  return value;
}

} // namespace

Result<ScalingRelation> parse_scaling_relation(std::string_view name) {
  const std::string_view stem = name.substr(0, name.find('.'));
  const auto* known =
    std::ranges::find(kNames, stem, &std::pair<std::string_view, ScalingRelation::Kind>::first);
  if (known != std::end(kNames) && known->second == ScalingRelation::constant) {
    OQ_TRY(const double c, parse_constant(name.substr(std::min(stem.size() + 1, name.size()))));
    return ScalingRelation(known->second, c);
  }
  if (known != std::end(kNames) && stem == name)
    return ScalingRelation(known->second);
  std::string all;
  for (const auto& [each, kind] : kNames)
    all += fmt::format("{}{}", all.empty() ? "" : ", ", each);
  return invalid_input(
    fmt::format("unknown magnitude scaling relation '{}'; known: {}", name.substr(0, 80), all));
}

std::string to_string(ScalingRelation relation) {
  for (const auto& [name, kind] : kNames)
    if (kind == relation.kind)
      return kind == ScalingRelation::constant ? fmt::format("{}.C={}", name, relation.c)
                                               : std::string(name);
  return {};
}

double median_area(ScalingRelation relation, double magnitude, double rake) {
  switch (relation.kind) {
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
  case ScalingRelation::leonard2010_scr:
  case ScalingRelation::leonard2014_scr:
    return leonard(magnitude, rake, {-4.185, -4.18, -4.19});
  case ScalingRelation::thingbaijam_interface: // table 1
    return power_of_ten(-3.292 + 0.949 * magnitude);
  case ScalingRelation::thingbaijam_strike_slip:
    return power_of_ten(-3.486 + 0.942 * magnitude);
  case ScalingRelation::allen_hayes_interface_linear: // table 2
    return power_of_ten(-3.63 + 0.96 * magnitude);
  case ScalingRelation::allen_hayes_interface_bilinear:
    return allen_hayes_bilinear(magnitude);
  case ScalingRelation::allen_hayes_intraslab: // table 5
    return power_of_ten(-3.89 + 0.96 * magnitude);
  case ScalingRelation::constant:
    return power_of_ten(magnitude - relation.c);
  }
  return 0.0;
}

} // namespace oq::engine
