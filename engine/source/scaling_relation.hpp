// Magnitude-area scaling relations, by the names NRML gives them (engine notes 2.5).
#pragma once

#include "engine/base/result.hpp"

#include <string_view>

namespace oq::engine {

enum class ScalingRelation : unsigned char {
  wc1994,
  peer,
  point,
  ceus2011,
  strasser_interface,
  strasser_intraslab,
  leonard2014_interplate,
  leonard2014_scr,
};

// "WC1994", "PeerMSR", …. Errc::invalid_input names an unknown one and lists the known.
Result<ScalingRelation> parse_scaling_relation(std::string_view name);
std::string_view to_string(ScalingRelation relation) noexcept;

// Median rupture area in km2. `rake` in degrees.
double median_area(ScalingRelation relation, double magnitude, double rake);

} // namespace oq::engine
