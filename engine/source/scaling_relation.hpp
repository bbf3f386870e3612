// Magnitude-area scaling relations, by the names NRML gives them (engine notes 2.5).
#pragma once

#include "engine/base/result.hpp"

#include <string>
#include <string_view>

namespace oq::engine {

struct ScalingRelation {
  enum Kind : unsigned char {
    wc1994,
    peer,
    point,
    ceus2011,
    strasser_interface,
    strasser_intraslab,
    leonard2010_scr,
    leonard2014_interplate,
    leonard2014_scr,
    thingbaijam_interface,
    thingbaijam_strike_slip,
    allen_hayes_interface_linear,
    allen_hayes_interface_bilinear,
    allen_hayes_intraslab,
    constant, // magnitude = log10(area) + c
  };

  // Implicit on purpose: most relations are their kind.
  constexpr ScalingRelation(Kind which) : kind(which) {} // NOLINT(google-explicit-constructor)
  constexpr ScalingRelation(Kind which, double constant_c) : kind(which), c(constant_c) {}

  Kind kind;
  double c = 0; // of `constant`

  friend bool operator==(const ScalingRelation&, const ScalingRelation&) = default;
};

// "WC1994", "PeerMSR", "CScalingMSR.C=4.15", …. Errc::invalid_input names an unknown one and lists
// the known, or says what a relation with a parameter needs.
Result<ScalingRelation> parse_scaling_relation(std::string_view name);
std::string to_string(ScalingRelation relation);

// Median rupture area in km2. `rake` in degrees.
double median_area(ScalingRelation relation, double magnitude, double rake);

} // namespace oq::engine
