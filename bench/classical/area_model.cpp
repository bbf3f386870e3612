// area_model: one quadrilateral area source in the middle of a square of sites.
#include "area_model.hpp"

#include "engine/geo/build_sites.hpp"

#include <cmath>

namespace oq::bench {

namespace {

std::vector<double> logarithmic_levels(double first, double last, int count) {
  std::vector<double> levels;
  for (int i = 0; i < count; ++i)
    levels.push_back(first * std::exp(std::log(last / first) * i / (count - 1)));
  return levels;
}

engine::Source area_source() {
  engine::Source source;
  source.id = "area";
  source.name = "area";
  source.tectonic_region = "Active Shallow Crust";
  source.geometry = engine::AreaGeometry{{{9.6, 44.7}, {9.9, 45.1}, {10.5, 45.3}, {10.6, 44.4}}, 0};
  source.lower_seismogenic_depth = 12;
  source.mfd = engine::TruncatedGutenbergRichter{4.3, 1.0, 5.0, 6.5};
  source.nodal_planes = {{1.0, 20.0, 80.0, 0.0}};
  source.depths = {{1.0, 6.0}};
  return source;
}

} // namespace

Result<AreaModel> make_area_model() {
  AreaModel model;
  engine::Job& job = model.job;
  job.ini = "area_model";
  job.region = {{8.7, 43.9}, {8.7, 46.0}, {11.4, 46.0}, {11.4, 43.9}};
  job.region_grid_spacing = 10;
  job.reference_vs30_value = 600;
  job.reference_vs30_measured = true;
  job.width_of_mfd_bin = 0.2;
  job.area_source_discretization = 11;
  job.investigation_time = 50;
  for (const char* name :
       {"PGA", "SA(0.025)", "SA(0.05)", "SA(0.1)", "SA(0.2)", "SA(0.5)", "SA(1.0)", "SA(2.0)"}) {
    OQ_TRY(const engine::Imt imt, engine::Imt::parse(name));
    job.intensity_levels.push_back({imt, logarithmic_levels(0.005, 2.13, 45)});
  }
  job.truncation_level = 3;
  job.maximum_distance["default"] = {{2.5, 200.0}, {10.2, 200.0}};
  job.poes = {0.1, 0.02};
  job.hazard_maps = true;
  job.uniform_hazard_spectra = true;

  const engine::Source source = area_source();
  engine::SourceGroup group{"group", source.tectonic_region, {}};
  group.sources.push_back(source);
  model.tree.source_paths.push_back({.path = "A", .groups = {std::move(group)}});
  model.tree.gsims.push_back(
    {source.tectonic_region, {{"b1", {"BooreAtkinson2008", {}, {}, "area_model"}, 1.0}}});
  model.tree.realizations.push_back({0, "A~A", 1.0, 0, {0}});
  OQ_TRY(model.sites, engine::build_sites(job));
  return model;
}

} // namespace oq::bench
