// ClassicalModel: everything a classical calculation computes with, checked and shared by its
// tasks.
#pragma once

#include "engine/hazard/source_rates.hpp"
#include "engine/logictree/logic_tree.hpp"

#include <vector>

namespace oq::engine {

// Sources that occur in the same source-model paths, of one tectonic region: computed once,
// whatever number of realizations they serve.
struct RateGroup {
  std::size_t gsim_set = 0;              // index into FullLogicTree::gsims
  std::vector<std::size_t> source_paths; // ascending
  std::string source; // with disagg_by_src: the one source (base name) of the group
  SourceSet set;
  // Groups of other paths whose ruptures differ in their rates only: computed with this one, in the
  // order of the set's variants; they have no sources of their own.
  std::vector<std::size_t> variants;
};

// Rate groups of one source each that make one group together.
struct Combination {
  GroupDependence dependence;
  std::vector<std::size_t> groups; // indices into ClassicalModel::groups
  std::vector<double> weights;     // of the sources, one a group
};

struct ClassicalModel {
  HazardSettings settings;
  SiteCollection sites;
  std::vector<RateGroup> groups;
  std::vector<Combination> combinations;

  std::size_t imts() const noexcept { return settings.imts.size(); }
  std::size_t levels() const noexcept { return settings.levels.front().size(); }
  // Values of one site in a group's rates: model x IMT x level.
  std::size_t values_per_site(const RateGroup& group) const noexcept {
    return group.set.models.size() * imts() * levels();
  }
};

// Rates of some sites.
struct TileRates {
  SiteRange sites;
  std::vector<std::vector<double>> values; // one a group: site x model x IMT x level

  // Of a group at one of the sites.
  const double* of(const ClassicalModel& model, std::size_t group, std::size_t site) const {
    return values[group].data() + (site - sites.begin) * model.values_per_site(model.groups[group]);
  }
};

// Errors name the option, the source or the branch that cannot be used.
Result<ClassicalModel> build_classical_model(const Job& job, const FullLogicTree& tree,
                                             SiteCollection sites);

} // namespace oq::engine
