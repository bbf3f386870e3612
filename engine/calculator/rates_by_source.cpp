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

std::string base_source_id(const std::string& id) {
  const auto end = id.find_first_of("!;:.", 1);
  return id.substr(0, end);
}

Result<void> store_rates_by_source(const Job& job, const FullLogicTree& tree,
                                   const ClassicalModel& model,
                                   const std::vector<std::vector<double>>& rates,
                                   Datastore& datastore) {
  std::map<std::string, std::size_t> columns; // sorted by name
  for (const RateGroup& group : model.groups)
    columns.emplace(group.source, 0);
  std::size_t count = 0;
  boost::json::array names;
  for (auto& [name, column] : columns) {
    column = count++;
    names.emplace_back(name);
  }
  const std::size_t sites = model.sites.size(), size = model.imts() * model.levels();
  std::vector<double> by_source(sites * size * count);
  for (std::size_t g = 0; g < model.groups.size(); ++g) {
    const RateGroup& group = model.groups[g];
    const std::vector<double> weights = model_weights(tree, group, model.imts());
    const std::size_t column = columns.at(group.source);
    for (std::size_t site = 0; site < sites; ++site)
      for (std::size_t m = 0; m < group.set.models.size(); ++m) {
        const double* const rate = rates[g].data() + site * model.values_per_site(group) + m * size;
        for (std::size_t i = 0; i < size; ++i)
          by_source[(site * size + i) * count + column] +=
            weights[m * model.imts() + i / model.levels()] * rate[i] / job.investigation_time;
      }
  }
  boost::json::array imts, levels;
  for (const IntensityLevels& given : job.intensity_levels) {
    imts.emplace_back(given.imt.name());
    levels.emplace_back(boost::json::array(given.levels.begin(), given.levels.end()));
  }
  OQ_CHECK(datastore.put(keys::kRatesBySource,
                         {{sites, model.imts(), model.levels(), count}, std::move(by_source)}));
  return datastore.put_attributes(
    keys::kRatesBySource, {{"shape_descr", boost::json::array{"site_id", "imt", "lvl", "src_id"}},
                           {"src_id", names},
                           {"imts", imts},
                           {"levels", levels}});
}

} // namespace oq::engine
