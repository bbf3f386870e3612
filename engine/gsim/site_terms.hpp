// The site terms that wrapped models borrow from published ones.
#pragma once

#include "engine/gsim/imt.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace oq::engine {

// Chiou and Youngs (2014), equation 12 without the basin: relative to 1130 m/s.
struct ChiouYoungsSoil {
  double phi1, phi2, phi3, phi4;
  // `ln_rock`: the motion of the same IMT on rock.
  double term(double vs30, double ln_rock) const;
};
bool has_chiou_youngs_2014_soil(const Imt& imt);
// REQUIRES: has_chiou_youngs_2014_soil(imt).
ChiouYoungsSoil chiou_youngs_2014_soil(const Imt& imt);

// ln of PGA on rock, g, as the site term of Boore and Atkinson (2008) wants it.
double boore_atkinson_2008_ln_rock_pga(double mag, double rake, double rjb);

// The site term of the 2015 national building code of Canada, relative to 760 m/s (Atkinson and
// Adams 2013, Can. J. Civ. Eng. 40, 988-998).
enum class CanadianSoil : std::uint8_t { base, linear };
bool has_canadian_soil(const Imt& imt);
struct CanadianSoilTerm {
  CanadianSoilTerm(const Imt& imt, CanadianSoil soil);
  // `ln_rock`: the motion of the same IMT at 760 m/s.
  double at(double vs30, double ln_rock) const;

private:
  CanadianSoil soil_;
  double blin_, b1_, b2_, rock_factor_;
};

// The vs30 that a model's site term refers to, m/s, as its authors or its implementation state it;
// nothing for a model that states none.
std::optional<double> reference_velocity(std::string_view model);

} // namespace oq::engine
