// SecondPass: blocks of locations, added up in order.
#include "engine/calculator/second_pass.hpp"

#include "engine/calculator/dependent_groups.hpp"
#include "engine/calculator/rates_by_source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {

namespace {

constexpr double kMostValues = 1 << 27; // 1 GiB

// Locations that are looked at at once: so few that the progress moves, so many that adding them up
// is little work beside theirs.
std::size_t block_of(const LocationRange& part) {
  constexpr std::size_t kWantedBlocks = 64, kLeast = 8, kMost = 256;
  return std::clamp((part.end - part.begin) / kWantedBlocks, kLeast, kMost);
}

using Arrays = std::vector<std::vector<double>>; // site x model x IMT x value, each

class Walk {
public:
  Walk(const FullLogicTree& tree, const ClassicalModel& model, const SecondPass& pass,
       const FinishWatch& watch)
    : tree_(tree), model_(model), pass_(pass), watch_(watch), settings_(model.settings),
      combination_of_(model.groups.size()), sums_(pass.sums) {
    settings_.kernel = pass.kernel;
    settings_.levels.assign(model.imts(), LevelChunks(std::vector<double>(pass.values)));
    for (const Combination& combination : model.combinations)
      for (const std::size_t group : combination.groups)
        combination_of_[group] = &combination;
    for (const RateGroup& group : model.groups)
      for (const LocationRange& part : pass.parts(group))
        all_work_ += work(group, part);
  }

  Result<Arrays> go() {
    OQ_CHECK(check_size());
    for (std::size_t g = 0; g < model_.groups.size(); ++g) {
      const Combination* const combination = combination_of_[g];
      if (!combination) {
        OQ_CHECK(add_alone(g));
      } else if (combination->groups.front() == g) {
        OQ_CHECK(add_together(*combination));
      }
    }
    return std::move(sums_);
  }

private:
  static double work(const RateGroup& group, const LocationRange& part) {
    return static_cast<double>(std::max(part.begin, part.end) - part.begin)
           * static_cast<double>(group.set.models.size());
  }

  std::size_t size_of(const RateGroup& group) const {
    return model_.sites.size() * group.set.models.size() * model_.imts() * pass_.values;
  }

  // Of what is held at the same time.
  Result<void> check_size() const {
    const std::size_t sum = model_.sites.size() * model_.imts() * pass_.values;
    double most = 0;
    for (std::size_t g = 0; g < model_.groups.size(); ++g) {
      const std::size_t together = combination_of_[g] ? combination_of_[g]->groups.size()
                                                      : 1 + model_.groups[g].variants.size();
      most = std::max(most, static_cast<double>(size_of(model_.groups[g]))
                              * static_cast<double>(together));
    }
    if (most + static_cast<double>(sum) * static_cast<double>(pass_.sums) > kMostValues)
      return invalid_input(fmt::format("{} values at {} sites are too many to look at every "
                                       "source and model once more",
                                       pass_.values, model_.sites.size()),
                           "postproc_func");
    return {};
  }

  // With its variants, which have no locations of their own.
  Result<void> add_alone(std::size_t index) {
    const RateGroup& group = model_.groups[index];
    const std::vector<LocationRange> parts = pass_.parts(group);
    for (std::size_t part = 0; part < parts.size(); ++part) {
      if (parts[part].begin >= parts[part].end)
        continue;
      OQ_TRY(const Arrays rates, rates_of(group, parts[part]));
      add_means(index, part, rates.front());
      for (std::size_t i = 0; i < group.variants.size(); ++i)
        add_means(group.variants[i], part, rates[1 + i]);
    }
    return {};
  }

  // The same part of all groups of a combination at a time; what is not looked at adds nothing.
  Result<void> add_together(const Combination& combination) {
    std::vector<std::vector<LocationRange>> parts;
    std::size_t most = 0;
    for (const std::size_t g : combination.groups)
      most = std::max(most, parts.emplace_back(pass_.parts(model_.groups[g])).size());
    for (std::size_t part = 0; part < most; ++part) {
      Arrays rates;
      bool any = false;
      for (std::size_t i = 0; i < combination.groups.size(); ++i) {
        const RateGroup& group = model_.groups[combination.groups[i]];
        rates.emplace_back(size_of(group));
        if (part >= parts[i].size() || parts[i][part].begin >= parts[i][part].end)
          continue;
        any = true;
        OQ_TRY(Arrays own, rates_of(group, parts[i][part]));
        rates.back() = std::move(own.front());
      }
      if (!any)
        continue;
      combine(combination, settings_.investigation_time, rates);
      add_means(combination.groups.front(), part, rates.front());
    }
    return {};
  }

  // Of the group and of its variants.
  Result<Arrays> rates_of(const RateGroup& group, const LocationRange& part) {
    const std::size_t size = size_of(group);
    Arrays rates(1 + group.variants.size(), std::vector<double>(size));
    const std::size_t step = block_of(part);
    for (std::size_t begin = part.begin; begin < part.end; begin += step) {
      const LocationRange block{begin, std::min(begin + step, part.end)};
      OQ_TRY(const std::vector<double> added,
             source_rates(settings_, group.set, block, model_.sites, {0, model_.sites.size()},
                          watch_.stop));
      for (std::size_t i = 0; i < added.size(); ++i)
        rates[i / size][i % size] += added[i];
      done_work_ += work(group, block);
      if (watch_.progress)
        watch_.progress(done_work_ / all_work_);
    }
    return rates;
  }

  void add_means(std::size_t group, std::size_t part, const std::vector<double>& rates) {
    const std::optional<std::size_t> which = pass_.sum_of(group, part);
    if (!which)
      return;
    const std::size_t models = model_.groups[group].set.models.size(), imts = model_.imts();
    const std::vector<double> weights = model_weights(tree_, model_.groups[group], imts);
    std::vector<double> means(model_.sites.size() * imts * pass_.values);
    for (std::size_t i = 0; i < rates.size(); ++i) {
      const std::size_t row = i / pass_.values, imt = row % imts, branch = row / imts % models,
                        site = row / imts / models;
      means[(site * imts + imt) * pass_.values + i % pass_.values] +=
        weights[branch * imts + imt] * rates[i];
    }
    std::vector<double>& sum = sums_[*which];
    sum.resize(means.size());
    for (std::size_t i = 0; i < means.size(); ++i)
      sum[i] += means[i];
  }

  const FullLogicTree& tree_;
  const ClassicalModel& model_;
  const SecondPass& pass_;
  const FinishWatch& watch_;
  HazardSettings settings_;
  std::vector<const Combination*> combination_of_; // of a group; null: of none
  double all_work_ = 0, done_work_ = 0;
  Arrays sums_; // here: site x IMT x value
};

} // namespace

LocationRange all_locations(const RateGroup& group) {
  return {0, group.set.locations()};
}

Result<std::vector<std::vector<double>>> second_pass(const FullLogicTree& tree,
                                                     const ClassicalModel& model,
                                                     const SecondPass& pass,
                                                     const FinishWatch& watch) {
  return Walk(tree, model, pass, watch).go();
}

} // namespace oq::engine
