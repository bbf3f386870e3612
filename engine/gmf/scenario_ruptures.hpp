// The ruptures of a scenario: from an NRML file, a CSV file, or the option rupture_dict.
#pragma once

#include "engine/job/job.hpp"
#include "engine/rupture/fault_surface.hpp"
#include "engine/source/source.hpp"

#include <optional>

namespace oq::engine {

// Surfaces given node by node; several rupture together.
struct GivenMeshes {
  std::vector<SurfaceMesh> meshes;
  FaultSurface::Kind kind = FaultSurface::Kind::simple;
};

struct ScenarioRupture {
  NonParametricRupture rupture;
  std::optional<GivenMeshes> given;  // its surface, when node by node; then not in `rupture`
  std::string tectonic_region = "*"; // of the models to use; "*": there is one set of models
  std::optional<std::uint64_t> seed; // of its fields, when the file says
};

// Errors name file and line, or the option.
Result<std::vector<ScenarioRupture>> read_scenario_ruptures(const Job& job);

} // namespace oq::engine
