// One rupture goes the way that ruptures of sources go: surface, distances, pairs, models.
#include "engine/gmf/rupture_motion.hpp"

#include "engine/base/nearest_float.hpp"
#include "engine/hazard/fault_block.hpp"

#include <fmt/format.h>

#include <cmath>

namespace oq::engine {
namespace {

// Keeps the pairs of the one rupture.
class Pairs final : public PairSink {
public:
  Pairs(std::uint64_t needs, double minimum_distance) : buffer_(needs, minimum_distance) {
    buffer_.clear();
  }
  Occurrence occurrence_of(double rate) const override { return {.expected = rate}; }
  Result<void> add(const RuptureOccurrence& rupture, const RuptureDistances& distances,
                   const SiteTile& tile, std::span<const std::uint32_t> sites,
                   std::span<const double> rrup) override {
    buffer_.add(rupture, distances, tile, sites, rrup);
    return {};
  }
  const PairBuffer& buffer() const noexcept { return buffer_; }

private:
  PairBuffer buffer_;
};

Result<void> check_finite(const PredictedMotion& motion, const GroundMotionModel& model,
                          const SiteCollection& sites, const std::vector<std::uint32_t>& reached) {
  for (std::size_t i = 0; i < reached.size(); ++i)
    if (!std::isfinite(motion.ln_mean[i]) || !std::isfinite(motion.sigma[i]))
      return Error{Errc::numeric_failure,
                   fmt::format("{} gives no number at the site {} {}", model.name(),
                               sites.lon[reached[i]], sites.lat[reached[i]]),
                   "rupture"};
  return {};
}

Result<void> predict(const GroundMotionModel& model, const PairBatch& batch,
                     const SiteCollection& sites, const std::vector<Imt>& imts,
                     RuptureMotion& motion) {
  const std::size_t first = motion.by_model_and_imt.size(), pairs = batch.pairs();
  std::vector<GroundMotion> out;
  for (std::size_t imt = 0; imt < imts.size(); ++imt) {
    auto& values = motion.by_model_and_imt.emplace_back();
    for (auto* column : {&values.ln_mean, &values.sigma, &values.tau, &values.phi})
      column->resize(pairs);
  }
  for (std::size_t imt = 0; imt < imts.size(); ++imt) {
    auto& values = motion.by_model_and_imt[first + imt];
    out.push_back({values.ln_mean, values.sigma, values.tau, values.phi});
  }
  model.predict(imts, batch, out);
  for (std::size_t imt = 0; imt < imts.size(); ++imt)
    OQ_CHECK(check_finite(motion.by_model_and_imt[first + imt], model, sites, motion.sites));
  return {};
}

// The reference engine computes from ruptures as it stores them, in single precision.
NonParametricRupture in_single_precision(NonParametricRupture rupture) {
  const auto round = [](double& x) {
    x = nearest_float(x);
  };
  const auto round_point = [&](GeoPoint& point) {
    for (double* x : {&point.lon, &point.lat, &point.depth})
      round(*x);
  };
  round(rupture.mag);
  round(rupture.rake);
  round_point(rupture.hypocentre);
  if (auto* planes = std::get_if<std::vector<PlanarSurface>>(&rupture.surface))
    for (PlanarSurface& plane : *planes)
      for (GeoPoint* corner :
           {&plane.top_left, &plane.top_right, &plane.bottom_left, &plane.bottom_right})
        round_point(*corner);
  if (auto* grid = std::get_if<GriddedSurface>(&rupture.surface))
    for (GeoPoint& point : grid->points)
      round_point(point);
  return rupture;
}

} // namespace

Result<RuptureMotion>
predict_motion(const ScenarioRupture& rupture,
               const std::vector<std::shared_ptr<const GroundMotionModel>>& models,
               const MaximumDistance& distance, const SiteCollection& sites,
               const MotionSettings& settings) {
  Source source;
  source.id = "rupture";
  source.rake = rupture.rupture.rake;
  source.geometry = NonParametricGeometry{{in_single_precision(rupture.rupture)}};
  FaultSettings mesh;
  mesh.rupture_mesh_spacing = settings.rupture_mesh_spacing;
  mesh.complex_fault_mesh_spacing = settings.rupture_mesh_spacing;
  SourceSet set;
  set.fault_ids.push_back(source.id);
  OQ_TRY(auto fault, FaultRuptures::make(source, mesh));
  if (rupture.given)
    fault.set_meshes(rupture.given->meshes, rupture.given->kind);
  fault.round_nodes();
  set.faults.push_back(std::move(fault));
  set.maximum_distance = distance;
  std::uint64_t needs = 0;
  for (const auto& model : models)
    needs |= model->needs();

  const SiteTile tile(sites, 0, sites.size());
  Pairs pairs(needs, settings.minimum_distance);
  FaultBlock block(set, 0, 0, 1);
  OQ_CHECK(block.add(tile, pairs));
  RuptureMotion motion;
  motion.sites.assign(pairs.buffer().site().begin(), pairs.buffer().site().end());
  if (motion.sites.empty())
    return motion;
  for (const auto& model : models)
    OQ_CHECK(predict(*model, pairs.buffer().batch(), sites, settings.imts, motion));
  return motion;
}

} // namespace oq::engine
