// Which paths a source-model tree has, and which one a row of uniforms draws.
#include "engine/logictree/branch_tree.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>

namespace oq::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Branches of equal weight.
BranchSet set_of(const std::string& id, const std::vector<std::string>& branches,
                 const std::vector<std::string>& apply_to = {}) {
  BranchSet set;
  set.id = id;
  set.where = id + ".xml:1";
  set.apply_to_branches = apply_to;
  for (const std::string& branch : branches)
    set.branches.push_back({.id = branch,
                            .ordinal = set.branches.size(),
                            .value = {},
                            .weight = 1.0 / static_cast<double>(branches.size())});
  return set;
}

std::vector<std::string> letters(std::vector<BranchSet> sets) {
  const auto tree = BranchTree::build(std::move(sets));
  EXPECT_TRUE(tree);
  auto paths = *tree->paths(1000);
  std::ranges::sort(paths, {}, &BranchPath::ids);
  std::vector<std::string> all;
  for (const BranchPath& path : paths)
    all.push_back(path.letters());
  return all;
}

std::string refusal(std::vector<BranchSet> sets) {
  const auto tree = BranchTree::build(std::move(sets));
  return tree ? "accepted" : tree.error().text();
}

TEST(BranchTree, EachSetFollowsAllBranchesOfTheOneBefore) {
  EXPECT_THAT(letters({set_of("s", {"x", "y"}), set_of("t", {"b", "a"})}),
              ElementsAre("AB", "AA", "BB", "BA"));
}

TEST(BranchTree, WithoutASetThatDoesNotApplyAPathGoesOn) {
  EXPECT_THAT(
    letters({set_of("s", {"x", "y"}), set_of("t", {"a", "b"}, {"y"}), set_of("u", {"m"})}),
    ElementsAre("A.A", "BAA", "BBA"));
}

// As in the reference case of a fault model with two ways to find its largest magnitude.
TEST(BranchTree, SetsForDifferentBranchesStandSideBySide) {
  EXPECT_THAT(
    letters({set_of("s", {"x", "y"}), set_of("t", {"t1", "t2"}, {"x"}), set_of("u", {"u1"}, {"y"}),
             set_of("v", {"v1", "v2"}, {"t1", "t2", "u1"}), set_of("w", {"w1"})}),
    ElementsAre("AAAA", "AABA", "ABAA", "ABBA", "BAAA", "BABA"));
}

TEST(BranchTree, WeightsOfAPathMultiply) {
  const auto tree =
    BranchTree::build({set_of("s", {"x", "y"}), set_of("t", {"a", "b", "c", "d"}, {"y"})});
  const auto paths = *tree->paths(10);

  ASSERT_EQ(paths.size(), 5u);
  double total = 0;
  for (const BranchPath& path : paths)
    total += path.weight;
  EXPECT_DOUBLE_EQ(total, 1.0);
  EXPECT_DOUBLE_EQ(paths.front().weight, 0.5);
}

TEST(BranchTree, MorePathsThanTheLimitAreRefused) {
  const auto tree = BranchTree::build({set_of("s", {"x", "y"}), set_of("t", {"a", "b"})});

  EXPECT_TRUE(tree->paths(4));
  const auto paths = tree->paths(3);
  ASSERT_FALSE(paths);
  EXPECT_THAT(paths.error().text(), HasSubstr("s.xml:1: the tree has more than 3 paths"));
}

TEST(BranchTree, ABranchThatIsNotThereIsNamed) {
  EXPECT_THAT(refusal({set_of("s", {"x"}), set_of("t", {"a"}, {"z"})}),
              HasSubstr("t.xml:1: applyToBranches: there is no branch 'z'"));
}

TEST(BranchTree, ABranchGoesOnWithOneSet) {
  EXPECT_THAT(refusal({set_of("s", {"x"}), set_of("t", {"a"}), set_of("u", {"b"}, {"x"})}),
              HasSubstr("branch 'x' already goes on with set 't'"));
}

TEST(BranchTree, AUniformDrawsTheFirstBranchWhoseCumulatedWeightReachesIt) {
  const std::array weights{0.2, 0.3, 0.5};

  EXPECT_EQ(drawn_branch(weights, 0.0, Draw::by_weight), 0u);
  EXPECT_EQ(drawn_branch(weights, 0.2, Draw::by_weight), 0u);
  EXPECT_EQ(drawn_branch(weights, 0.21, Draw::by_weight), 1u);
  EXPECT_EQ(drawn_branch(weights, 0.9999999999999999, Draw::by_weight), 2u);
  EXPECT_EQ(drawn_branch(weights, 0.34, Draw::equally), 1u);
}

TEST(BranchTree, ASampleTakesTheUniformOfEachOfItsSets) {
  const auto tree = BranchTree::build(
    {set_of("s", {"x", "y"}), set_of("t", {"a", "b"}, {"y"}), set_of("u", {"m", "n"})});

  EXPECT_EQ(tree->sample(std::array{0.4, 0.9, 0.6}, Draw::by_weight).letters(), "A.B");
  EXPECT_EQ(tree->sample(std::array{0.6, 0.9, 0.1}, Draw::by_weight).letters(), "BBA");
}

} // namespace
} // namespace oq::engine
