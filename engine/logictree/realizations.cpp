// Realizations: their order, paths and weights.
#include "engine/logictree/realizations.hpp"

#include "engine/logictree/branch_letter.hpp"
#include "engine/logictree/path_limit.hpp"
#include "engine/logictree/sampling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {
namespace {

// One branch of each set.
using GsimPath = std::vector<std::size_t>;

// The first set varies slowest.
std::vector<GsimPath> all_paths(const std::vector<GsimBranchSet>& sets) {
  std::vector<GsimPath> paths(1);
  for (const GsimBranchSet& set : sets) {
    std::vector<GsimPath> longer;
    for (const GsimPath& path : paths)
      for (std::size_t i = 0; i < set.branches.size(); ++i) {
        longer.push_back(path);
        longer.back().push_back(i);
      }
    paths = std::move(longer);
  }
  return paths;
}

std::vector<GsimPath> sampled_paths(const Job& job, const SamplingMethod& method,
                                    const std::vector<GsimBranchSet>& sets) {
  const SampleMatrix uniforms(static_cast<std::uint32_t>(job.random_seed + 1),
                              static_cast<std::size_t>(job.number_of_logic_tree_samples),
                              sets.size(), method.latin);
  std::vector<std::vector<double>> weights;
  for (const GsimBranchSet& set : sets) {
    weights.emplace_back();
    for (const GsimBranch& branch : set.branches)
      weights.back().push_back(branch.weight);
  }
  std::vector<GsimPath> paths;
  for (std::size_t row = 0; row < uniforms.rows(); ++row) {
    GsimPath path;
    for (std::size_t set = 0; set < sets.size(); ++set)
      path.push_back(drawn_branch(weights[set], uniforms.row(row)[set], method.draw));
    paths.push_back(std::move(path));
  }
  return paths;
}

// Adds realizations with the products of their branches' weights.
class RealizationList {
public:
  RealizationList(const Job& job, FullLogicTree& tree) : tree_(tree) {
    const auto has_own = [](const GsimBranchSet& set) {
      return std::ranges::any_of(set.branches, [](const GsimBranch& branch) {
        return !branch.imt_weights.empty();
      });
    };
    if (std::ranges::any_of(tree.gsims, has_own))
      for (const IntensityLevels& levels : job.intensity_levels)
        imts_.push_back(levels.imt);
  }

  void add(std::size_t source_path, const GsimPath& path) {
    const SourceModelPath& model = tree_.source_paths[source_path];
    Realization realization{tree_.realizations.size(), model.path + "~", model.weight, source_path,
                            path};
    realization.imt_weights.assign(imts_.size(), model.weight);
    for (std::size_t set = 0; set < path.size(); ++set) {
      const GsimBranch& branch = tree_.gsims[set].branches[path[set]];
      realization.path += branch_letter(path[set]);
      realization.weight *= branch.weight;
      for (std::size_t imt = 0; imt < imts_.size(); ++imt)
        realization.imt_weights[imt] *= branch.weight_for(imts_[imt]);
    }
    tree_.realizations.push_back(std::move(realization));
  }

  void weigh_equally() {
    const double weight = 1.0 / static_cast<double>(tree_.realizations.size());
    for (Realization& realization : tree_.realizations) {
      realization.weight = weight;
      realization.imt_weights.clear();
    }
  }

  // Where weights were dropped or drawn, their sum becomes 1 again.
  void normalize() {
    divide_by_sum([](Realization& realization) -> double& {
      return realization.weight;
    });
    for (std::size_t imt = 0; imt < imts_.size(); ++imt)
      divide_by_sum([imt](Realization& realization) -> double& {
        return realization.imt_weights[imt];
      });
  }

private:
  template <class Weight>
  void divide_by_sum(Weight weight) {
    double total = 0;
    for (Realization& realization : tree_.realizations)
      total += weight(realization);
    if (total != 1 && total > 0)
      for (Realization& realization : tree_.realizations)
        weight(realization) /= total;
  }

  FullLogicTree& tree_;
  std::vector<Imt> imts_;
};

Result<void> check_count(const Job& job, const FullLogicTree& tree) {
  OQ_TRY(const std::size_t limit, most_paths(job));
  double count = static_cast<double>(tree.source_paths.size());
  for (const GsimBranchSet& set : tree.gsims)
    count *= static_cast<double>(set.branches.size());
  if (count > static_cast<double>(limit))
    return invalid_input(
      fmt::format("the logic trees have {:.0f} paths, more than {}; sample them", count, limit),
      job.where("number_of_logic_tree_samples"));
  return {};
}

} // namespace

Result<void> make_realizations(const Job& job, FullLogicTree& tree) {
  RealizationList list(job, tree);
  if (job.number_of_logic_tree_samples == 0) {
    OQ_CHECK(check_count(job, tree));
    const auto paths = all_paths(tree.gsims);
    for (std::size_t source = 0; source < tree.source_paths.size(); ++source)
      for (const GsimPath& path : paths)
        list.add(source, path);
    list.normalize();
    return {};
  }
  OQ_TRY(const SamplingMethod method, sampling_method(job));
  const auto paths = sampled_paths(job, method, tree.gsims);
  auto path = paths.begin();
  for (std::size_t source = 0; source < tree.source_paths.size(); ++source)
    for (std::size_t i = 0; i < tree.source_paths[source].samples; ++i)
      list.add(source, *path++);
  if (method.draw == Draw::by_weight)
    list.weigh_equally();
  else
    list.normalize();
  return {};
}

} // namespace oq::engine
