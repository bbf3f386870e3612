// Names, types, ranges and defaults of every option (engine notes 4.3 and 3.9, api notes C).
#include "engine/job/option_table.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace oq::engine {
namespace {

// clang-format off
constexpr OptionRule kOptions[] = {
  {"aggregate_by", OptionKind::list, Range::any, R"([])"},
  {"aggregate_loss_curves_types", OptionKind::text, Range::any, R"("ep")"},
  {"amplification_method", OptionKind::text, Range::any, R"("convolution")"},
  {"approximations", OptionKind::boolean, Range::any, R"(true)"},
  {"area_source_discretization", OptionKind::real, Range::positive},
  {"asce_version", OptionKind::text},
  {"ash_wet_amplification_factor", OptionKind::real, Range::positive, R"(1.0)"},
  {"asset_correlation", OptionKind::real, Range::probability, R"(0.0)"},
  {"asset_hazard_distance", OptionKind::by_key, Range::not_negative, R"({"default":15})"},
  {"asset_life_expectancy", OptionKind::real, Range::positive},
  {"avg_losses", OptionKind::boolean, Range::any, R"(true)"},
  {"cache_distances", OptionKind::boolean, Range::any, R"(false)"},
  {"calculation_mode", OptionKind::text},
  {"cholesky_limit", OptionKind::integer, Range::positive, R"(10000)"},
  {"collapse_gsim_logic_tree", OptionKind::words},
  {"collapse_level", OptionKind::integer, Range::any, R"(-1)"},
  {"collect_rlzs", OptionKind::boolean},
  {"compare_with_classical", OptionKind::boolean, Range::any, R"(false)"},
  {"complete_logic_tree_gmf", OptionKind::boolean},
  {"complete_logic_tree_ses", OptionKind::boolean},
  {"complex_fault_mesh_spacing", OptionKind::real, Range::positive},
  {"concurrent_tasks", OptionKind::integer, Range::not_negative},
  {"conditional_loss_poes", OptionKind::reals, Range::open_probability, R"([])"},
  {"continuous_fragility_discretization", OptionKind::integer, Range::positive, R"(20)"},
  {"coordinate_bin_width", OptionKind::real, Range::positive, R"(100.0)"},
  {"correlation_cutoff", OptionKind::real},
  {"countries", OptionKind::words},
  {"cross_correlation", OptionKind::text, Range::any, R"("yes")"},
  {"custom_site_id", OptionKind::boolean, Range::any, R"(false)"},
  {"description", OptionKind::text, Range::any, R"("no description")"},
  {"disagg_bin_edges", OptionKind::dictionary, Range::any, R"({})"},
  {"disagg_by_src", OptionKind::boolean, Range::any, R"(false)"},
  {"disagg_outputs", OptionKind::words},
  {"discard_assets", OptionKind::boolean, Range::any, R"(false)"},
  {"discard_trts", OptionKind::text, Range::any, R"("")"},
  {"discrete_damage_distribution", OptionKind::boolean, Range::any, R"(false)"},
  {"distance_bin_width", OptionKind::real, Range::positive},
  {"epsilon_star", OptionKind::boolean, Range::any, R"(false)"},
  {"export_dir", OptionKind::text, Range::any, R"(".")"},
  {"export_multi_curves", OptionKind::boolean},
  {"exports", OptionKind::words},
  {"extreme_gmv", OptionKind::by_key},
  {"floating_x_step", OptionKind::real, Range::not_negative, R"(0.0)"},
  {"floating_y_step", OptionKind::real, Range::not_negative, R"(0.0)"},
  {"gmf_max_gb", OptionKind::real},
  {"ground_motion_correlation_model", OptionKind::text},
  {"ground_motion_correlation_params", OptionKind::dictionary, Range::any, R"({})"},
  {"ground_motion_fields", OptionKind::boolean, Range::any, R"(true)"},
  {"gsim", OptionKind::text, Range::any, R"("[FromFile]")"},
  {"hazard_calculation_id", OptionKind::integer, Range::positive},
  {"hazard_curves_from_gmfs", OptionKind::boolean, Range::any, R"(false)"},
  {"hazard_maps", OptionKind::boolean, Range::any, R"(false)"},
  {"horiz_comp_to_geom_mean", OptionKind::boolean, Range::any, R"(false)"},
  {"ignore_covs", OptionKind::boolean, Range::any, R"(false)"},
  {"ignore_encoding_errors", OptionKind::boolean, Range::any, R"(false)"},
  {"ignore_master_seed", OptionKind::text, Range::any, R"("false")"},
  {"ignore_missing_costs", OptionKind::words, Range::any, R"([])"},
  {"iml_disagg", OptionKind::dictionary, Range::any, R"({})"},
  {"imt_ref", OptionKind::text, Range::any, R"("")"},
  {"individual_rlzs", OptionKind::boolean},
  {"infer_occur_rates", OptionKind::boolean, Range::any, R"(false)"},
  {"infrastructure_connectivity_analysis", OptionKind::boolean, Range::any, R"(false)"},
  {"insured_losses", OptionKind::boolean},
  {"intensity_measure_types", OptionKind::words},
  {"intensity_measure_types_and_levels", OptionKind::dictionary},
  {"interest_rate", OptionKind::real},
  {"investigation_time", OptionKind::real, Range::positive},
  {"job_id", OptionKind::integer},
  {"limit_states", OptionKind::words, Range::any, R"([])"},
  {"local_timestamp", OptionKind::text},
  {"loss_curve_resolution", OptionKind::integer, Range::positive},
  {"lrem_steps_per_interval", OptionKind::integer, Range::not_negative, R"(0)"},
  {"mag_bin_width", OptionKind::real, Range::positive, R"(1.0)"},
  {"mags_by_trt", OptionKind::dictionary, Range::any, R"({})"},
  {"master_seed", OptionKind::integer, Range::any, R"(123456789)"},
  {"max", OptionKind::boolean, Range::any, R"(false)"},
  {"max_data_transfer", OptionKind::real},
  {"max_gmvs_chunk", OptionKind::integer, Range::positive, R"(100000)"},
  {"max_potential_gmfs", OptionKind::real},
  {"max_potential_paths", OptionKind::integer, Range::positive, R"(15000)"},
  {"max_sites_disagg", OptionKind::integer, Range::not_negative, R"(10)"},
  {"maximum_distance", OptionKind::distance, Range::not_negative},
  {"maximum_distance_stations", OptionKind::real, Range::positive},
  {"mea_tau_phi", OptionKind::boolean, Range::any, R"(false)"},
  {"mean", OptionKind::boolean, Range::any, R"(true)"},
  {"minimum_asset_loss", OptionKind::by_key, Range::any, R"({"default":0})"},
  {"minimum_distance", OptionKind::real, Range::not_negative, R"(0.0)"},
  {"minimum_engine_version", OptionKind::text},
  {"minimum_intensity", OptionKind::by_key, Range::any, R"({})"},
  {"minimum_magnitude", OptionKind::by_key, Range::not_negative, R"({"default":0})"},
  {"modal_damage_state", OptionKind::boolean, Range::any, R"(false)"},
  {"mosaic_model", OptionKind::text, Range::any, R"("")"},
  {"no_progress_timeout", OptionKind::integer, Range::positive},
  {"num_epsilon_bins", OptionKind::integer, Range::positive, R"(1)"},
  {"num_rlzs_disagg", OptionKind::integer, Range::not_negative, R"(0)"},
  {"number_of_ground_motion_fields", OptionKind::integer, Range::not_negative},
  {"number_of_logic_tree_samples", OptionKind::integer, Range::not_negative, R"(0)"},
  {"override_vs30", OptionKind::reals, Range::positive},
  {"oversampling", OptionKind::text, Range::any, R"("tolerate")"},
  {"poes", OptionKind::reals, Range::open_probability, R"([])"},
  {"poes_disagg", OptionKind::reals, Range::open_probability},
  {"pointsource_distance", OptionKind::distance, Range::not_negative, R"({"default":100.0})"},
  {"postproc_args", OptionKind::dictionary, Range::any, R"({})"},
  {"postproc_func", OptionKind::text, Range::any, R"("dummy.main")"},
  {"prefer_global_site_params", OptionKind::boolean},
  {"ps_grid_spacing", OptionKind::real, Range::not_negative, R"(0.0)"},
  {"quantile_loss_curves", OptionKind::reals, Range::probability},
  {"quantiles", OptionKind::reals, Range::probability, R"([])"},
  {"random_seed", OptionKind::integer, Range::any, R"(42)"},
  {"reaggregate_by", OptionKind::list},
  {"reference_backarc", OptionKind::boolean, Range::any, R"(false)"},
  {"reference_depth_to_1pt0km_per_sec", OptionKind::real, Range::positive},
  {"reference_depth_to_2pt5km_per_sec", OptionKind::real, Range::positive},
  {"reference_vs30_type", OptionKind::text, Range::any, R"("inferred")"},
  {"reference_vs30_value", OptionKind::real, Range::positive},
  {"region", OptionKind::points},
  {"region_grid_spacing", OptionKind::real, Range::positive},
  {"reqv_ignore_sources", OptionKind::words, Range::any, R"([])"},
  {"return_periods", OptionKind::reals, Range::positive, R"([])"},
  {"risk_imtls", OptionKind::dictionary, Range::any, R"({})"},
  {"risk_investigation_time", OptionKind::real, Range::positive},
  {"rlz_index", OptionKind::list},
  {"rupture_dict", OptionKind::dictionary, Range::any, R"({})"},
  {"rupture_mesh_spacing", OptionKind::real, Range::positive, R"(5.0)"},
  {"sampling_method", OptionKind::text, Range::any, R"("early_weights")"},
  {"sec_imts", OptionKind::words},
  {"sec_peril_params", OptionKind::list, Range::any, R"({})"},
  {"secondary_perils", OptionKind::words, Range::any, R"([])"},
  {"ses_per_logic_tree_path", OptionKind::integer, Range::positive, R"(1)"},
  {"ses_seed", OptionKind::integer, Range::any, R"(42)"},
  {"shakemap_id", OptionKind::text},
  {"shakemap_uri", OptionKind::dictionary, Range::any, R"({})"},
  {"shift_hypo", OptionKind::boolean, Range::any, R"(false)"},
  {"site_effects", OptionKind::text},
  {"sites", OptionKind::points},
  {"sites_disagg", OptionKind::points},
  {"smlt_branch", OptionKind::text, Range::any, R"("")"},
  {"soil_intensities", OptionKind::reals, Range::positive},
  {"source_id", OptionKind::words, Range::any, R"([])"},
  {"source_nodes", OptionKind::words, Range::any, R"([])"},
  {"spatial_correlation", OptionKind::text, Range::any, R"("yes")"},
  {"specific_assets", OptionKind::words, Range::any, R"([])"},
  {"split_by_gsim", OptionKind::integer, Range::not_negative, R"(0)"},
  {"split_sources", OptionKind::boolean, Range::any, R"(true)"},
  {"std", OptionKind::boolean, Range::any, R"(false)"},
  {"steps_per_interval", OptionKind::integer, Range::positive, R"(1)"},
  {"taxonomies_from_model", OptionKind::boolean},
  {"tectonic_region_type", OptionKind::text, Range::any, R"("*")"},
  {"tile_spec", OptionKind::list},
  {"tiling", OptionKind::boolean},
  {"time_event", OptionKind::text, Range::any, R"("avg")"},
  {"time_per_task", OptionKind::real, Range::positive, R"(600.0)"},
  {"total_losses", OptionKind::text},
  {"truncation_level", OptionKind::real, Range::not_negative},
  {"uniform_hazard_spectra", OptionKind::boolean, Range::any, R"(false)"},
  {"use_rates", OptionKind::boolean, Range::any, R"(false)"},
  {"vs30_tolerance", OptionKind::real, Range::not_negative, R"(0)"},
  {"width_of_mfd_bin", OptionKind::real, Range::positive},
  {"with_betw_ratio", OptionKind::real},
};

constexpr OptionAlias kAliases[] = {
  {"individual_curves", "individual_rlzs"},
  {"max_hazard_curves", "max"},
  {"mean_hazard_curves", "mean"},
  {"quantile_hazard_curves", "quantiles"},
  {"region_constraint", "region"},
  {"std_dev", "std"},
};

constexpr std::string_view kInputs[] = {
  "affectedpop_vulnerability_file", "amplification_csv", "amplification_file",
  "area_vulnerability_file", "business_interruption_fragility_file",
  "business_interruption_vulnerability_file", "consequence_file", "contents_fragility_file",
  "contents_vulnerability_file", "delta_rates_file", "exposure_file", "fragility_file",
  "geometry_file", "gmfs_csv", "gmfs_file", "groundshaking_fragility_file",
  "groundshaking_vulnerability_file", "gsim_logic_tree_file", "hazard_curves_csv",
  "hazard_curves_file", "injured_vulnerability_file", "insurance_csv", "insurance_file",
  "landslide_fragility_file", "landslide_vulnerability_file", "liquefaction_fragility_file",
  "liquefaction_vulnerability_file", "multi_peril_csv", "multi_peril_file",
  "nonstructural_fragility_file", "nonstructural_vulnerability_file", "number_vulnerability_file",
  "occupants_vulnerability_file", "post_loss_amplification_file", "reinsurance_file", "reqv_file",
  "reqv_hdf5", "residents_vulnerability_file", "rupture_model_file", "shakemap_file",
  "site_model_csv", "site_model_file", "sites_csv", "sites_file", "source_model_file",
  "source_model_logic_tree_file", "station_data_file", "structural_consequence_file",
  "structural_fragility_file", "structural_vulnerability_file",
  "structural_vulnerability_retrofitted_file", "taxonomy_mapping_csv", "taxonomy_mapping_file",
  "vulnerability_file",
};
// clang-format on

constexpr std::string_view kInputEndings[] = {"_file", "_csv", "_hdf5"};

// Levenshtein's distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

} // namespace

std::span<const OptionRule> option_table() {
  return kOptions;
}

const OptionRule* find_option(std::string_view name) {
  const auto* found = std::ranges::lower_bound(kOptions, name, {}, &OptionRule::name);
  return found != std::end(kOptions) && found->name == name ? found : nullptr;
}

std::span<const OptionAlias> option_aliases() {
  return kAliases;
}

std::string_view canonical_name(std::string_view name) {
  const auto* found = std::ranges::find(kAliases, name, &OptionAlias::old_name);
  return found == std::end(kAliases) ? name : found->name;
}

bool is_input_option(std::string_view name) {
  return std::ranges::find(kInputs, name) != std::end(kInputs);
}

std::string_view input_name(std::string_view option) {
  for (const std::string_view ending : kInputEndings)
    if (option.ends_with(ending))
      return option.substr(0, option.size() - ending.size());
  return option;
}

std::string nearest_option(std::string_view name) {
  constexpr std::size_t kFarthest = 2;
  std::string_view nearest;
  std::size_t distance = kFarthest + 1;
  const auto consider = [&](std::string_view known) {
    if (known.size() + kFarthest < name.size() || name.size() + kFarthest < known.size())
      return;
    if (const std::size_t edits = edit_distance(name, known); edits < distance) {
      distance = edits;
      nearest = known;
    }
  };
  for (const OptionRule& rule : kOptions)
    consider(rule.name);
  for (const OptionAlias& alias : kAliases)
    consider(alias.old_name);
  for (const std::string_view input : kInputs)
    consider(input);
  return std::string(nearest);
}

} // namespace oq::engine
