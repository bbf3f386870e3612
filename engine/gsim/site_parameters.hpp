// The site parameters that models may need: their bits, their names, and the options that give
// them.
#pragma once

#include "engine/gsim/ground_motion_model.hpp"

#include <string>
#include <vector>

namespace oq::engine {

struct SiteParameter {
  std::uint64_t need;
  std::string_view name;   // as in a site model
  std::string_view option; // that gives it to every site; the name itself where there is none
  std::span<const double> PairBatch::*column;
};

// Sorted by name.
std::span<const SiteParameter> site_parameters();

// Names of the parameters among a union of Needs, sorted.
std::vector<std::string> required_site_parameters(std::uint64_t needs);

} // namespace oq::engine
