// FullLogicTree: source-model paths x ground-motion branches, and the realizations they make.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/registry.hpp"
#include "engine/source/source.hpp"

#include <string>
#include <vector>

namespace oq::engine {

// One path through the source-model tree, with the model it leads to.
struct SourceModelPath {
  std::string path; // branch letters, "A"
  double weight = 1;
  std::vector<SourceGroup> groups;
};

// One ground-motion branch of one tectonic region.
struct GsimBranch {
  std::string id; // as in the file
  GsimSpec gsim;
  double weight = 1;
};
struct GsimBranchSet {
  std::string tectonic_region;
  std::vector<GsimBranch> branches;
};

struct Realization {
  std::size_t ordinal = 0;
  std::string path;                       // "A~AB"
  double weight = 1;                      // sums to 1 over all
  std::size_t source_path = 0;            // index into FullLogicTree::source_paths
  std::vector<std::size_t> gsim_branches; // one index a GsimBranchSet
};

struct FullLogicTree {
  std::vector<SourceModelPath> source_paths;
  std::vector<GsimBranchSet> gsims; // sorted by tectonic region; only those the sources use
  std::vector<Realization> realizations;

  // Index into `gsims`. REQUIRES: the region occurs.
  std::size_t gsim_set(const std::string& tectonic_region) const;
};

} // namespace oq::engine
