// small_model: a classical calculation made in code.
#pragma once

#include "engine/calculator/classical_calculator.hpp"

namespace oq::engine::testing {

inline const std::string kRegion = "Active Shallow Crust";

inline SourceList list_of(const std::vector<Source>& sources) {
  SourceList list;
  for (const Source& source : sources)
    list.push_back(source);
  return list;
}

inline Source area_source(const std::string& id, double a_value) {
  Source source;
  source.id = id;
  source.tectonic_region = kRegion;
  source.geometry = AreaGeometry{{{9.5, 44.5}, {9.5, 45.5}, {10.5, 45.5}, {10.5, 44.5}}, 0};
  source.lower_seismogenic_depth = 15;
  source.mfd = TruncatedGutenbergRichter{a_value, 1.0, 5.0, 7.0};
  source.nodal_planes = {{0.5, 20, 70, 0}, {0.5, 110, 50, 90}};
  source.depths = {{1.0, 8}};
  return source;
}

inline Source fault_source(double a_value) {
  Source source;
  source.id = "fault";
  source.tectonic_region = kRegion;
  source.geometry = SimpleFaultGeometry{{{9.8, 44.6}, {10.0, 45.1}}, 60, 0, 12};
  source.mfd = TruncatedGutenbergRichter{a_value, 1.0, 5.5, 6.5};
  return source;
}

struct SmallModel {
  Job job;
  FullLogicTree tree;
  SiteCollection sites;

  Result<std::unique_ptr<Calculator>> calculator(const ClassicalMemory& memory = {}) const {
    return make_classical_calculator(job, tree, sites, {}, memory);
  }
};

// Two source paths that share one source, two ground-motion branches, 60 sites.
inline SmallModel small_model() {
  SmallModel model;
  Job& job = model.job;
  job.width_of_mfd_bin = 0.5;
  job.area_source_discretization = 15;
  job.investigation_time = 50;
  job.intensity_levels = {{Imt{}, {0.01, 0.05, 0.1, 0.2, 0.4}}};
  job.truncation_level = 3;
  job.maximum_distance["default"] = {{2.5, 200}, {10.2, 200}};
  job.poes = {0.1};
  job.hazard_maps = true;
  const Source shared = area_source("shared", 3.5), other = area_source("other", 3.0);
  model.tree.source_paths = {{"A", 0.6, {{"g", kRegion, list_of({shared})}}},
                             {"B", 0.4, {{"g", kRegion, list_of({shared, other})}}}};
  model.tree.gsims = {{kRegion,
                       {{"b1", {"BooreAtkinson2008", {}, {}, "gsim.xml:3"}, 0.5},
                        {"b2", {"AkkarBommer2010", {}, {}, "gsim.xml:9"}, 0.5}}}};
  model.tree.realizations = {{0, "A~A", 0.3, 0, {0}},
                             {1, "A~B", 0.3, 0, {1}},
                             {2, "B~A", 0.2, 1, {0}},
                             {3, "B~B", 0.2, 1, {1}}};
  for (int i = 0; i < 60; ++i) {
    model.sites.lon.push_back(9.0 + 0.03 * i);
    model.sites.lat.push_back(45.2);
    model.sites.depth.push_back(0);
    model.sites.vs30.push_back(600);
  }
  return model;
}

inline std::vector<double> values_of(const Datastore& datastore, const std::string& key) {
  const auto array = datastore.get(key);
  return array ? std::get<std::vector<double>>(array->values) : std::vector<double>();
}

} // namespace oq::engine::testing
