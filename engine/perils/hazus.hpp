// Liquefaction by classes of susceptibility: FEMA (2012), Hazus-MH 2.1, Multi-hazard Loss
// Estimation Methodology, Earthquake Model, Technical Manual, section 4.2.
#pragma once

#include "engine/base/result.hpp"
#include "engine/perils/secondary_peril.hpp"

#include <memory>
#include <string_view>

namespace oq::engine {

enum class Susceptibility : unsigned char { none, very_low, low, moderate, high, very_high };

// Of the words of the column liq_susc_cat: n, vl, l, m, h, vh. Errc::invalid_input without a place.
Result<Susceptibility> parse_susceptibility(std::string_view word);

// Equation 4-20: the probability at a place, or (`mapped_part`) the part of the mapped area that
// liquefies. pga in g, depth of ground water in m.
double hazus_liquefaction(Susceptibility ground, double magnitude, double pga,
                          double water_table_depth, bool mapped_part);

// Both in m, of ground that liquefies; none below the threshold of its class.
double hazus_lateral_spreading(Susceptibility ground, double magnitude, double pga);
double hazus_settlement(Susceptibility ground, double pga);

// "LiqProb", of the columns liq_susc_cat and gwd.
Result<std::unique_ptr<SecondaryPeril>> hazus_liquefaction(const SiteCollection& sites,
                                                           bool mapped_part);
// One displacement: the greater of spreading and settlement, or their geometric mean.
enum class GroundDisplacement : unsigned char { greatest, geometric_mean };
std::string_view name_of(GroundDisplacement displacement); // "PGDMax", "PGDGeomMean"
Result<std::unique_ptr<SecondaryPeril>> hazus_deformation(const SiteCollection& sites,
                                                          GroundDisplacement displacement);

} // namespace oq::engine
