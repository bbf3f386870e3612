// BranchTree: which branch set follows which branch of a source-model tree, and the paths it makes.
#pragma once

#include "engine/logictree/branch_set.hpp"

#include <span>
#include <string>
#include <vector>

namespace oq::engine {

// A branch taken. Where a set does not apply, the path takes a branch that is none.
struct BranchStep {
  const BranchSet* set = nullptr;
  const Branch* branch = nullptr; // null: none
};

struct BranchPath {
  std::vector<BranchStep> steps;
  double weight = 1;

  std::string ids() const;     // joined with '~': the order of paths
  std::string letters() const; // without the root's
};

// How samples weigh branches: `early` draws them by weight, `late` draws all alike.
enum class Draw { by_weight, equally };

// The place of the first branch whose cumulated weight reaches `u`. REQUIRES: not empty.
std::size_t drawn_branch(std::span<const double> weights, double u, Draw draw);

class BranchTree {
public:
  // Each set follows all branches of the one before, or those that `applyToBranches` names; the
  // others then go on without. Errors name the set whose applyToBranches cannot be used.
  static Result<BranchTree> build(std::vector<BranchSet> sets);

  BranchTree(BranchTree&&) = default;
  BranchTree& operator=(BranchTree&&) = default;

  const std::vector<BranchSet>& sets() const noexcept { return sets_; }
  // All paths, in no particular order; an error when there are more than `limit`.
  Result<std::vector<BranchPath>> paths(std::size_t limit) const;
  // One path: the set at index i takes uniforms[i]. REQUIRES: a uniform for each set.
  BranchPath sample(std::span<const double> uniforms, Draw draw) const;

private:
  // A set, or the single branch that stands where a set does not apply.
  struct Level {
    std::size_t set = 0;
    bool applies = true;
    std::size_t first_node = 0, nodes = 1;
  };
  struct Node {
    const Branch* branch = nullptr;
    std::size_t next = kNone; // a level
  };
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  BranchTree() = default;
  Result<void> link();
  std::size_t add_level(std::size_t set, bool applies);
  Result<void> attach(std::size_t level, std::vector<std::size_t>& open);
  Result<std::size_t> named_node(const BranchSet& set, const std::string& id, std::size_t level);
  BranchStep step(const Level& level, const Node& node) const;
  bool extend(BranchPath& path, std::size_t level, std::size_t limit,
              std::vector<BranchPath>& all) const;

  std::vector<BranchSet> sets_;
  std::vector<Level> levels_;
  std::vector<Node> nodes_;
};

} // namespace oq::engine
