// RuptureMotion: the sites that a rupture reaches, with means and standard deviations of models.
#pragma once

#include "engine/geo/site_collection.hpp"
#include "engine/gmf/scenario_ruptures.hpp"
#include "engine/gsim/ground_motion_model.hpp"
#include "engine/hazard/maximum_distance.hpp"
#include "engine/geo/points.hpp"

#include <memory>
#include <vector>

namespace oq::engine {

// One model and intensity measure type; a value a reached site.
struct PredictedMotion {
  std::vector<double> ln_mean, sigma, tau, phi;
};

struct RuptureMotion {
  std::vector<std::uint32_t> sites;              // index into the collection, ascending
  std::vector<PredictedMotion> by_model_and_imt; // model x IMT

  const PredictedMotion& at(std::size_t model, std::size_t imt, std::size_t imts) const {
    return by_model_and_imt[model * imts + imt];
  }
};

struct MotionSettings {
  std::vector<Imt> imts;
  double rupture_mesh_spacing = 5; // km
  double minimum_distance = 0;     // km
};

// Errc::invalid_input: a surface without mesh. Errc::numeric_failure names model and site.
Result<RuptureMotion>
predict_motion(const ScenarioRupture& rupture,
               const std::vector<std::shared_ptr<const GroundMotionModel>>& models,
               const MaximumDistance& distance, const SiteCollection& sites,
               const MotionSettings& settings);

} // namespace oq::engine
