// The ruptures of a scenario: from an NRML file, a CSV file, or the option rupture_dict.
#pragma once

#include "engine/geo/surface_mesh.hpp"
#include "engine/job/job.hpp"
#include "engine/source/source.hpp"

#include <optional>

namespace oq::engine {

struct GivenMesh {
  SurfaceMesh mesh;
  bool is_simple = false; // strike and dip are those of the first row of cells
};

struct ScenarioRupture {
  NonParametricRupture rupture;
  std::optional<GivenMesh> mesh;     // its surface, when given node by node; then not in `rupture`
  std::string tectonic_region = "*"; // of the models to use; "*": there is one set of models
  std::optional<std::uint64_t> seed; // of its fields, when the file says
};

// Errors name file and line, or the option.
Result<std::vector<ScenarioRupture>> read_scenario_ruptures(const Job& job);

} // namespace oq::engine
