// ScalingRelation: Wells & Coppersmith (1994), PEER (Thomas et al. 2010) and points.
#include "engine/source/scaling_relation.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace oq::engine {

namespace {

constexpr std::array<std::pair<std::string_view, ScalingRelation>, 3> kNames{{
  {"WC1994", ScalingRelation::wc1994},
  {"PeerMSR", ScalingRelation::peer},
  {"PointMSR", ScalingRelation::point},
}};

// Wells & Coppersmith (1994), table 2A, rupture area.
double wells_coppersmith(double magnitude, double rake) {
  if (std::isnan(rake))
    return std::pow(10.0, -3.49 + 0.91 * magnitude); // all slip types
  if ((rake >= -45 && rake <= 45) || rake >= 135 || rake <= -135)
    return std::pow(10.0, -3.42 + 0.90 * magnitude); // strike slip
  if (rake > 0)
    return std::pow(10.0, -3.99 + 0.98 * magnitude); // reverse
  return std::pow(10.0, -2.87 + 0.82 * magnitude);   // normal
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
    return std::pow(10.0, magnitude - 4.0);
  case ScalingRelation::point:
    return 1e-4;
  }
  return 0.0;
}

} // namespace oq::engine
