// Which parameter fills which field.
#include "engine/job/assign.hpp"

#include "engine/job/option_value.hpp"
#include "engine/job/own_hazard.hpp"
#include "engine/nrml/number.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace oq::engine {
namespace json = boost::json;
namespace {

// A distance without magnitudes holds for the magnitudes of this range (engine notes 2.9).
constexpr double kLowestMagnitude = 2.5;
constexpr double kHighestMagnitude = 10.2;
// pointsource_distance when only ps_grid_spacing is given, km (engine notes 2.5).
constexpr double kGriddedPointsourceDistance = 40;
constexpr double kWithoutLimit = 1e9; // km

class Assigner {
public:
  explicit Assigner(Job& job) : job_(job) {}

  const json::value* find(std::string_view name) const { return job_.parameters.if_contains(name); }

  void to(double& field, std::string_view name) const {
    if (const auto* value = find(name))
      field = value->as_double();
  }
  void to(std::optional<double>& field, std::string_view name) const {
    if (const auto* value = find(name))
      field = value->as_double();
  }
  void to(bool& field, std::string_view name) const {
    if (const auto* value = find(name))
      field = value->as_bool();
  }
  void to(std::optional<bool>& field, std::string_view name) const {
    if (const auto* value = find(name))
      field = value->as_bool();
  }
  void to(std::int64_t& field, std::string_view name) const {
    if (const auto* value = find(name))
      field = value->as_int64();
  }
  void to(std::string& field, std::string_view name) const {
    if (const auto* value = find(name))
      field = value->as_string();
  }
  void to(std::vector<double>& field, std::string_view name) const {
    if (const auto* value = find(name))
      for (const auto& item : value->as_array())
        field.push_back(item.as_double());
  }
  void to(std::vector<std::string>& field, std::string_view name) const {
    if (const auto* value = find(name))
      for (const auto& item : value->as_array())
        field.emplace_back(item.as_string());
  }
  // Replaces the defaults only for the keys that are given.
  Result<void> to(std::map<std::string, double>& field, std::string_view name) const {
    const auto* value = find(name);
    if (!value)
      return {};
    for (const auto& [key, item] : value->as_object()) {
      if (!item.is_double())
        return error(name, "pairs of magnitude and distance are not supported yet");
      field[key] = item.as_double();
    }
    return {};
  }
  Error error(std::string_view name, std::string message) const {
    return invalid_input(job_.option(name)->name + ": " + std::move(message), job_.where(name));
  }

private:
  Job& job_;
};

Result<void> assign_tile(Job& job, const Assigner& assign) {
  const auto* given = assign.find("tile_spec");
  const auto* parts = given ? given->if_array() : nullptr;
  if (!given || (parts && parts->empty()))
    return {};
  const auto whole = [&](std::size_t i) {
    return parts && parts->size() == 2 && (*parts)[i].is_int64() ? (*parts)[i].get_int64() : 0;
  };
  if (whole(0) < 1 || whole(0) > whole(1))
    return assign.error("tile_spec", "must be [part, parts] with 1 <= part <= parts");
  job.tile_spec.emplace(whole(0), whole(1));
  return {};
}

Result<void> assign_sites(Job& job, const Assigner& assign) {
  if (const auto* points = assign.find("sites"))
    for (const auto& point : points->as_array())
      job.sites.push_back(
        {point.at(0).as_double(), point.at(1).as_double(), point.at(2).as_double()});
  if (const auto file = job.inputs.find("sites"); file != job.inputs.end() && job.sites.empty()) {
    OQ_TRY(job.sites, read_sites_csv(file->second.front()));
  }
  if (const auto* ring = assign.find("region"))
    for (const auto& point : ring->as_array())
      job.region.push_back({point.at(0).as_double(), point.at(1).as_double()});
  if (job.region.size() > 1 && job.region.front() == job.region.back())
    job.region.pop_back();

  assign.to(job.region_grid_spacing, "region_grid_spacing");
  assign.to(job.reference_vs30_value, "reference_vs30_value");
  assign.to(job.reference_depth_to_1pt0km_per_sec, "reference_depth_to_1pt0km_per_sec");
  assign.to(job.reference_depth_to_2pt5km_per_sec, "reference_depth_to_2pt5km_per_sec");
  assign.to(job.reference_backarc, "reference_backarc");
  assign.to(job.override_vs30, "override_vs30");
  OQ_CHECK(assign_tile(job, assign));
  std::string vs30_type = "inferred";
  assign.to(vs30_type, "reference_vs30_type");
  if (vs30_type != "measured" && vs30_type != "inferred")
    return assign.error("reference_vs30_type",
                        in_quotes(vs30_type) + " is neither 'measured' nor 'inferred'");
  job.reference_vs30_measured = vs30_type == "measured";
  return {};
}

Result<IntensityLevels> make_levels(const std::string& name, const json::value& given) {
  auto imt = Imt::parse(name);
  if (!imt)
    return invalid_input(imt.error().message);
  IntensityLevels intensity{*imt, {}};
  const json::array* levels = given.if_array();
  if (!levels || levels->empty())
    return invalid_input(name + " needs a list of levels");
  for (const json::value& level : *levels) {
    if (!level.is_number())
      return invalid_input("a level of " + name + " is not a number");
    const double value = level.to_number<double>();
    if (value <= 0)
      return invalid_input("a level of " + name + " is not above 0");
    if (!intensity.levels.empty() && value <= intensity.levels.back())
      return invalid_input("the levels of " + name + " do not ascend");
    intensity.levels.push_back(value);
  }
  return intensity;
}

Result<void> assign_intensities(Job& job, const Assigner& assign) {
  constexpr std::string_view kOption = "intensity_measure_types_and_levels";
  if (const auto* by_imt = assign.find(kOption)) {
    if (by_imt->as_object().empty())
      return assign.error(kOption, "no intensity measure type is given");
    for (const auto& [name, given] : by_imt->as_object()) {
      auto levels = make_levels(name, given);
      if (!levels)
        return assign.error(kOption, levels.error().message);
      job.intensity_levels.push_back(*std::move(levels));
    }
  } else if (const auto* names = assign.find("intensity_measure_types")) {
    for (const auto& name : names->as_array()) {
      const auto imt = Imt::parse(std::string_view(name.as_string()));
      if (!imt)
        return assign.error("intensity_measure_types", imt.error().message);
      job.intensity_levels.push_back({*imt, {}});
    }
  }
  auto& all = job.intensity_levels;
  // By period, and as given where periods are equal: PGV before PGA stays so.
  std::ranges::stable_sort(all, {}, [](const auto& levels) {
    return levels.imt.period;
  });
  const auto twin = std::ranges::find_if(all, [&](const auto& levels) {
    return std::ranges::count(all, levels.imt, &IntensityLevels::imt) > 1;
  });
  if (twin != all.end())
    return assign.error(assign.find(kOption) ? kOption : "intensity_measure_types",
                        twin->imt.name() + " is given twice");
  return {};
}

using Distances = std::map<std::string, std::vector<std::pair<double, double>>>;

// A number stands for `magnitudes` with that distance each.
void assign_distances(Distances& field, const Assigner& assign, std::string_view name,
                      std::initializer_list<double> magnitudes) {
  const auto* by_region = assign.find(name);
  if (!by_region)
    return;
  for (const auto& [region, given] : by_region->as_object()) {
    auto& pairs = field[region];
    pairs.clear();
    if (given.is_double()) {
      for (const double magnitude : magnitudes)
        pairs.emplace_back(magnitude, given.as_double());
      continue;
    }
    for (const auto& pair : given.as_array())
      pairs.emplace_back(pair.at(0).to_number<double>(), pair.at(1).to_number<double>());
  }
}

// Every rupture of every source as it is, as far as the farthest distance given.
void switch_off_approximations(Job& job) {
  job.pointsource_distance = {{"default", {{0.0, kWithoutLimit}}}};
  job.ps_grid_spacing = 0;
  job.minimum_distance = 0;
  job.minimum_magnitude = {{"default", 0.0}};
  for (auto& [region, pairs] : job.maximum_distance) {
    double farthest = 0;
    for (const auto& [magnitude, distance] : pairs)
      farthest = std::max(farthest, distance);
    pairs = {{0.0, farthest}, {kHighestMagnitude, farthest}};
  }
}

void assign_equivalent_distances(Job& job, const Assigner& assign) {
  assign.to(job.reqv_ignore_sources, "reqv_ignore_sources");
  for (const char* option : {"reqv_hdf5", "reqv_file"}) {
    const auto* given = assign.find(option);
    if (const auto* by_region = given ? given->if_object() : nullptr)
      for (const auto& [region, file] : *by_region)
        job.reqv_regions.emplace_back(region);
  }
}

Result<void> assign_hazard(Job& job, const Assigner& assign) {
  assign.to(job.rupture_mesh_spacing, "rupture_mesh_spacing");
  assign.to(job.complex_fault_mesh_spacing, "complex_fault_mesh_spacing");
  assign.to(job.area_source_discretization, "area_source_discretization");
  assign.to(job.width_of_mfd_bin, "width_of_mfd_bin");
  assign.to(job.investigation_time, "investigation_time");
  assign.to(job.truncation_level, "truncation_level");
  assign.to(job.minimum_distance, "minimum_distance");
  assign.to(job.ps_grid_spacing, "ps_grid_spacing");
  if (job.ps_grid_spacing > 0)
    job.pointsource_distance = {{"default", {{0.0, kGriddedPointsourceDistance}}}};
  assign_distances(job.pointsource_distance, assign, "pointsource_distance", {0.0});
  OQ_CHECK(assign.to(job.minimum_magnitude, "minimum_magnitude"));
  assign.to(job.random_seed, "random_seed");
  assign.to(job.number_of_logic_tree_samples, "number_of_logic_tree_samples");
  assign.to(job.sampling_method, "sampling_method");
  assign.to(job.gsim, "gsim");
  assign.to(job.source_ids, "source_id");
  assign.to(job.shift_hypo, "shift_hypo");
  assign.to(job.split_sources, "split_sources");
  assign.to(job.horiz_comp_to_geom_mean, "horiz_comp_to_geom_mean");
  assign_equivalent_distances(job, assign);
  assign.to(job.source_nodes, "source_nodes");
  assign.to(job.infer_occur_rates, "infer_occur_rates");
  assign.to(job.use_rates, "use_rates");
  assign.to(job.disagg_by_src, "disagg_by_src");
  assign.to(job.amplification_method, "amplification_method");
  assign.to(job.soil_intensities, "soil_intensities");
  assign.to(job.vs30_tolerance, "vs30_tolerance");
  assign.to(job.max_sites_disagg, "max_sites_disagg");
  std::string discarded;
  assign.to(discarded, "discard_trts");
  // Names of tectonic regions contain blanks: only commas separate them.
  for (std::string_view rest = discarded; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    if (const auto region = trimmed(rest.substr(0, comma)); !region.empty())
      job.discard_tectonic_regions.emplace_back(region);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  assign_distances(job.maximum_distance, assign, "maximum_distance",
                   {kLowestMagnitude, kHighestMagnitude});
  assign.to(job.approximations, "approximations");
  if (!job.approximations)
    switch_off_approximations(job);
  return assign_intensities(job, assign);
}

void assign_products(Job& job, const Assigner& assign) {
  assign.to(job.mean, "mean");
  assign.to(job.std_dev, "std");
  assign.to(job.max, "max");
  assign.to(job.individual_rlzs, "individual_rlzs");
  assign.to(job.quantiles, "quantiles");
  assign.to(job.poes, "poes");
  assign.to(job.hazard_maps, "hazard_maps");
  assign.to(job.uniform_hazard_spectra, "uniform_hazard_spectra");
}

Result<void> assign_risk(Job& job, const Assigner& assign) {
  std::int64_t steps = 0, resolution = job.loss_curve_resolution;
  assign.to(steps, "lrem_steps_per_interval");
  assign.to(resolution, "loss_curve_resolution");
  if (steps > 1000)
    return assign.error("lrem_steps_per_interval", "must not be above 1000");
  if (resolution > 100'000)
    return assign.error("loss_curve_resolution", "must not be above 100000");
  job.lrem_steps_per_interval = static_cast<int>(steps);
  job.loss_curve_resolution = static_cast<int>(resolution);
  assign.to(job.conditional_loss_poes, "conditional_loss_poes");
  assign.to(job.quantile_loss_curves, "quantile_loss_curves");
  assign.to(job.asset_correlation, "asset_correlation");
  assign.to(job.insured_losses, "insured_losses");
  assign.to(job.risk_investigation_time, "risk_investigation_time");
  // In the founding service a risk file's maximum_distance is the farthest hazard site of an asset.
  if (is_risk(job.mode) && !has_own_hazard(job))
    for (const auto& [key, pairs] : job.maximum_distance)
      job.asset_hazard_distance[key] = pairs.back().second;
  return assign.to(job.asset_hazard_distance, "asset_hazard_distance");
}

} // namespace

Result<void> assign_parameters(Job& job) {
  const Assigner assign(job);
  assign.to(job.description, "description");
  if (const auto* id = assign.find("hazard_calculation_id"))
    job.hazard_calculation_id = id->as_int64();
  OQ_CHECK(assign_sites(job, assign));
  OQ_CHECK(assign_hazard(job, assign));
  assign_products(job, assign);
  return assign_risk(job, assign);
}

} // namespace oq::engine
