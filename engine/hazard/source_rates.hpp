// SourceRates: rates of exceedance at some sites from some locations of a group of sources.
#pragma once

#include "engine/base/result.hpp"
#include "engine/base/stop_token.hpp"
#include "engine/geo/site_collection.hpp"
#include "engine/gsim/ground_motion_model.hpp"
#include "engine/hazard/exceedance.hpp"
#include "engine/hazard/maximum_distance.hpp"
#include "engine/hazard/motion_kernel.hpp"
#include "engine/hazard/occurrence.hpp"
#include "engine/hazard/point_cells.hpp"
#include "engine/rupture/fault_ruptures.hpp"
#include "engine/rupture/point_ruptures.hpp"

#include <memory>
#include <string>
#include <vector>

namespace oq::engine {

// What all sources of a calculation share.
struct HazardSettings {
  double investigation_time = 1; // years
  double minimum_distance = 0;   // km
  // So few sites that they all see the same ruptures of a point source (10 in OpenQuake).
  bool few_sites = false;
  TruncatedNormal normal{3};
  std::vector<Imt> imts;
  std::vector<LevelChunks> levels; // one an IMT, all of the same length
  // What is made of each motion, when it is looked at one by one: its values are then the levels.
  std::shared_ptr<const MotionKernel> kernel;
};

// How often the ruptures of a set occur otherwise: in another branch of the logic tree.
struct RateVariant {
  std::vector<PointRuptures> sources;           // the set's, save for their rates
  std::vector<std::vector<double>> fault_rates; // a fault: a year, a rupture
};

// Sources of one tectonic region and the models that apply to them.
struct SourceSet {
  std::vector<std::string> ids; // of `sources`
  std::vector<PointRuptures> sources;
  std::vector<std::string> fault_ids; // of `faults`
  std::vector<FaultRuptures> faults;
  // Computed with the set, once for all. Only of plain sets of Poissonian ruptures without cells.
  std::vector<RateVariant> variants;
  std::vector<std::shared_ptr<const GroundMotionModel>> models;
  MaximumDistance maximum_distance{{}};
  // km beyond which one mean rupture a magnitude stands for all, by magnitude.
  MaximumDistance pointsource_distance{{{0.0, 100.0}, {11.0, 100.0}}};
  double grid_spacing = 0; // km; above 0, `cells` gather all locations of `sources`
  std::vector<PointCell> cells;
  Summation summation = Summation::rates;
  double dispersion = 0; // of negative-binomial occurrence
  bool cluster = false;  // every rupture happens once, whenever all of them do

  // Poissonian ruptures without relations to each other: expected numbers simply add up.
  bool is_plain() const noexcept {
    return summation == Summation::rates && dispersion == 0 && !cluster;
  }
  bool empty() const noexcept { return sources.empty() && faults.empty(); }
  // Of the source with a tag: `sources` first, then `faults`.
  const std::string& id(std::uint32_t tag) const {
    return tag < ids.size() ? ids[tag] : fault_ids[tag - ids.size()];
  }
  // Cells when there are any.
  std::size_t point_locations() const;
  // Of points or cells and, after them, ruptures of faults.
  std::size_t locations() const;
};

// Locations [begin, end) of the set, counted through its sources in order; each rupture of a fault
// counts as one.
struct LocationRange {
  std::size_t begin = 0, end = 0;
};
struct SiteRange {
  std::size_t begin = 0, end = 0;
};

// Expected numbers of exceedances in the investigation time: site x model x IMT x level, of the set
// and of each of its variants, or empty when no rupture reaches any site. Errc::aborted,
// Errc::numeric_failure.
Result<std::vector<double>> source_rates(const HazardSettings& settings, const SourceSet& set,
                                         LocationRange locations, const SiteCollection& sites,
                                         SiteRange range, const StopToken& stop);

} // namespace oq::engine
