// ClassicalModel: equal sources found, models made, requirements checked.
#include "engine/calculator/classical_model.hpp"

#include "engine/calculator/dependent_groups.hpp"
#include "engine/calculator/rate_variants.hpp"
#include "engine/calculator/rates_by_source.hpp"
#include "engine/gsim/horizontal_component.hpp"
#include "engine/gsim/site_parameters.hpp"
#include "engine/hazard/suppressed_imts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace oq::engine {

namespace {

double for_region(const std::map<std::string, double>& values, const std::string& region,
                  double otherwise) {
  auto entry = values.find(region);
  if (entry == values.end())
    entry = values.find("default");
  return entry == values.end() ? otherwise : entry->second;
}

Result<HazardSettings> settings_of(const Job& job, std::size_t sites) {
  if (job.intensity_levels.empty() || job.intensity_levels.front().levels.empty())
    return invalid_input("intensity_measure_types_and_levels is missing",
                         job.where("intensity_measure_types_and_levels"));
  if (!(job.investigation_time > 0))
    return invalid_input("investigation_time must be positive", job.where("investigation_time"));
  HazardSettings settings;
  settings.investigation_time = job.investigation_time;
  settings.minimum_distance = job.minimum_distance;
  settings.few_sites = sites <= static_cast<std::size_t>(job.max_sites_disagg);
  settings.normal = TruncatedNormal(job.truncation_level);
  for (const IntensityLevels& given : job.intensity_levels) {
    if (given.levels.size() != job.intensity_levels.front().levels.size())
      return invalid_input("all intensity measure types need the same number of levels",
                           job.where("intensity_measure_types_and_levels"));
    std::vector<double> levels = given.levels;
    if (given.imt.kind != ImtKind::mmi)
      for (double& level : levels)
        level = std::log(level);
    settings.imts.push_back(given.imt);
    settings.levels.emplace_back(levels);
  }
  return settings;
}

// A source and the paths it occurs in.
struct SharedSource {
  const Source* source = nullptr;
  std::vector<std::size_t> paths;
};

// Sources of one region in order of first appearance; a source that comes twice in one path counts
// twice.
std::vector<SharedSource> shared_sources(const FullLogicTree& tree, const std::string& region) {
  std::vector<SharedSource> result;
  std::multimap<std::string, std::size_t> by_id;
  for (std::size_t path = 0; path < tree.source_paths.size(); ++path)
    for (const SourceGroup& group : tree.source_paths[path].groups)
      for (const Source& source : group.sources) {
        if (source.tectonic_region != region || !group.dependence.independent())
          continue;
        const auto [begin, end] = by_id.equal_range(source.id);
        const auto twin = std::find_if(begin, end, [&](const auto& entry) {
          const SharedSource& known = result[entry.second];
          return known.paths.back() != path && (known.source == &source || *known.source == source);
        });
        if (twin != end) {
          result[twin->second].paths.push_back(path);
          continue;
        }
        by_id.emplace(source.id, result.size());
        result.push_back({&source, {path}});
      }
  return result;
}

Result<void> check_model(const Job& job, const GroundMotionModel& model,
                         const SiteCollection& sites, const std::string& where) {
  for (const IntensityLevels& levels : job.intensity_levels)
    if (!model.supports(levels.imt))
      return invalid_input(
        fmt::format("{} has no coefficients for {}", model.name(), levels.imt.name()), where);
  for (const SiteParameter& required : site_parameters()) {
    const std::vector<double>* values = sites.parameter(required.name);
    if ((model.needs() & required.need) && (!values || values->size() != sites.size()))
      return invalid_input(
        fmt::format("{} needs {}, which is not given", model.name(), required.option), where);
  }
  return {};
}

// The types that the branch weighs with 0, while it weighs others.
std::vector<Imt> suppressed_imts(const Job& job, const GsimBranch& branch) {
  std::vector<Imt> suppressed;
  for (const IntensityLevels& levels : job.intensity_levels)
    if (!branch.imt_weights.empty() && branch.weight_for(levels.imt) == 0)
      suppressed.push_back(levels.imt);
  return suppressed;
}

// Whether the point-like sources of a region with `reqv_hdf5` or `reqv_file` become points of one
// plane and depth. That, and not the distances of its table, is what the reference engine applies
// to them.
bool becomes_point(const Job& job, const Source& source) {
  return std::ranges::count(job.reqv_regions, source.tectonic_region) > 0
         && std::ranges::count(job.reqv_ignore_sources, source.id) == 0;
}

// Models and distances of one tectonic region, without sources.
Result<SourceSet> empty_set(const Job& job, const GsimBranchSet& branches,
                            const SiteCollection& sites) {
  SourceSet set;
  for (const GsimBranch& branch : branches.branches) {
    OQ_TRY(std::shared_ptr<const GroundMotionModel> model,
           make_ground_motion_model(branch.gsim, job.horiz_comp_to_geom_mean));
    model = with_suppressed_imts(std::move(model), suppressed_imts(job, branch));
    OQ_CHECK(check_model(job, *model, sites, branch.gsim.where));
    set.models.push_back(std::move(model));
  }
  OQ_TRY(set.maximum_distance, MaximumDistance::of(job, branches.tectonic_region));
  set.pointsource_distance = MaximumDistance::of_points(job, branches.tectonic_region);
  set.grid_spacing = job.ps_grid_spacing;
  return set;
}

bool is_point_like(const Source& source) {
  return std::holds_alternative<PointGeometry>(source.geometry)
         || std::holds_alternative<AreaGeometry>(source.geometry)
         || std::holds_alternative<MultiPointGeometry>(source.geometry);
}

// The element that a source of each geometry is written as.
std::string_view node_of(const Source& source) {
  constexpr std::string_view kNodes[] = {"pointSource",
                                         "areaSource",
                                         "multiPointSource",
                                         "simpleFaultSource",
                                         "complexFaultSource",
                                         "characteristicFaultSource",
                                         "nonParametricSeismicSource",
                                         "kiteFaultSource",
                                         "multiFaultSource"};
  return kNodes[source.geometry.index()];
}

// One point with the mean plane and depth.
void become_point(Source& source, PointSources& points) {
  source.scaling = ScalingRelation::point;
  const PointRuptures means(source, points, false);
  NodalPlane plane = means.mean_plane();
  plane.probability = 1;
  points.planes = {plane};
  points.depths = {{1.0, means.mean_depth()}};
}

Result<void> add_points(const Job& job, Source source, double least, SourceSet& set) {
  OQ_TRY(std::vector<PointSources> parts,
         point_sources(source, {job.width_of_mfd_bin.value_or(0.0),
                                job.area_source_discretization.value_or(0.0)}));
  // Only sources that are points by themselves, or were split into points, average ruptures.
  const bool averages = job.split_sources || std::holds_alternative<PointGeometry>(source.geometry);
  const bool equivalent = becomes_point(job, source);
  for (PointSources& points : parts) {
    std::erase_if(points.bins, [&](const MagnitudeRate& bin) {
      return bin.magnitude < least;
    });
    if (points.bins.empty())
      continue;
    if (equivalent)
      become_point(source, points);
    set.ids.push_back(source.id);
    set.sources.emplace_back(source, std::move(points), job.shift_hypo, averages);
  }
  return {};
}

Result<void> add_fault(const Job& job, const Source& source, double least, SourceSet& set) {
  FaultSettings settings;
  settings.rupture_mesh_spacing = job.rupture_mesh_spacing;
  settings.complex_fault_mesh_spacing =
    job.complex_fault_mesh_spacing.value_or(job.rupture_mesh_spacing);
  settings.width_of_mfd_bin = job.width_of_mfd_bin.value_or(0.0);
  settings.minimum_magnitude = least;
  settings.infer_rates_over = job.infer_occur_rates ? job.investigation_time : 0.0;
  OQ_TRY(FaultRuptures ruptures, FaultRuptures::make(source, settings));
  if (ruptures.ruptures().empty())
    return {};
  set.fault_ids.push_back(source.id);
  set.faults.push_back(std::move(ruptures));
  return {};
}

Result<void> add_source(const Job& job, const Source& source, SourceSet& set) {
  static_assert(std::variant_size_v<Geometry> == 9, "node_of has a name for each");
  if (!job.source_nodes.empty()
      && std::ranges::find(job.source_nodes, node_of(source)) == job.source_nodes.end())
    return {};
  const double least = for_region(job.minimum_magnitude, source.tectonic_region, 0.0);
  return is_point_like(source) ? add_points(job, source, least, set)
                               : add_fault(job, source, least, set);
}

// One rate group a source, and the combination of them.
Result<void> add_dependent(const Job& job, const DependentGroup& dependent, RateGroup empty,
                           ClassicalModel& model) {
  Combination combination{dependent.group->dependence, {}, {}};
  set_summation(combination.dependence, empty.set);
  for (const Source& source : dependent.group->sources) {
    RateGroup group = empty;
    group.source = job.disagg_by_src ? base_source_id(source.id) : "";
    group.set.dispersion = source.dispersion;
    OQ_CHECK(add_source(job, source, group.set));
    if (group.set.empty()) // below the minimum magnitude: nothing of it is ever exceeded
      continue;
    combination.groups.push_back(model.groups.size());
    combination.weights.push_back(source.mutex_weight);
    model.groups.push_back(std::move(group));
  }
  model.combinations.push_back(std::move(combination));
  return {};
}

// Those of combinations are never empty; their indices move, as do the origins.
void erase_empty_groups(ClassicalModel& model, std::vector<SourcesOfGroup>& origins) {
  std::vector<std::size_t> moved;
  std::size_t kept = 0;
  for (const RateGroup& group : model.groups)
    moved.push_back(group.set.empty() ? kept : kept++);
  for (Combination& combination : model.combinations)
    for (std::size_t& group : combination.groups)
      group = moved[group];
  for (std::size_t group = 0; group < origins.size(); ++group)
    if (!model.groups[group].set.empty() && moved[group] != group)
      origins[moved[group]] = std::move(origins[group]);
  std::erase_if(model.groups, [](const RateGroup& group) {
    return group.set.empty();
  });
}

} // namespace

Result<ClassicalModel> build_classical_model(const Job& job, const FullLogicTree& tree,
                                             SiteCollection sites) {
  ClassicalModel model;
  model.sites = std::move(sites);
  if (job.disagg_by_src && model.sites.size() > static_cast<std::size_t>(job.max_sites_disagg))
    return invalid_input(
      fmt::format("disagg_by_src is for at most max_sites_disagg = {} sites, not "
                  "{}",
                  job.max_sites_disagg, model.sites.size()),
      job.where("disagg_by_src"));
  OQ_TRY(model.settings, settings_of(job, model.sites.size()));
  std::vector<SourcesOfGroup> origins; // a group
  for (std::size_t region = 0; region < tree.gsims.size(); ++region) {
    OQ_TRY(const SourceSet empty, empty_set(job, tree.gsims[region], model.sites));
    std::map<std::tuple<std::vector<std::size_t>, std::string, double>, std::size_t> known;
    for (const SharedSource& shared : shared_sources(tree, tree.gsims[region].tectonic_region)) {
      const std::string source = job.disagg_by_src ? base_source_id(shared.source->id) : "";
      const double dispersion = shared.source->dispersion;
      const auto [entry, fresh] =
        known.emplace(std::tuple(shared.paths, source, dispersion), model.groups.size());
      if (fresh) {
        model.groups.push_back({region, shared.paths, source, empty, {}});
        model.groups.back().set.dispersion = dispersion;
        origins.emplace_back();
      }
      origins[entry->second].push_back(shared.source);
      OQ_CHECK(add_source(job, *shared.source, model.groups[entry->second].set));
    }
    for (const DependentGroup& dependent :
         dependent_groups(tree, tree.gsims[region].tectonic_region))
      OQ_CHECK(add_dependent(job, dependent, {region, dependent.paths, "", empty, {}}, model));
    origins.resize(model.groups.size());
  }
  erase_empty_groups(model, origins);
  if (job.ps_grid_spacing > 0)
    for (RateGroup& group : model.groups)
      if (group.set.is_plain())
        group.set.cells = point_cells(group.set.sources, job.ps_grid_spacing);
  share_probabilities(origins, model);
  return model;
}

} // namespace oq::engine
