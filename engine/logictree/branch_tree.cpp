// BranchTree: linking the sets, walking all paths, drawing one.
#include "engine/logictree/branch_tree.hpp"

#include "engine/logictree/branch_letter.hpp"
#include "engine/nrml/number.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {

std::string BranchPath::ids() const {
  std::string joined;
  for (std::size_t i = 0; i < steps.size(); ++i)
    joined +=
      (i == 0 ? "" : "~") + (steps[i].branch ? steps[i].branch->id : std::string(1, kNoBranch));
  return joined;
}

std::string BranchPath::letters() const {
  std::string joined;
  for (const BranchStep& step : steps)
    joined += step.branch ? branch_letter(step.branch->ordinal) : std::string(1, kNoBranch);
  return joined;
}

std::size_t drawn_branch(std::span<const double> weights, double u, Draw draw) {
  const double equal = 1.0 / static_cast<double>(weights.size());
  double cumulated = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    cumulated += draw == Draw::equally ? equal : weights[i];
    if (cumulated >= u)
      return i;
  }
  return weights.size() - 1; // weights may sum to a little less than 1
}

Result<BranchTree> BranchTree::build(std::vector<BranchSet> sets) {
  BranchTree tree;
  tree.sets_ = std::move(sets);
  OQ_CHECK(tree.link());
  return tree;
}

Result<void> BranchTree::link() {
  std::vector<std::size_t> open; // nodes that the next set may follow
  for (std::size_t set = 0; set < sets_.size(); ++set) {
    const std::size_t level = add_level(set, true);
    OQ_CHECK(attach(level, open));
    for (std::size_t node = 0; node < levels_[level].nodes; ++node)
      open.push_back(levels_[level].first_node + node);
  }
  return {};
}

std::size_t BranchTree::add_level(std::size_t set, bool applies) {
  levels_.push_back({set, applies, nodes_.size(), applies ? sets_[set].branches.size() : 1});
  if (!applies)
    nodes_.emplace_back();
  else
    for (const Branch& branch : sets_[set].branches)
      nodes_.push_back({&branch, kNone});
  return levels_.size() - 1;
}

// Leaves in `open` the branches that stand for a set that does not apply.
Result<void> BranchTree::attach(std::size_t level, std::vector<std::size_t>& open) {
  const BranchSet& set = sets_[levels_[level].set];
  if (set.apply_to_branches.empty()) {
    for (const std::size_t node : open)
      nodes_[node].next = level;
    open.clear();
    return {};
  }
  std::vector<std::size_t> named;
  for (const std::string& id : set.apply_to_branches) {
    OQ_TRY(named.emplace_back(), named_node(set, id, level));
    nodes_[named.back()].next = level;
  }
  // As in OpenQuake, a path that has already gone on without a set once ends when the next set
  // names its branches; one that ended in a branch goes on without.
  std::vector<std::size_t> without;
  for (const std::size_t node : open)
    if (nodes_[node].branch && std::ranges::find(named, node) == named.end()) {
      nodes_[node].next = add_level(levels_[level].set, false);
      without.push_back(levels_.back().first_node);
    }
  open = std::move(without);
  return {};
}

Result<std::size_t> BranchTree::named_node(const BranchSet& set, const std::string& id,
                                           std::size_t level) {
  const std::size_t end = levels_[level].first_node;
  for (std::size_t node = 0; node < end; ++node) {
    if (!nodes_[node].branch || nodes_[node].branch->id != id)
      continue;
    const std::size_t next = nodes_[node].next;
    if (next != kNone && levels_[next].applies)
      return invalid_input(fmt::format("applyToBranches: branch {} already goes on with set {}",
                                       in_quotes(id), in_quotes(sets_[levels_[next].set].id)),
                           set.where);
    return node;
  }
  return invalid_input(
    fmt::format("applyToBranches: there is no branch {} before this set", in_quotes(id)),
    set.where);
}

BranchStep BranchTree::step(const Level& level, const Node& node) const {
  return {&sets_[level.set], node.branch};
}

Result<std::vector<BranchPath>> BranchTree::paths(std::size_t limit) const {
  std::vector<BranchPath> all;
  BranchPath start;
  if (!extend(start, 0, limit, all))
    return invalid_input(fmt::format("the tree has more than {} paths; sample them", limit),
                         sets_.front().where);
  return all;
}

bool BranchTree::extend(BranchPath& path, std::size_t index, std::size_t limit,
                        std::vector<BranchPath>& all) const {
  const Level& level = levels_[index];
  const double weight = path.weight;
  for (std::size_t i = level.first_node; i < level.first_node + level.nodes; ++i) {
    const Node& node = nodes_[i];
    path.steps.push_back(step(level, node));
    path.weight = weight * (node.branch ? node.branch->weight : 1.0);
    const bool leaf = node.next == kNone;
    if (leaf)
      all.push_back(path);
    if (all.size() > limit || (!leaf && !extend(path, node.next, limit, all)))
      return false;
    path.steps.pop_back();
  }
  path.weight = weight;
  return true;
}

BranchPath BranchTree::sample(std::span<const double> uniforms, Draw draw) const {
  BranchPath path;
  std::vector<double> weights;
  for (std::size_t index = 0; index != kNone;) {
    const Level& level = levels_[index];
    weights.clear();
    for (std::size_t i = level.first_node; i < level.first_node + level.nodes; ++i)
      weights.push_back(nodes_[i].branch ? nodes_[i].branch->weight : 1.0);
    const Node& node = nodes_[level.first_node + drawn_branch(weights, uniforms[level.set], draw)];
    path.steps.push_back(step(level, node));
    path.weight *= node.branch ? node.branch->weight : 1.0;
    index = node.next;
  }
  return path;
}

} // namespace oq::engine
