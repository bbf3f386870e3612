// Magnitudes of rupture areas, from the tables of the relations' papers.
#include "engine/source/median_magnitude.hpp"

#include <fmt/format.h>

#include <cmath>

namespace oq::engine {
namespace {

enum class Slip { unknown, strike_slip, reverse, normal };

Slip slip_of(double rake) {
  if (std::isnan(rake))
    return Slip::unknown;
  if ((rake >= -45 && rake <= 45) || rake >= 135 || rake <= -135)
    return Slip::strike_slip;
  return rake > 0 ? Slip::reverse : Slip::normal;
}

// Wells and Coppersmith (1994), table 2A, M = a + b log10(area).
MagnitudeOfArea wells_coppersmith(double log_area, Slip slip) {
  switch (slip) {
  case Slip::unknown:
    return {4.07 + 0.98 * log_area, 0.24};
  case Slip::strike_slip:
    return {3.98 + 1.02 * log_area, 0.23};
  case Slip::reverse:
    return {4.33 + 0.90 * log_area, 0.25};
  case Slip::normal:
    break;
  }
  return {3.93 + 1.02 * log_area, 0.25};
}

// Leonard (2014), table 4: the constant of each kind of slip.
MagnitudeOfArea leonard(double log_area, Slip slip, double unknown, double strike_slip,
                        double dip_slip) {
  constexpr double kStdDev = 0.3;
  if (slip == Slip::unknown)
    return {log_area + unknown, kStdDev};
  return {log_area + (slip == Slip::strike_slip ? strike_slip : dip_slip), kStdDev};
}

} // namespace

Result<MagnitudeOfArea> magnitude_of_area(ScalingRelation relation, double area, double rake) {
  const double log_area = std::log10(area);
  const Slip slip = slip_of(rake);
  if (relation == ScalingRelation::wc1994)
    return wells_coppersmith(log_area, slip);
  if (relation == ScalingRelation::leonard2014_interplate)
    return leonard(log_area, slip, 3.995, 3.99, 4.00);
  if (relation == ScalingRelation::leonard2014_scr)
    return leonard(log_area, slip, 4.185, 4.18, 4.19);
  if (relation == ScalingRelation::peer)
    return MagnitudeOfArea{log_area + 4.0, 0.25};
  if (relation == ScalingRelation::ceus2011)
    return MagnitudeOfArea{log_area + 4.366, 0.25};
  // Strasser et al. (2010), table 2.
  if (relation == ScalingRelation::strasser_interface)
    return MagnitudeOfArea{4.441 + 0.846 * log_area, 0.286};
  if (relation == ScalingRelation::strasser_intraslab)
    return MagnitudeOfArea{4.054 + 0.981 * log_area, 0.193};
  return invalid_input(
    fmt::format("{} gives no magnitude of an area", std::string(to_string(relation))));
}

} // namespace oq::engine
