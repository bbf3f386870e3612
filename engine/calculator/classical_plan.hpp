// ClassicalPlan: how a classical calculation is cut into tasks; a function of the model alone.
#pragma once

#include "engine/calculator/classical_model.hpp"

#include <vector>

namespace oq::engine {

struct ClassicalTask {
  std::size_t group = 0; // index into ClassicalModel::groups
  LocationRange locations;
  SiteRange sites;
  double weight = 1; // expected milliseconds of one core of 2020
};

// Tasks of some tens of milliseconds each, so that progress shows and an abort is quick. The same
// model gives the same plan everywhere, whatever number of workers there are.
std::vector<ClassicalTask> plan_classical(const ClassicalModel& model);

} // namespace oq::engine
