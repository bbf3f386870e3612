// Liquefaction: its probability at a site, whether it is taken to occur, and the area it covers.
#pragma once

#include "engine/base/result.hpp"
#include "engine/perils/secondary_peril.hpp"

#include <memory>

namespace oq::engine {

struct WetGround {
  double vs30;              // m/s
  double precipitation;     // mm a year
  double distance_to_water; // km
  double water_table_depth; // m
};

// Zhu, Baise and Thompson (2017), Bull. Seism. Soc. Am. 107(3), model 2, as Allstadt et al. (2022),
// Earthquake Spectra 38(1), limit and scale it. pga in g, pgv in cm/s.
double allstadt_2022_probability(const WetGround& ground, double magnitude, double pga, double pgv);
// Percent of the area, of the probability.
double zhu_2017_area(double probability);

// "LiqProb", "LiqOccur" (1 above a probability of 0.4), "LSE".
Result<std::unique_ptr<SecondaryPeril>> allstadt_2022_liquefaction(const SiteCollection& sites);

} // namespace oq::engine
