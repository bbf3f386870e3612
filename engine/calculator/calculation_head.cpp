// calculation_head: arrays of the job, the sites and the logic tree.
#include "engine/calculator/calculation_head.hpp"

#include "engine/base/json.hpp"
#include "engine/geo/geohash.hpp"
#include "engine/gsim/site_parameters.hpp"
#include "engine/hazard/datastore_keys.hpp"

#include <algorithm>
#include <numeric>

namespace oq::engine {

namespace {

template <class T>
Array column(std::vector<T> values) {
  const std::size_t size = values.size();
  return {{size}, std::move(values)};
}

constexpr std::size_t kGeohashLength = 8;

// The reference engine names sites by their geohash, save those of plain hazard curves.
bool names_sites(const Job& job) {
  const bool is_curves = job.mode == CalculationMode::classical
                         || job.mode == CalculationMode::preclassical
                         || job.mode == CalculationMode::disaggregation;
  const bool has_fragility = std::ranges::any_of(job.inputs, [](const auto& input) {
    return input.first.ends_with("fragility");
  });
  return !is_curves || (job.inputs.contains("exposure") && has_fragility);
}

Result<void> store_site_names(const SiteCollection& sites, Datastore& datastore) {
  const std::string key = std::string(keys::kSitecol) + "custom_site_id";
  std::vector<std::string> names;
  for (std::size_t i = 0; i < sites.size(); ++i)
    names.push_back(geohash({sites.lon[i], sites.lat[i]}, kGeohashLength));
  return datastore.contains(key) ? Result<void>{} : datastore.put(key, column(std::move(names)));
}

const std::vector<double>& coordinate(const SiteCollection& sites, std::string_view name) {
  return name == "lon" ? sites.lon : name == "lat" ? sites.lat : sites.depth;
}

// The columns of site_model.csv, and their names in order.
Result<void> store_site_model(const SiteCollection& sites, Datastore& datastore) {
  if (sites.columns.empty())
    return {};
  std::vector<std::string> names;
  for (const SiteColumn& parameter : sites.columns) {
    const std::string key = keys::kSitecol + parameter.name;
    names.push_back(parameter.name);
    if (parameter.name == "custom_site_id")
      continue;
    if (parameter.kind == SiteColumn::Kind::text) {
      OQ_CHECK(datastore.put(key, column(parameter.texts)));
    } else if (parameter.kind == SiteColumn::Kind::integer) {
      OQ_CHECK(datastore.put(key, column(std::vector<std::int64_t>(parameter.numbers.begin(),
                                                                   parameter.numbers.end()))));
    } else {
      OQ_CHECK(datastore.put(key, column(parameter.numbers)));
    }
  }
  return datastore.put(keys::kSiteModel, column(std::move(names)));
}

Result<void> store_sites(const SiteCollection& sites, Datastore& datastore) {
  std::vector<std::int32_t> ids(sites.size());
  std::iota(ids.begin(), ids.end(), 0);
  const std::string folder = keys::kSitecol;
  OQ_CHECK(datastore.put(folder + "sids", column(std::move(ids))));
  for (const char* name : {"lon", "lat", "depth"})
    OQ_CHECK(datastore.put(folder + name, column(coordinate(sites, name))));
  for (const SiteParameter& parameter : site_parameters()) {
    const std::vector<double>& values = *sites.parameter(parameter.name);
    if (!values.empty() && !sites.column(parameter.name))
      OQ_CHECK(datastore.put(folder + std::string(parameter.name), column(values)));
  }
  if (!sites.custom_ids.empty())
    OQ_CHECK(datastore.put(folder + "custom_site_id", column(sites.custom_ids)));
  return store_site_model(sites, datastore);
}

Result<void> store_branches(const FullLogicTree& tree, Datastore& datastore) {
  std::vector<std::string> paths, regions, branches, models;
  std::vector<double> path_weights, branch_weights;
  for (const SourceModelPath& path : tree.source_paths) {
    paths.push_back(path.path);
    path_weights.push_back(path.weight);
  }
  for (const GsimBranchSet& set : tree.gsims)
    for (const GsimBranch& branch : set.branches) {
      regions.push_back(set.tectonic_region);
      branches.push_back(branch.id);
      models.push_back(branch.gsim.name);
      branch_weights.push_back(branch.weight);
    }
  OQ_CHECK(datastore.put("full_lt/source_model/path", column(std::move(paths))));
  OQ_CHECK(datastore.put("full_lt/source_model/weight", column(std::move(path_weights))));
  OQ_CHECK(datastore.put("full_lt/gsim_lt/trt", column(std::move(regions))));
  OQ_CHECK(datastore.put("full_lt/gsim_lt/branch", column(std::move(branches))));
  OQ_CHECK(datastore.put("full_lt/gsim_lt/uncertainty", column(std::move(models))));
  return datastore.put("full_lt/gsim_lt/weight", column(std::move(branch_weights)));
}

Result<void> store_realizations(const FullLogicTree& tree, Datastore& datastore) {
  std::vector<std::int32_t> ids, source_paths;
  std::vector<std::string> paths;
  std::vector<double> weights;
  for (const Realization& realization : tree.realizations) {
    ids.push_back(static_cast<std::int32_t>(realization.ordinal));
    source_paths.push_back(static_cast<std::int32_t>(realization.source_path));
    paths.push_back(realization.path);
    weights.push_back(realization.weight);
  }
  OQ_CHECK(datastore.put("full_lt/rlzs/source_path", column(std::move(source_paths))));
  OQ_CHECK(datastore.put(keys::kRealizationIds, column(std::move(ids))));
  OQ_CHECK(datastore.put(keys::kRealizationPaths, column(std::move(paths))));
  OQ_CHECK(datastore.put(keys::kRealizationWeights, column(weights)));
  return datastore.put(keys::kWeights, column(std::move(weights)));
}

} // namespace

Result<void> store_calculation_head(const Job& job, const SiteCollection& sites,
                                    const FullLogicTree& tree, Datastore& datastore) {
  Attributes root;
  root["calculation_mode"] = to_string(job.mode);
  root["description"] = job.description;
  root["investigation_time"] = job.investigation_time;
  OQ_CHECK(datastore.put_attributes("", root));
  OQ_CHECK(
    datastore.put(keys::kOqparam, column(std::vector<std::string>{json_text(oqparam(job))})));
  OQ_CHECK(store_sites(sites, datastore));
  if (names_sites(job))
    OQ_CHECK(store_site_names(sites, datastore));
  OQ_CHECK(store_branches(tree, datastore));
  return store_realizations(tree, datastore);
}

} // namespace oq::engine
