// Checks across options, per calculation mode.
#include "engine/job/checks.hpp"

#include "engine/nrml/number.hpp"
#include "engine/nrml/polygon.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oq::engine {
namespace {

bool has_input(const Job& job, std::string_view name) {
  return job.inputs.contains(std::string(name));
}

Error at(const Job& job, std::string_view option, std::string message) {
  const RawOption* given = job.option(option);
  return invalid_input((given ? given->name : std::string(option)) + ": " + std::move(message),
                       job.where(option));
}

Error missing(const Job& job, std::string_view option, std::string_view why) {
  return invalid_input(std::string(option) + " is missing: " + std::string(why),
                       job.ini.filename().string());
}

Result<void> check_sites(const Job& job) {
  if (!job.region.empty())
    if (const auto valid = check_polygon(job.region); !valid)
      return at(job, "region", valid.error().message);
  // As the site collection rounds them: 5 decimals (engine notes 2.2).
  const auto rounded = [](const SitePoint& site) {
    return SitePoint{std::nearbyint(site.lon * 1e5), std::nearbyint(site.lat * 1e5), site.depth};
  };
  const auto before = [](const SitePoint& a, const SitePoint& b) {
    return std::tie(a.lon, a.lat, a.depth) < std::tie(b.lon, b.lat, b.depth);
  };
  std::vector<SitePoint> sorted;
  std::ranges::transform(job.sites, std::back_inserter(sorted), rounded);
  std::ranges::sort(sorted, before);
  const auto twin = std::ranges::adjacent_find(sorted, [&](const auto& a, const auto& b) {
    return !before(a, b) && !before(b, a);
  });
  if (twin == sorted.end())
    return {};
  const std::string point = std::to_string(twin->lon / 1e5) + " " + std::to_string(twin->lat / 1e5);
  return at(job, job.option("sites") ? "sites" : "sites_csv",
            "the site " + point + " is given twice");
}

Result<void> check_numbers(const Job& job) {
  if (job.random_seed < std::numeric_limits<std::int32_t>::min()
      || job.random_seed > std::numeric_limits<std::int32_t>::max())
    return at(job, "random_seed", "does not fit into 32 bits");
  constexpr std::string_view kSamplings[] = {"early_weights", "late_weights", "early_latin",
                                             "late_latin"};
  if (std::ranges::find(kSamplings, job.sampling_method) == std::end(kSamplings))
    return at(job, "sampling_method",
              in_quotes(job.sampling_method)
                + " is not one of early_weights, late_weights, early_latin, late_latin");
  const auto& all = job.intensity_levels;
  const auto other = std::ranges::find_if(all, [&](const auto& imt) {
    return imt.levels.size() != all.front().levels.size();
  });
  if (other != all.end())
    return at(job, "intensity_measure_types_and_levels",
              other->imt.name() + " has " + std::to_string(other->levels.size()) + " levels, "
                + all.front().imt.name() + " has " + std::to_string(all.front().levels.size()));
  return {};
}

Result<void> check_products(const Job& job) {
  const bool spectral = std::ranges::any_of(job.intensity_levels, [](const auto& intensity) {
    return intensity.imt.is_sa() || intensity.imt.kind == ImtKind::pga;
  });
  if (job.hazard_maps && job.poes.empty())
    return at(job, "hazard_maps", "hazard maps need poes");
  if (job.uniform_hazard_spectra && job.poes.empty())
    return at(job, "uniform_hazard_spectra", "uniform hazard spectra need poes");
  if (job.uniform_hazard_spectra && !job.intensity_levels.empty() && !spectral)
    return at(job, "uniform_hazard_spectra", "uniform hazard spectra need PGA or SA");
  if (job.option("poes_disagg") && !job.poes.empty()
      && job.mode == CalculationMode::disaggregation) {
    std::vector<double> disagg;
    for (const auto& poe : job.parameters.at("poes_disagg").as_array())
      disagg.push_back(poe.as_double());
    if (disagg != job.poes)
      return at(job, "poes_disagg", "differs from poes");
  }
  return {};
}

// A model to compute the hazard from.
Result<void> check_model(const Job& job) {
  if (!has_input(job, "source_model_logic_tree") && !has_input(job, "source_model"))
    return missing(job, "source_model_logic_tree_file", "the hazard is computed from it");
  if (has_input(job, "gsim_logic_tree") && !job.gsim.empty() && job.gsim != "[FromFile]")
    return at(job, "gsim", "cannot stand beside gsim_logic_tree_file");
  if (!has_input(job, "gsim_logic_tree") && job.gsim.empty())
    return missing(job, "gsim_logic_tree_file", "the hazard is computed from it");
  if (job.maximum_distance.empty())
    return missing(job, "maximum_distance", "sources farther than it (km) are left out");
  return {};
}

Result<void> check_classical_hazard(const Job& job) {
  if (has_input(job, "hazard_curves"))
    return {};
  OQ_CHECK(check_model(job));
  if (job.investigation_time <= 0)
    return missing(job, "investigation_time", "probabilities are of this time (years)");
  const bool by_vulnerability = has_input(job, "exposure");
  if (job.intensity_levels.empty() && !by_vulnerability)
    return missing(job, "intensity_measure_types_and_levels", "curves are computed at them");
  if (!job.intensity_levels.empty() && job.intensity_levels.front().levels.empty())
    return at(job, "intensity_measure_types",
              "a classical calculation needs intensity_measure_types_and_levels");
  const bool grid = !job.region.empty() && job.region_grid_spacing;
  if (job.sites.empty() && !grid && !has_input(job, "site_model") && !has_input(job, "exposure"))
    return job.region.empty()
             ? missing(job, "sites", "give sites, sites_csv, or region with region_grid_spacing")
             : missing(job, "region_grid_spacing", "a region needs a spacing (km)");
  return {};
}

// A rupture with all that fields need, or fields.
Result<void> check_scenario_hazard(const Job& job) {
  if (has_input(job, "gmfs"))
    return {};
  const bool has_rupture = has_input(job, "rupture_model") || job.option("rupture_dict");
  // Without a rupture a hazard job may still check an exposure and store its sites and assets.
  const bool only_assets = job.mode == CalculationMode::scenario && has_input(job, "exposure");
  if (!has_rupture)
    return only_assets ? Result<void>{}
                       : missing(job, "rupture_model_file", "fields are computed of a rupture");
  if (has_input(job, "gsim_logic_tree") && !job.gsim.empty() && job.gsim != "[FromFile]")
    return at(job, "gsim", "cannot stand beside gsim_logic_tree_file");
  if (!has_input(job, "gsim_logic_tree") && job.gsim.empty())
    return missing(job, "gsim_logic_tree_file", "the fields are computed from it");
  if (job.maximum_distance.empty())
    return missing(job, "maximum_distance", "sites farther than it (km) are left out");
  return {};
}

// `given`: by the hazard calculation that this one starts from.
Result<void> check_risk(const Job& job, bool given) {
  if (given)
    return {};
  if (!has_input(job, "exposure"))
    return missing(job, "exposure_file", "a risk calculation needs assets");
  const auto is_vulnerability = [](const auto& input) {
    return input.first.ends_with("vulnerability");
  };
  if (job.mode == CalculationMode::classical_risk
      && std::ranges::none_of(job.inputs, is_vulnerability))
    return missing(job, "structural_vulnerability_file",
                   "classical_risk needs a vulnerability model");
  return {};
}

} // namespace

Result<void> check_job(const Job& job, bool has_hazard) {
  OQ_CHECK(check_sites(job));
  OQ_CHECK(check_numbers(job));
  OQ_CHECK(check_products(job));
  const bool given = has_hazard || job.hazard_calculation_id;
  switch (job.mode) {
  case CalculationMode::classical:
    return given ? Result<void>{} : check_classical_hazard(job);
  case CalculationMode::preclassical:
    return given ? Result<void>{} : check_model(job);
  case CalculationMode::classical_risk:
  case CalculationMode::classical_damage:
  case CalculationMode::classical_bcr:
    OQ_CHECK(check_risk(job, given));
    return given ? Result<void>{} : check_classical_hazard(job);
  case CalculationMode::scenario:
    return given ? Result<void>{} : check_scenario_hazard(job);
  case CalculationMode::scenario_risk:
  case CalculationMode::scenario_damage:
    OQ_CHECK(check_risk(job, given));
    return given ? Result<void>{} : check_scenario_hazard(job);
  // Modes without a calculator get their own checks with it.
  case CalculationMode::disaggregation:
  case CalculationMode::event_based:
  case CalculationMode::aftershock:
  case CalculationMode::event_based_risk:
  case CalculationMode::event_based_damage:
  case CalculationMode::event_based_bcr:
  case CalculationMode::ebrisk:
  case CalculationMode::multi_risk:
  case CalculationMode::post_risk:
  case CalculationMode::custom:
    return {};
  }
  return {};
}

} // namespace oq::engine
