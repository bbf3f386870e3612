// ClassicalPlan: how a classical calculation is cut into tasks; a function of the model and its
// tiles alone.
#pragma once

#include "engine/calculator/classical_tiles.hpp"

#include <vector>

namespace oq::engine {

struct ClassicalTask {
  std::size_t group = 0; // index into ClassicalModel::groups
  LocationRange locations;
  SiteRange sites;
  double weight = 1; // expected milliseconds of one core of 2020
  std::size_t tile = 0;
};

// Tasks of some tens of milliseconds each, so that progress shows and an abort is quick. The same
// model and number of tiles give the same plan everywhere, whatever number of workers there are.
// One tile comes after the other; each site's sums are the same whichever tile it is in.
std::vector<ClassicalTask> plan_classical(const ClassicalModel& model, const ClassicalTiles& tiles);

} // namespace oq::engine
