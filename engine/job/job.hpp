// Job: a job.ini after reading: typed options, input files, and where each came from.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/imt.hpp"
#include "engine/geo/points.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace oq::engine {

// Every mode that a job file may name; make_calculator refuses those that have no calculator.
enum class CalculationMode : unsigned char {
  classical,
  preclassical,
  disaggregation,
  event_based,
  scenario,
  aftershock,
  classical_risk,
  classical_damage,
  classical_bcr,
  scenario_risk,
  scenario_damage,
  event_based_risk,
  event_based_damage,
  event_based_bcr,
  ebrisk,
  multi_risk,
  post_risk,
  custom,
};
// OpenQuake's word: "classical", "classical_risk".
std::string_view to_string(CalculationMode mode) noexcept;
std::optional<CalculationMode> parse_calculation_mode(std::string_view word) noexcept;
// A mode whose word ends with risk, damage or bcr; the others are hazard (api notes B).
bool is_risk(CalculationMode mode) noexcept;

// One intensity measure type with its levels, ascending (g, cm/s, …).
struct IntensityLevels {
  Imt imt;
  std::vector<double> levels;
};

struct SitePoint {
  double lon = 0, lat = 0, depth = 0; // degrees, degrees, km
};

// An option exactly as written.
struct RawOption {
  std::string name, value;
  int line = 0;
};

struct Job {
  std::filesystem::path ini;         // absolute
  std::filesystem::path confine_to;  // no input may lie outside; empty: anywhere
  std::vector<RawOption> raw;        // in file order, names in lower case
  boost::json::object parameters;    // today's name -> typed value, what the ini gives
  std::vector<std::string> warnings; // unknown options and the like, one sentence each

  CalculationMode mode = CalculationMode::classical;
  std::string description = "no description";
  // "source_model_logic_tree" -> paths; every option ending in _file, without that ending.
  std::map<std::string, std::vector<std::filesystem::path>> inputs;
  std::optional<std::int64_t> hazard_calculation_id;

  // Sites
  std::vector<SitePoint> sites;               // `sites`, or the points of `sites_csv`
  std::vector<LonLat> region;                 // `region` or `region_constraint`
  std::optional<double> region_grid_spacing;  // km
  std::optional<double> reference_vs30_value; // m/s
  bool reference_vs30_measured = false;
  std::optional<double> reference_depth_to_1pt0km_per_sec; // m
  std::optional<double> reference_depth_to_2pt5km_per_sec; // km
  bool reference_backarc = false;
  std::vector<double> override_vs30; // m/s, instead of every site's; several: sites multiplied
  // (part, parts): only every parts-th site, beginning with number `part`, counted from 1
  std::optional<std::pair<std::size_t, std::size_t>> tile_spec;

  // Earthquake rupture forecast
  double rupture_mesh_spacing = 5.0;                // km
  std::optional<double> complex_fault_mesh_spacing; // km
  std::optional<double> area_source_discretization; // km
  std::optional<double> width_of_mfd_bin;

  // Hazard
  double investigation_time = 0;                 // years
  std::vector<IntensityLevels> intensity_levels; // sorted by period
  double truncation_level = 99;                  // standard deviations
  // tectonic region or "default" -> (magnitude, km) pairs
  std::map<std::string, std::vector<std::pair<double, double>>> maximum_distance;
  double minimum_distance = 0; // km
  double ps_grid_spacing = 0;  // km; 0: point sources are not gridded
  // Likewise; the first and the last distance hold for smaller and for greater magnitudes.
  std::map<std::string, std::vector<std::pair<double, double>>> pointsource_distance{
    {"default", {{0.0, 100.0}}}};
  std::map<std::string, double> minimum_magnitude{{"default", 0.0}};
  std::int64_t random_seed = 42;
  std::int64_t number_of_logic_tree_samples = 0; // 0: full enumeration
  bool shift_hypo = false;
  bool split_sources = true;            // false: area and multi-point sources average no ruptures
  bool horiz_comp_to_geom_mean = false; // models are converted to the geometric mean
  // Regions of `reqv_hdf5` or `reqv_file`, and sources of theirs that stay as they are.
  std::vector<std::string> reqv_regions, reqv_ignore_sources;
  std::string sampling_method = "early_weights";
  std::string gsim;                                  // instead of a logic tree; may be empty
  std::vector<std::string> discard_tectonic_regions; // `discard_trts`
  std::vector<std::string> source_ids;               // `source_id`: only these sources
  std::vector<std::string> source_nodes;             // only sources written as these elements
  bool infer_occur_rates = false; // a probability of no occurrence stands for a Poissonian rate
  bool use_rates = false;
  bool disagg_by_src = false;
  std::string amplification_method = "convolution";
  std::vector<double> soil_intensities; // levels of curves on soil; the rock's when empty
  double vs30_tolerance = 0;            // m/s, between sites and amplification functions
  // Our own: false takes every rupture as it is (docs/options.md).
  bool approximations = true;
  std::int64_t max_sites_disagg = 10; // so few sites that they all see the same ruptures

  // Products
  bool mean = true, std_dev = false, max = false;
  std::optional<bool> individual_rlzs;
  std::vector<double> quantiles;
  std::vector<double> poes;
  bool hazard_maps = false, uniform_hazard_spectra = false;

  // Risk
  int lrem_steps_per_interval = 0;
  std::vector<double> conditional_loss_poes;
  std::vector<double> quantile_loss_curves;
  double asset_correlation = 0;
  int loss_curve_resolution = 50;
  bool insured_losses = false;
  std::optional<double> risk_investigation_time; // years; the hazard's when absent
  std::map<std::string, double> asset_hazard_distance{{"default", 15.0}}; // km

  // By today's name or an old one; null when the ini does not have it.
  const RawOption* option(std::string_view name) const;
  // "job.ini:12", for messages about an option.
  std::string where(std::string_view option_name) const;
};

struct ReadJobOptions {
  // A hazard calculation exists already: `calculation_mode = classical` with an exposure means
  // classical_risk.
  bool has_hazard = false;
  // When set, an input path that leads out of this folder is an error: for uploads.
  std::filesystem::path confine_to = {};
};
// Reads and checks one ini, and that its input files exist. Every error names file, line and
// option.
Result<Job> read_job(const std::filesystem::path& ini, const ReadJobOptions& options = {});

// The parameter summaries of the founding API, a pure function of the ini (api notes C): without
// `id`, `status` and `hazard_calculation`, which the caller adds.
boost::json::object hazard_parameters(const Job& job);
boost::json::object risk_parameters(const Job& job);
// Every option with its value, as OpenQuake's `oqparam`.
boost::json::object oqparam(const Job& job);

} // namespace oq::engine
