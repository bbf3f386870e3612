// Liquefaction by logistic regressions on shaking and ground: its probability at a site, whether it
// is taken to occur, and the part of the area that it covers.
#pragma once

#include "engine/base/result.hpp"
#include "engine/perils/secondary_peril.hpp"

#include <memory>

namespace oq::engine {

// pga in g, pgv in cm/s.
struct Shaking {
  double magnitude, pga, pgv;
};

// Ground whose wetness the topography tells.
struct SlopingGround {
  double vs30; // m/s
  double cti;  // compound topographic index
};
// Zhu et al. (2015), Earthquake Spectra 31(3), 1813-1837: the global model; peak acceleration is
// scaled by the magnitude as Youd et al. (2001) do.
double zhu_2015_probability(const SlopingGround& ground, const Shaking& shaking);
// Bozzoni et al. (2021), Bull. Earthq. Eng. 19, 4059-4082: the same form for Europe.
double bozzoni_2021_probability(const SlopingGround& ground, const Shaking& shaking);

struct CoastalGround {
  double vs30;              // m/s
  double precipitation;     // mm a year
  double distance_to_coast; // km
  double distance_to_river; // km
};
struct WetGround {
  double vs30;              // m/s
  double precipitation;     // mm a year
  double distance_to_water; // km
  double water_table_depth; // m
};
// Zhu, Baise and Thompson (2017), Bull. Seism. Soc. Am. 107(3), 1365-1385: models 1 and 2.
double zhu_2017_coastal_probability(const CoastalGround& ground, const Shaking& shaking);
double zhu_2017_general_probability(const WetGround& ground, const Shaking& shaking);
// Percent of the area, of the probability; table 2.
double zhu_2017_coastal_area(double probability);
double zhu_2017_general_area(double probability);
// Rashidian and Baise (2020), Eng. Geol. 272, 105644, limit the precipitation of model 2, ask for
// 0.1 g and scale the velocity by the magnitude; Allstadt et al. (2022), Earthquake Spectra 38(1),
// 5-36, limit the velocity to 150 cm/s, too. (The reference engine keeps the limit of 1700 mm of
// precipitation for both.)
double rashidian_2020_probability(const WetGround& ground, const Shaking& shaking);
double allstadt_2022_probability(const WetGround& ground, const Shaking& shaking);

using PerilResult = Result<std::unique_ptr<SecondaryPeril>>;

// "LiqProb", "LiqOccur" (1 above the probability that the authors propose).
PerilResult zhu_2015_liquefaction(const SiteCollection& sites);
PerilResult bozzoni_2021_liquefaction(const SiteCollection& sites);
// "LiqProb", "LiqOccur", "LSE".
PerilResult zhu_2017_coastal_liquefaction(const SiteCollection& sites);
PerilResult zhu_2017_general_liquefaction(const SiteCollection& sites);
PerilResult rashidian_2020_liquefaction(const SiteCollection& sites);
PerilResult allstadt_2022_liquefaction(const SiteCollection& sites);

} // namespace oq::engine
