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
                       std::size_t index, std::size_t group_values,
                       std::vector<std::vector<double>>& rates) {
  const RateGroup& group = model.groups[index];
  std::vector<std::size_t> indices{index};
  indices.insert(indices.end(), group.variants.begin(), group.variants.end());
  for (const std::size_t i : indices)
    rates[i].resize(group_values);
  const std::size_t locations = group.set.locations();
  for (std::size_t begin = 0; begin < locations; begin += kBlockLocations) {
    const LocationRange block{begin, std::min(begin + kBlockLocations, locations)};
    OQ_TRY(const std::vector<double> added, source_rates(settings, group.set, block, model.sites,
                                                         {0, model.sites.size()}, StopToken()));
    for (std::size_t i = 0; i < added.size(); ++i)
      rates[indices[i / group_values]][i % group_values] += added[i];
  }
  return {};
}

} // namespace

Result<std::vector<std::vector<double>>>
second_pass(const ClassicalModel& model, std::shared_ptr<const MotionKernel> kernel,
            std::size_t values, const std::function<bool(const RateGroup&)>& wanted) {
  HazardSettings settings = model.settings;
  settings.kernel = std::move(kernel);
  settings.levels.assign(model.imts(), LevelChunks(std::vector<double>(values)));
  std::vector<std::vector<double>> rates(model.groups.size());
  double total = 0;
  for (std::size_t g = 0; g < model.groups.size(); ++g) {
    if (!wanted(model.groups[g]))
      continue;
    const std::size_t size =
      model.sites.size() * model.groups[g].set.models.size() * model.imts() * values;
    total += static_cast<double>(size);
    if (total > kMostValues)
      return invalid_input(fmt::format("{} values at {} sites are too many to look at every "
                                       "source and model once more",
                                       values, model.sites.size()),
                           "postproc_func");
    if (!model.groups[g].set.empty())
      OQ_CHECK(add_group(model, settings, g, size, rates));
    rates[g].resize(size);
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
