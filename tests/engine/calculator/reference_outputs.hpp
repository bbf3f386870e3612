// reference_outputs: compares a datastore with the files another engine exported for the same job.
#pragma once

#include "engine/output/datastore.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace oq::engine::testing {

struct Comparison {
  std::size_t files = 0;             // compared
  std::size_t values = 0;            // compared
  std::vector<std::string> failures; // the first few, one sentence each
};

// Every hazard curve, map and uniform hazard spectrum of the folder: equal to 1e-5 relative, with
// an absolute floor of 1e-5 on probabilities. Files cut short are compared as far as they go.
Comparison compare_with_folder(const Datastore& datastore, const std::filesystem::path& folder);

} // namespace oq::engine::testing
