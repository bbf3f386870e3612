// ConditionedMotion: the motion that a rupture causes at sites, given what stations recorded.
//
// Engler, Worden, Thompson and Jaiswal (2022), Bull. Seism. Soc. Am. 112(4), 1963-1984: the
// multivariate normal distribution of between- and within-event residuals, conditioned on the
// observations. Within events Baker and Jayaram (2008) between measures and Jayaram and Baker
// (2009) in space, between events Goda and Atkinson (2009).
#pragma once

#include "engine/gmf/ground_motion_fields.hpp"
#include "engine/gmf/station_data.hpp"

namespace oq::engine {

struct ConditioningSettings {
  bool vs30_clustering = true;
  double truncation_level = 99; // 0: only means are needed
  double station_distance = 0;  // km, of the rupture; farther stations do not count; 0: as sites
};

// One model and intensity measure; a value a site, and the lower factor of their covariance, row
// by row (empty when only means are needed).
struct ConditionedNormal {
  std::vector<double> ln_mean, factor;
};

struct ConditionedMotion {
  std::vector<std::uint32_t> sites;                // index into the collection, ascending
  std::vector<ConditionedNormal> by_model_and_imt; // model x IMT
};

// `motion` is that of the fields' measures, `at_stations` that of the stations' measures, its sites
// being stations. Errc::invalid_input: a model without parts of sigma, too many sites.
Result<ConditionedMotion>
condition_motion(const RuptureMotion& motion, const std::vector<Imt>& imts,
                 const SiteCollection& sites, const RuptureMotion& at_stations,
                 const StationData& stations, const ConditioningSettings& settings);

// Fields drawn from it: standard normals of an event after the other, of a measure after the other.
Result<RuptureFields> compute_conditioned_fields(const ConditionedMotion& motion,
                                                 std::span<const std::size_t> model_of_event,
                                                 std::uint64_t seed, const FieldSettings& settings);

} // namespace oq::engine
