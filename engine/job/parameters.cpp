// The parameter summaries of the founding API, and OpenQuake's oqparam (api notes C).
#include "engine/job/job.hpp"
#include "engine/job/literal.hpp"
#include "engine/job/option_table.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace oq::engine {
namespace json = boost::json;
namespace {

constexpr std::int64_t kNoProgressTimeout = 3600; // s
constexpr double kRiskMaximumDistance = 5.0;      // km
constexpr std::int64_t kLossCurveResolution = 50;

// Columns of the founding hazard table, in alphabetical order. Options ending in _file, ids and
// folders are not shown.
constexpr std::string_view kHazardFields[] = {
  "area_source_discretization",
  "complete_logic_tree_gmf",
  "complete_logic_tree_ses",
  "coordinate_bin_width",
  "distance_bin_width",
  "export_multi_curves",
  "ground_motion_correlation_model",
  "ground_motion_correlation_params",
  "ground_motion_fields",
  "gsim",
  "hazard_curves_from_gmfs",
  "hazard_maps",
  "intensity_measure_types",
  "intensity_measure_types_and_levels",
  "investigation_time",
  "mag_bin_width",
  "maximum_distance",
  "mean_hazard_curves",
  "num_epsilon_bins",
  "number_of_ground_motion_fields",
  "number_of_logic_tree_samples",
  "poes",
  "poes_disagg",
  "quantile_hazard_curves",
  "random_seed",
  "reference_depth_to_1pt0km_per_sec",
  "reference_depth_to_2pt5km_per_sec",
  "reference_vs30_type",
  "reference_vs30_value",
  "region",
  "region_grid_spacing",
  "rupture_mesh_spacing",
  "ses_per_logic_tree_path",
  "sites",
  "truncation_level",
  "uniform_hazard_spectra",
  "width_of_mfd_bin",
};

constexpr std::string_view kRiskFields[] = {
  "asset_life_expectancy", "conditional_loss_poes",
  "coordinate_bin_width",  "distance_bin_width",
  "interest_rate",         "lrem_steps_per_interval",
  "mag_bin_width",         "master_seed",
  "poes_disagg",           "quantile_loss_curves",
  "region_constraint",     "sites_disagg",
  "taxonomies_from_model", "time_event",
};

json::array lon_lat_pairs(const json::array& points) {
  json::array pairs;
  for (const auto& point : points)
    pairs.push_back(json::array{point.at(0), point.at(1)});
  return pairs;
}

json::object multi_point(json::array coordinates) {
  return {{"coordinates", std::move(coordinates)}, {"type", "MultiPoint"}};
}

json::object polygon(const std::vector<LonLat>& corners) {
  json::array ring;
  for (const LonLat& corner : corners)
    ring.push_back(json::array{corner.lon, corner.lat});
  ring.push_back(json::array{corners.front().lon, corners.front().lat});
  return {{"coordinates", json::array{std::move(ring)}}, {"type", "Polygon"}};
}

// The founding API knows one number: the largest that any magnitude or tectonic region has.
double largest_distance(const json::object& by_region) {
  double largest = 0;
  for (const auto& [region, given] : by_region) {
    if (given.is_double())
      largest = std::max(largest, given.as_double());
    else
      for (const auto& pair : given.as_array())
        largest = std::max(largest, pair.at(1).to_number<double>());
  }
  return largest;
}

// As the founding API shows it, when the ini gives it.
void show(json::object& shown, const Job& job, std::string_view field) {
  if ((field == "region" || field == "region_constraint") && !job.region.empty()) {
    shown[field] = polygon(job.region);
    return;
  }
  const json::value* value = job.parameters.if_contains(canonical_name(field));
  if (!value)
    return;
  if (field == "sites" || field == "sites_disagg")
    shown[field] = multi_point(lon_lat_pairs(value->as_array()));
  else if (field == "maximum_distance")
    shown[field] = largest_distance(value->as_object());
  else
    shown[field] = *value;
}

json::object common_parameters(const Job& job) {
  std::string_view mode = to_string(job.mode);
  if (mode.ends_with("_risk"))
    mode.remove_suffix(std::string_view("_risk").size());
  json::object shown;
  const json::value* description = job.parameters.if_contains("description");
  const json::value* timeout = job.parameters.if_contains("no_progress_timeout");
  shown["description"] = description ? *description : json::value("");
  shown["no_progress_timeout"] = timeout ? *timeout : json::value(kNoProgressTimeout);
  shown["calculation_mode"] = mode;
  return shown;
}

} // namespace

json::object hazard_parameters(const Job& job) {
  json::object shown = common_parameters(job);
  for (const std::string_view field : kHazardFields)
    show(shown, job, field);
  if (!shown.contains("sites") && !job.sites.empty()) {
    json::array coordinates;
    for (const SitePoint& site : job.sites)
      coordinates.push_back(json::array{site.lon, site.lat});
    shown["sites"] = multi_point(std::move(coordinates));
  }
  return shown;
}

json::object risk_parameters(const Job& job) {
  json::object shown = common_parameters(job);
  const json::value* resolution = job.parameters.if_contains("loss_curve_resolution");
  shown["asset_correlation"] = job.asset_correlation;
  shown["insured_losses"] = job.insured_losses;
  shown["loss_curve_resolution"] = resolution ? *resolution : json::value(kLossCurveResolution);
  shown["maximum_distance"] = kRiskMaximumDistance;
  show(shown, job, "maximum_distance");
  for (const std::string_view field : kRiskFields)
    show(shown, job, field);
  return shown;
}

json::object oqparam(const Job& job) {
  json::object all;
  for (const OptionRule& rule : option_table()) {
    if (const json::value* given = job.parameters.if_contains(rule.name)) {
      all[rule.name] = *given;
    } else if (!rule.default_value.empty()) {
      auto fallback = parse_literal(rule.default_value);
      if (auto* value = std::get_if<json::value>(&fallback))
        all[rule.name] = std::move(*value);
    }
  }
  all["calculation_mode"] = to_string(job.mode);
  json::object inputs;
  for (const auto& [name, paths] : job.inputs) {
    json::array files;
    for (const auto& path : paths)
      files.emplace_back(path.lexically_relative(job.ini.parent_path()).string());
    inputs[name] = files.size() == 1 ? files.front() : json::value(std::move(files));
  }
  inputs["job_ini"] = job.ini.filename().string();
  all["inputs"] = std::move(inputs);
  json::object levels; // what clients read, whichever option gave it
  for (const auto& given : job.intensity_levels)
    levels[given.imt.name()] = json::array(given.levels.begin(), given.levels.end());
  if (!levels.empty())
    all["hazard_imtls"] = std::move(levels);
  return all;
}

} // namespace oq::engine
