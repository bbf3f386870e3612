// ScenarioModel: what a scenario calculation computes: ruptures, events, models, sites.
#pragma once

#include "engine/gmf/conditioned_motion.hpp"
#include "engine/gmf/ground_motion_fields.hpp"
#include "engine/gmf/scenario_ruptures.hpp"
#include "engine/gmf/station_data.hpp"
#include "engine/logictree/logic_tree.hpp"
#include "engine/perils/secondary_perils.hpp"

#include <functional>

namespace oq::engine {

// A rupture with its events, which follow each other.
struct ScenarioPart {
  std::size_t rupture = 0;  // index into ScenarioModel::ruptures
  std::uint64_t seed = 0;   // of its fields
  std::size_t gsim_set = 0; // index into the tree's sets
  std::size_t first_event = 0;
  std::vector<std::int32_t> realizations; // one an event
};

struct ScenarioSites {
  SiteCollection sites;
  std::vector<std::size_t> of_assets; // those that speak for an asset; empty: all
  StationData stations;               // empty: fields are not conditioned
};

struct ScenarioModel {
  SiteCollection sites;
  std::vector<std::size_t> sites_of_assets; // empty: all
  StationData stations;
  ConditioningSettings conditioning;
  SecondaryPerils perils;
  FullLogicTree tree;
  std::vector<ScenarioRupture> ruptures;
  std::vector<std::vector<std::shared_ptr<const GroundMotionModel>>> models; // by gsim set
  std::vector<MaximumDistance> distances;                                    // by gsim set
  MotionSettings motion;
  FieldSettings fields;
  std::vector<ScenarioPart> parts;
  bool computes_fields = true;
  bool exports_fields = true; // those of a risk calculation may be wanted for its losses only

  std::size_t event_count() const {
    return parts.empty() ? 0 : parts.back().first_event + parts.back().realizations.size();
  }
};

// The sites of a calculation with these ground-motion models.
using SitesOfModels = std::function<Result<ScenarioSites>(const FullLogicTree&)>;

// `imts` and `minimum` intensities (an IMT) are settled by the caller: they may come from risk
// functions. Errors name file and line, or the option.
Result<ScenarioModel> make_scenario_model(const Job& job, const SitesOfModels& sites_of,
                                          std::vector<Imt> imts, std::vector<double> minimum);

} // namespace oq::engine
