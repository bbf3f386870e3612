// The intensity measures that a job's risk functions need.
#pragma once

#include "engine/gsim/imt.hpp"
#include "engine/risk/risk_files.hpp"

#include <set>
#include <string>
#include <vector>

namespace oq::engine {

struct RiskIntensity {
  Imt imt;
  double minimum = 0; // the lowest level at which a function says something
};

// By period; empty without risk functions. Measures that no ground-motion model predicts are left
// out. Errors are those of the files.
Result<std::vector<RiskIntensity>> risk_intensities(const Job& job, const RiskFiles& files);

// Names of all measures that risk functions need, also of those that no model predicts.
Result<std::set<std::string>> risk_measures(const Job& job, const RiskFiles& files);

} // namespace oq::engine
