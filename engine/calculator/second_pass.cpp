// SecondPass: blocks of locations, added up in order.
#include "engine/calculator/second_pass.hpp"

#include "engine/calculator/dependent_groups.hpp"
#include "engine/calculator/rates_by_source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {

namespace {

constexpr std::size_t kBlockLocations = 4096; // made at once
constexpr double kMostValues = 1 << 27;       // 1 GiB

Result<void> add_group(const ClassicalModel& model, const HazardSettings& settings,
                       std::size_t index, LocationRange locations, std::size_t group_values,
                       std::vector<std::vector<double>>& rates) {
  const RateGroup& group = model.groups[index];
  std::vector<std::size_t> indices{index};
  indices.insert(indices.end(), group.variants.begin(), group.variants.end());
  for (const std::size_t i : indices)
    rates[i].resize(group_values);
  for (std::size_t begin = locations.begin; begin < locations.end; begin += kBlockLocations) {
    const LocationRange block{begin, std::min(begin + kBlockLocations, locations.end)};
    OQ_TRY(const std::vector<double> added, source_rates(settings, group.set, block, model.sites,
                                                         {0, model.sites.size()}, StopToken()));
    for (std::size_t i = 0; i < added.size(); ++i)
      rates[indices[i / group_values]][i % group_values] += added[i];
  }
  return {};
}

} // namespace

LocationRange all_locations(const RateGroup& group) {
  return {0, group.set.locations()};
}

Result<std::vector<std::vector<double>>> second_pass(const ClassicalModel& model,
                                                     std::shared_ptr<const MotionKernel> kernel,
                                                     std::size_t values,
                                                     const ChosenLocations& chosen) {
  HazardSettings settings = model.settings;
  settings.kernel = std::move(kernel);
  settings.levels.assign(model.imts(), LevelChunks(std::vector<double>(values)));
  std::vector<std::vector<double>> rates(model.groups.size());
  double total = 0;
  for (std::size_t g = 0; g < model.groups.size(); ++g) {
    const LocationRange locations = chosen(model.groups[g]);
    if (locations.begin >= locations.end && !model.groups[g].set.empty())
      continue;
    const std::size_t size =
      model.sites.size() * model.groups[g].set.models.size() * model.imts() * values;
    total += static_cast<double>(size);
    if (total > kMostValues)
      return invalid_input(fmt::format("{} values at {} sites are too many to look at every "
                                       "source and model once more",
                                       values, model.sites.size()),
                           "postproc_func");
    OQ_CHECK(add_group(model, settings, g, locations, size, rates));
    rates[g].resize(size);
  }
  for (const Combination& combination : model.combinations) { // what is not chosen adds nothing
    std::size_t most = 0;
    for (const std::size_t g : combination.groups)
      most = std::max(most, rates[g].size());
    for (const std::size_t g : combination.groups)
      rates[g].resize(most);
  }
  combine(model, rates);
  return rates;
}

std::vector<double> means_of_group(const FullLogicTree& tree, const ClassicalModel& model,
                                   std::size_t group, const std::vector<double>& rates) {
  const std::size_t models = model.groups[group].set.models.size(), imts = model.imts();
  const std::size_t values = rates.size() / (model.sites.size() * models * imts);
  const std::vector<double> weights = model_weights(tree, model.groups[group], imts);
  std::vector<double> means(model.sites.size() * imts * values);
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const std::size_t row = i / values, imt = row % imts, branch = row / imts % models,
                      site = row / imts / models;
    means[(site * imts + imt) * values + i % values] += weights[branch * imts + imt] * rates[i];
  }
  return means;
}

} // namespace oq::engine
