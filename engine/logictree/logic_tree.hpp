// FullLogicTree: source-model paths x ground-motion branches, and the realizations they make.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/registry.hpp"
#include "engine/logictree/branch_set.hpp"
#include "engine/source/source.hpp"

#include <string>
#include <vector>

namespace oq::engine {

// One path through the source-model tree, with the model it leads to. Sources that paths have in
// common are the same objects.
struct SourceModelPath {
  std::string path;  // branch letters, "A"
  double weight = 1; // product of its branches'
  std::vector<SourceGroup> groups;
  std::size_t samples = 1; // how often it was drawn; 1 when all paths are enumerated
};

// One ground-motion branch of one tectonic region.
struct GsimBranch {
  std::string id; // as in the file
  GsimSpec gsim;
  double weight = 1;
  // With weight 0 for a type, the model is not asked for it.
  ImtWeights imt_weights = {};

  double weight_for(const Imt& imt) const { return engine::weight_for(imt, weight, imt_weights); }
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
  // One an intensity measure type of the job, each summing to 1 over all realizations; empty when
  // they are all `weight`.
  std::vector<double> imt_weights = {};

  double weight_for(std::size_t imt) const {
    return imt_weights.empty() ? weight : imt_weights[imt];
  }
};

struct FullLogicTree {
  std::vector<SourceModelPath> source_paths;
  std::vector<GsimBranchSet> gsims; // sorted by tectonic region; only those the sources use
  std::vector<Realization> realizations;

  // Index into `gsims`. REQUIRES: the region occurs.
  std::size_t gsim_set(const std::string& tectonic_region) const;
};

} // namespace oq::engine
