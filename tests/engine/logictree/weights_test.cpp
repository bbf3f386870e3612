// Weights by intensity measure type, and sets of models collapsed to their mean.
#include "engine/logictree/tree_folder.hpp"

#include <gmock/gmock.h>

namespace oq::engine {
namespace {

using ::testing::HasSubstr;
using testing::TreeFolder;

// Two branches for the volcanic region, each with the weights given as XML.
void write_gsims(const TreeFolder& folder, const std::string& first, const std::string& second) {
  const auto branch = [](const std::string& id, const std::string& model,
                         const std::string& weights) {
    return "<logicTreeBranch branchID=\"" + id + "\"><uncertaintyModel>" + model
           + "</uncertaintyModel>" + weights + "</logicTreeBranch>";
  };
  folder.gsims(
    "<logicTreeBranchSet branchSetID=\"v\" uncertaintyType=\"gmpeModel\" "
    "applyToTectonicRegionType=\"Volcanic\">"
    + branch("v1", "SadighEtAl1997", first) + branch("v2", "BooreAtkinson2008", second)
    + "</logicTreeBranchSet>"
    + testing::branch_set("uncertaintyType=\"gmpeModel\" applyToTectonicRegionType=\"Stable\"",
                          {{"s", "SadighEtAl1997", "1"}}));
}

std::string weight(const std::string& value, const std::string& imt = "") {
  return "<uncertaintyWeight" + (imt.empty() ? "" : " imt=\"" + imt + "\"") + ">" + value
         + "</uncertaintyWeight>";
}

TEST(ImtWeights, HoldForTheirTypeAlone) {
  const TreeFolder folder; // PGA and SA(0.1)
  write_gsims(folder, weight("0.7") + weight("0.2", "SA(0.1)"),
              weight("0.3") + weight("0.8", "SA(0.1)"));

  const auto tree = folder.read_tree();

  ASSERT_TRUE(tree) << tree.error().text();
  const Realization& first = tree->realizations.at(0);
  EXPECT_DOUBLE_EQ(first.weight, 0.7);
  EXPECT_DOUBLE_EQ(first.weight_for(0), 0.7);
  EXPECT_DOUBLE_EQ(first.weight_for(1), 0.2);
}

TEST(ImtWeights, MustSumToOneForEachType) {
  const TreeFolder folder;
  write_gsims(folder, weight("0.7") + weight("0.2", "SA(0.1)"),
              weight("0.3") + weight("0.7", "SA(0.1)"));

  const auto tree = folder.read_tree();

  ASSERT_FALSE(tree);
  EXPECT_THAT(tree.error().text(),
              HasSubstr("gmmlt.xml:2: the weights of branch set 'v' for SA(0.1)"));
}

TEST(ImtWeights, OfAnUnknownTypeAreRefused) {
  const TreeFolder folder;
  write_gsims(folder, weight("1", "PGX"), weight("0", "PGX"));

  const auto tree = folder.read_tree();

  ASSERT_FALSE(tree);
  EXPECT_THAT(tree.error().text(), HasSubstr("unknown intensity measure type 'PGX'"));
}

TEST(ImtWeights, AreNotKeptWhenNoBranchHasThem) {
  const TreeFolder folder;
  const auto tree = folder.read_tree();

  ASSERT_TRUE(tree);
  EXPECT_TRUE(tree->realizations.at(0).imt_weights.empty());
  EXPECT_EQ(tree->realizations[0].weight_for(1), tree->realizations[0].weight);
}

TEST(CollapsedBranchSet, MustBeThere) {
  const auto tree = TreeFolder().read_tree("collapse_gsim_logic_tree = bs-none");

  ASSERT_FALSE(tree);
  EXPECT_THAT(tree.error().text(),
              HasSubstr("job.ini:13: the ground-motion logic tree has no branch set 'bs-none'"));
}

TEST(CollapsedBranchSet, IsOneModelOfMeanProbabilities) {
  const auto tree = TreeFolder().read_tree("collapse_gsim_logic_tree = bs-v1");

  ASSERT_TRUE(tree) << tree.error().text();
  const auto& branches = tree->gsims.at(tree->gsim_set("Volcanic")).branches;
  ASSERT_EQ(branches.size(), 1u);
  EXPECT_EQ(branches[0].gsim.name, "AvgPoeGMPE");
  EXPECT_EQ(branches[0].gsim.arguments.at("b1").as_object().begin()->key(), "SadighEtAl1997");
}

} // namespace
} // namespace oq::engine
