// Events as the reference engine numbers them: engine notes 3.2.
#include "engine/gmf/scenario_model.hpp"

#include "engine/gsim/horizontal_component.hpp"
#include "engine/gsim/model_text.hpp"
#include "engine/logictree/branch_letter.hpp"
#include "engine/logictree/gsim_branches.hpp"
#include "engine/nrml/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace oq::engine {
namespace {

constexpr std::size_t kMostEvents = 10'000'000;
constexpr double kLeastTruncation = 1e-9; // standard deviations: residuals of medians, as shown
constexpr std::size_t kMostRealizations = 15'000;

double number_option(const Job& job, const char* name, double otherwise) {
  const auto* value = job.parameters.if_contains(name);
  return value != nullptr && value->is_number() ? value->to_number<double>() : otherwise;
}

std::string text_option(const Job& job, const char* name) {
  const auto* value = job.parameters.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

// A value an IMT from an option such as minimum_intensity = 0.1 or {"PGA": 0.1, "default": 0.2}.
std::vector<double> by_imt(const Job& job, const char* name, const std::vector<Imt>& imts,
                           double otherwise) {
  std::vector<double> values(imts.size(), otherwise);
  const auto* given = job.parameters.if_contains(name);
  if (given == nullptr)
    return values;
  if (given->is_number())
    std::ranges::fill(values, given->to_number<double>());
  if (const auto* table = given->if_object())
    for (std::size_t i = 0; i < imts.size(); ++i)
      for (const auto& key : {std::string("default"), imts[i].name()})
        if (const auto* value = table->if_contains(key); value != nullptr && value->is_number())
          values[i] = value->to_number<double>();
  return values;
}

// What a realization of a single model is called.
std::string path_text(const Job& job, const GsimBranch& branch) {
  if (const auto* option = job.option("gsim"); option != nullptr && !option->value.empty()) {
    std::string text;
    for (std::size_t at = 0; at < option->value.size();) {
      const auto end = std::min(option->value.find('\n', at), option->value.size());
      const auto line = trimmed(std::string_view(option->value).substr(at, end - at));
      if (!line.empty())
        text.append(text.empty() ? "" : "\n").append(line);
      at = end + 1;
    }
    if (text.starts_with('['))
      return text;
  }
  return model_text(branch.gsim);
}

Result<void> add_realizations(const Job& job, FullLogicTree& tree) {
  std::vector<Realization> paths(1);
  for (const auto& set : tree.gsims) {
    std::vector<Realization> longer;
    for (const auto& path : paths)
      for (std::size_t i = 0; i < set.branches.size(); ++i) {
        auto& next = longer.emplace_back(path);
        next.path += branch_letter(i);
        next.weight *= set.branches[i].weight;
        next.gsim_branches.push_back(i);
      }
    paths = std::move(longer);
    if (paths.size() > kMostRealizations)
      return invalid_input(
        fmt::format("the ground-motion tree has more than {} paths", kMostRealizations),
        job.where("gsim_logic_tree_file"));
  }
  const bool single = tree.gsims.size() == 1;
  for (auto& path : paths) {
    path.ordinal = tree.realizations.size();
    path.path =
      single ? path_text(job, tree.gsims[0].branches[path.gsim_branches[0]]) : "A~" + path.path;
    tree.realizations.push_back(path);
  }
  tree.source_paths = {{"A", 1, {}}};
  return {};
}

Result<void> read_tree(const Job& job, ScenarioModel& model) {
  std::set<std::string> regions;
  for (const auto& rupture : model.ruptures)
    regions.insert(rupture.tectonic_region);
  auto sets = read_gsim_branches(job, regions);
  if (!sets) { // a tree of one set serves ruptures of any region
    auto only = read_gsim_branches(job, {"*"});
    if (!only)
      return sets.error();
    sets = std::move(only);
    for (auto& rupture : model.ruptures)
      rupture.tectonic_region = "*";
  }
  model.tree.gsims = *std::move(sets);
  for (const auto& set : model.tree.gsims) {
    auto& models = model.models.emplace_back();
    for (const auto& branch : set.branches) {
      OQ_TRY(auto gsim, make_ground_motion_model(branch.gsim, job.horiz_comp_to_geom_mean));
      models.push_back(std::move(gsim));
      for (const Imt& imt : model.motion.imts)
        if (!models.back()->supports(imt))
          return invalid_input(branch.gsim.name + " has no " + imt.name(), branch.gsim.where);
    }
    OQ_TRY(auto distance, MaximumDistance::of(job, set.tectonic_region));
    model.distances.push_back(std::move(distance));
  }
  return add_realizations(job, model.tree);
}

const bool* clustering_option(const Job& job) {
  const auto* given = job.parameters.if_contains("ground_motion_correlation_params");
  const auto* params = given == nullptr ? nullptr : given->if_object();
  const auto* clustering = params == nullptr ? nullptr : params->if_contains("vs30_clustering");
  return clustering == nullptr ? nullptr : clustering->if_bool();
}

Result<void> set_conditioning(const Job& job, ScenarioModel& model) {
  const auto* clustering = clustering_option(job);
  model.conditioning.vs30_clustering = clustering == nullptr || *clustering;
  model.conditioning.truncation_level = model.fields.truncation_level;
  model.conditioning.station_distance = number_option(job, "maximum_distance_stations", 0);
  for (const auto& set : model.models)
    for (const auto& gsim : set)
      for (const Imt& imt : model.stations.imts)
        if (!gsim->supports(imt))
          return invalid_input(gsim->name() + " has no " + imt.name() + ", which stations recorded",
                               job.where("station_data_file"));
  return {};
}

Result<void> set_correlations(const Job& job, ScenarioModel& model) {
  OQ_TRY(model.fields.across,
         CrossCorrelation::make(text_option(job, "cross_correlation"), model.fields.imts,
                                std::max(model.fields.truncation_level, kLeastTruncation)));
  const auto name = text_option(job, "ground_motion_correlation_model");
  if (name.empty())
    return {};
  const auto* clustering = clustering_option(job);
  if (name == "JB2009")
    model.fields.within = jayaram_baker_2009(model.sites, clustering != nullptr && *clustering);
  else if (name == "HM2018")
    model.fields.within = heresi_miranda_2018(model.sites);
  else
    return invalid_input("ground_motion_correlation_model " + in_quotes(name)
                           + " is neither JB2009 nor HM2018",
                         job.where("ground_motion_correlation_model"));
  return {};
}

// Realizations in the order of the text of their model for the tectonic region of a part.
std::vector<std::int32_t> realizations_by_model(const ScenarioModel& model, std::size_t gsim_set) {
  std::vector<std::pair<std::string, std::int32_t>> named;
  for (const auto& realization : model.tree.realizations)
    named.emplace_back(
      model_text(model.tree.gsims[gsim_set].branches[realization.gsim_branches[gsim_set]].gsim),
      static_cast<std::int32_t>(realization.ordinal));
  std::ranges::sort(named);
  std::vector<std::int32_t> ordered;
  for (const auto& [text, ordinal] : named)
    ordered.push_back(ordinal);
  return ordered;
}

// `count` fields a realization.
void add_part(ScenarioModel& model, std::size_t rupture, std::uint64_t seed, std::size_t count) {
  ScenarioPart part;
  part.rupture = rupture;
  part.seed = seed;
  for (std::size_t i = 0; i < model.tree.gsims.size(); ++i)
    if (model.tree.gsims[i].tectonic_region == model.ruptures[rupture].tectonic_region)
      part.gsim_set = i;
  part.first_event = model.event_count();
  for (const std::int32_t ordinal : realizations_by_model(model, part.gsim_set))
    part.realizations.insert(part.realizations.end(), count, ordinal);
  model.parts.push_back(std::move(part));
}

Result<void> add_events(const Job& job, ScenarioModel& model) {
  const double given = number_option(job, "number_of_ground_motion_fields", 0);
  if (!(given >= 1))
    return invalid_input("number_of_ground_motion_fields is missing: fields a realization",
                         job.ini.filename().string());
  const auto fields = static_cast<std::size_t>(given);
  if (given * static_cast<double>(model.tree.realizations.size() * model.ruptures.size())
      > static_cast<double>(kMostEvents))
    return invalid_input("more than 10,000,000 fields",
                         job.where("number_of_ground_motion_fields"));
  const auto ses_seed = static_cast<std::uint64_t>(number_option(job, "ses_seed", 42));
  const bool single = model.ruptures.size() == 1 && !model.ruptures.front().seed;
  const std::size_t sites =
    model.sites_of_assets.empty() ? model.sites.size() : model.sites_of_assets.size();
  if (single && sites > static_cast<std::size_t>(job.max_sites_disagg)) {
    for (std::size_t i = 0; i < fields; ++i)
      add_part(model, 0, ses_seed + i, 1);
    return {};
  }
  for (std::size_t i = 0; i < model.ruptures.size(); ++i)
    add_part(model, i, model.ruptures[i].seed.value_or(ses_seed + i), fields);
  return {};
}

} // namespace

Result<ScenarioModel> make_scenario_model(const Job& job, const SitesOfModels& sites_of,
                                          std::vector<Imt> imts, std::vector<double> minimum) {
  ScenarioModel model;
  if (const auto* wanted = job.parameters.if_contains("ground_motion_fields");
      wanted != nullptr && wanted->is_bool())
    model.exports_fields = wanted->get_bool();
  model.computes_fields = model.exports_fields || job.mode != CalculationMode::scenario;
  OQ_TRY(model.ruptures, read_scenario_ruptures(job));
  model.motion = {imts, job.rupture_mesh_spacing, job.minimum_distance};
  model.fields.truncation_level = job.truncation_level;
  model.fields.minimum = by_imt(job, "minimum_intensity", imts, 0);
  for (std::size_t i = 0; i < imts.size(); ++i)
    if (!job.parameters.if_contains("minimum_intensity"))
      model.fields.minimum[i] = minimum[i];
  model.fields.extreme = by_imt(job, "extreme_gmv", imts, std::numeric_limits<double>::infinity());
  model.fields.imts = std::move(imts);
  OQ_CHECK(read_tree(job, model));
  OQ_TRY(auto sites, sites_of(model.tree));
  model.sites = std::move(sites.sites);
  model.sites_of_assets = std::move(sites.of_assets);
  model.stations = std::move(sites.stations);
  if (model.stations.size() > 0)
    OQ_CHECK(set_conditioning(job, model));
  OQ_TRY(model.perils, make_secondary_perils(job, model.sites, model.fields.imts));
  for (const auto& peril : model.perils)
    for (auto& column : peril->site_columns())
      model.sites.columns.push_back(std::move(column));
  OQ_CHECK(set_correlations(job, model));
  OQ_CHECK(add_events(job, model));
  return model;
}

} // namespace oq::engine
