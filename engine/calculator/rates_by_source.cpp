// Rates by source: weights of realizations gathered a group and model, sums a source.
#include "engine/calculator/rates_by_source.hpp"

#include "engine/hazard/datastore_keys.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <map>

namespace oq::engine {

std::vector<double> model_weights(const FullLogicTree& tree, const RateGroup& group,
                                  std::size_t imts) {
  std::vector<double> weights(group.set.models.size() * imts);
  for (const Realization& realization : tree.realizations)
    if (std::ranges::binary_search(group.source_paths, realization.source_path))
      for (std::size_t imt = 0; imt < imts; ++imt)
        weights[realization.gsim_branches[group.gsim_set] * imts + imt] +=
          realization.weight_for(imt);
  return weights;
}

namespace {

// Names of sources, sorted, with their places along the last axis.
std::map<std::string, std::size_t> columns_of(const ClassicalModel& model) {
  std::map<std::string, std::size_t> columns;
  for (const RateGroup& group : model.groups)
    columns.emplace(group.source, 0);
  std::size_t count = 0;
  for (auto& [name, column] : columns)
    column = count++;
  return columns;
}

} // namespace

std::string base_source_id(const std::string& id) {
  const auto end = id.find_first_of("!;:.", 1);
  return id.substr(0, end);
}

Result<void> create_rates_by_source(const Job& job, const ClassicalModel& model,
                                    Datastore& datastore) {
  boost::json::array names, imts, levels;
  for (const auto& [name, column] : columns_of(model))
    names.emplace_back(name);
  for (const IntensityLevels& given : job.intensity_levels) {
    imts.emplace_back(given.imt.name());
    levels.emplace_back(boost::json::array(given.levels.begin(), given.levels.end()));
  }
  OQ_CHECK(datastore.create(
    keys::kRatesBySource,
    {{model.sites.size(), model.imts(), model.levels(), names.size()}, std::vector<double>()}));
  return datastore.put_attributes(
    keys::kRatesBySource, {{"shape_descr", boost::json::array{"site_id", "imt", "lvl", "src_id"}},
                           {"src_id", names},
                           {"imts", imts},
                           {"levels", levels}});
}

Result<void> store_rates_by_source(const Job& job, const FullLogicTree& tree,
                                   const ClassicalModel& model, const TileRates& rates,
                                   SiteRange sites, Datastore& datastore) {
  const std::map<std::string, std::size_t> columns = columns_of(model);
  const std::size_t size = model.imts() * model.levels(), count = columns.size();
  std::vector<double> by_source((sites.end - sites.begin) * size * count);
  for (std::size_t g = 0; g < model.groups.size(); ++g) {
    const RateGroup& group = model.groups[g];
    const std::vector<double> weights = model_weights(tree, group, model.imts());
    const std::size_t column = columns.at(group.source);
    for (std::size_t site = sites.begin; site < sites.end; ++site)
      for (std::size_t m = 0; m < group.set.models.size(); ++m) {
        const double* const rate = rates.of(model, g, site) + m * size;
        double* const row = by_source.data() + (site - sites.begin) * size * count;
        for (std::size_t i = 0; i < size; ++i)
          row[i * count + column] +=
            weights[m * model.imts() + i / model.levels()] * rate[i] / job.investigation_time;
      }
  }
  return datastore.put_part(keys::kRatesBySource, {{sites.begin, sites.end - sites.begin}},
                            std::move(by_source));
}

} // namespace oq::engine
