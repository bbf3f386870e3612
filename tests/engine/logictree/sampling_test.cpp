// Sampling of logic trees: reproducible, by weight or equally, spread when Latin.
#include "engine/logictree/sampling.hpp"

#include "engine/logictree/tree_folder.hpp"
#include "engine/random/mersenne_twister.hpp"

#include <gmock/gmock.h>

#include <set>

namespace oq::engine {
namespace {

using testing::branch_set;
using ::testing::HasSubstr;
using testing::TreeFolder;

TEST(SampleMatrix, IsFilledRowByRow) {
  const SampleMatrix matrix(7, 3, 2, false);
  MersenneTwister generator(7);

  for (std::size_t row = 0; row < 3; ++row)
    for (const double value : matrix.row(row))
      EXPECT_EQ(value, generator.next_double());
}

TEST(SampleMatrix, OfALatinHypercubeHasOneValueInEachPart) {
  constexpr std::size_t rows = 50;
  const SampleMatrix matrix(3, rows, 4, true);

  for (std::size_t column = 0; column < 4; ++column) {
    std::set<int> parts;
    for (std::size_t row = 0; row < rows; ++row)
      parts.insert(static_cast<int>(matrix.row(row)[column] * rows));
    EXPECT_EQ(parts.size(), rows);
  }
}

class SampledTree : public ::testing::Test {
protected:
  // Two models that are the same but for their weights.
  SampledTree() {
    folder_.sources(branch_set("uncertaintyType=\"sourceModel\"",
                               {{"z", "both.xml", "0.9"}, {"a", "volcanic.xml", "0.1"}}));
  }

  FullLogicTree sampled(const std::string& method, int count = 200) const {
    const auto tree = folder_.read_tree("number_of_logic_tree_samples = " + std::to_string(count)
                                        + "\nsampling_method = " + method);
    EXPECT_TRUE(tree) << tree.error().text();
    return *tree;
  }

  static double total_weight(const FullLogicTree& tree) {
    double total = 0;
    for (const Realization& realization : tree.realizations)
      total += realization.weight;
    return total;
  }

  TreeFolder folder_;
};

TEST_F(SampledTree, HasARealizationASample) {
  const auto tree = sampled("early_weights");

  EXPECT_EQ(tree.realizations.size(), 200u);
  EXPECT_EQ(tree.source_paths.at(0).samples + tree.source_paths.at(1).samples, 200u);
}

TEST_F(SampledTree, KeepsItsSourcePathsSortedByBranchIds) {
  const auto tree = sampled("early_weights");

  EXPECT_EQ(tree.source_paths[0].path, "AB"); // branch "a", read second
  for (std::size_t i = 0; i < tree.realizations.size(); ++i)
    EXPECT_EQ(tree.realizations[i].source_path, i < tree.source_paths[0].samples ? 0u : 1u);
}

TEST_F(SampledTree, DrawsEarlyWeightsAsOftenAsTheyWeigh) {
  const auto tree = sampled("early_weights");

  EXPECT_NEAR(static_cast<double>(tree.source_paths[1].samples), 180, 5 * std::sqrt(18.));
  EXPECT_DOUBLE_EQ(tree.realizations[7].weight, 1. / 200);
}

TEST_F(SampledTree, DrawsLateWeightsAlikeAndWeighsThemAfterwards) {
  const auto tree = sampled("late_weights");

  EXPECT_NEAR(static_cast<double>(tree.source_paths[1].samples), 100, 5 * std::sqrt(50.));
  EXPECT_NEAR(total_weight(tree), 1, 1e-12);
  const auto gsim = [&](std::size_t i) {
    return tree.gsims[1].branches[tree.realizations[i].gsim_branches[1]].weight;
  };
  EXPECT_NEAR(tree.realizations[199].weight / tree.realizations[0].weight, 9 * gsim(199) / gsim(0),
              1e-12);
}

TEST_F(SampledTree, OfALatinHypercubeMeetsItsWeightsExactly) {
  EXPECT_EQ(sampled("early_latin").source_paths[1].samples, 180u);
  EXPECT_EQ(sampled("late_latin").source_paths[1].samples, 100u);
}

TEST_F(SampledTree, RefusesMoreSamplesThanItCanHold) {
  const auto tree = folder_.read_tree("number_of_logic_tree_samples = 500001");

  ASSERT_FALSE(tree);
  EXPECT_THAT(tree.error().text(), HasSubstr("job.ini:13: number_of_logic_tree_samples must be"));
}

TEST_F(SampledTree, NamesAnUnknownMethod) {
  const auto tree = folder_.read_tree("number_of_logic_tree_samples = 2\nsampling_method = lucky");

  ASSERT_FALSE(tree);
  EXPECT_THAT(tree.error().text(), HasSubstr("sampling_method"));
}

TEST_F(SampledTree, RefusesASeedThatTheGeneratorHasNoRoomFor) {
  const auto tree = folder_.read_tree("number_of_logic_tree_samples = 2\nrandom_seed = 4294967295");

  ASSERT_FALSE(tree);
  EXPECT_THAT(tree.error().text(), HasSubstr("random_seed"));
}

} // namespace
} // namespace oq::engine
