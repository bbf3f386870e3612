// Both trees together: order, letters and weights of the realizations, and each mistake with its
// place.
#include "engine/logictree/tree_folder.hpp"

#include <gmock/gmock.h>

namespace oq::engine {
namespace {

using testing::branch_set;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::source;
using testing::TreeFolder;

constexpr const char* kSourceModel = "uncertaintyType=\"sourceModel\"";
constexpr const char* kVolcanic =
  "uncertaintyType=\"gmpeModel\" applyToTectonicRegionType=\"Volcanic\"";

constexpr const char* kStable =
  "uncertaintyType=\"gmpeModel\" applyToTectonicRegionType=\"Stable\"";

FullLogicTree sound(const Result<FullLogicTree>& tree) {
  EXPECT_TRUE(tree) << tree.error().text();
  return tree ? *tree : FullLogicTree{};
}

std::vector<std::string> paths(const FullLogicTree& tree) {
  std::vector<std::string> all;
  for (const auto& realization : tree.realizations)
    all.push_back(realization.path);
  return all;
}

std::string refusal(const Result<FullLogicTree>& tree) {
  return tree ? "accepted" : tree.error().text();
}

TEST(LogicTree, RegionsAreSortedAndTheFirstVariesSlowest) {
  const auto tree = sound(TreeFolder().read_tree());

  ASSERT_EQ(tree.gsims.size(), 2u);
  EXPECT_EQ(tree.gsims[0].tectonic_region, "Stable");
  EXPECT_THAT(paths(tree), ElementsAre("A~AA", "A~AB"));
  EXPECT_DOUBLE_EQ(tree.realizations[1].weight, 0.4);
  EXPECT_THAT(tree.realizations[1].gsim_branches, ElementsAre(0, 1));
  EXPECT_EQ(tree.gsim_set("Volcanic"), 1u);
}

TEST(LogicTree, SourcePathsAreSortedByTheirBranchIds) {
  const TreeFolder folder;
  folder.sources(
    branch_set(kSourceModel, {{"z", "both.xml", "0.3"}, {"a", "volcanic.xml both.xml", "0.7"}}));

  const auto tree = sound(folder.read_tree());

  EXPECT_THAT(paths(tree), ElementsAre("AB~AA", "AB~AB", "AA~AA", "AA~AB"));
  EXPECT_DOUBLE_EQ(tree.realizations[0].weight, 0.7 * 0.6);
  EXPECT_EQ(tree.source_paths[0].groups.size(), 3u);
}

TEST(LogicTree, RegionsWithoutSourcesAreLeftOut) {
  const TreeFolder folder;
  folder.sources(branch_set(kSourceModel, {{"b", "volcanic.xml", "1"}}));

  const auto tree = sound(folder.read_tree());

  EXPECT_EQ(tree.gsims.size(), 1u);
  EXPECT_THAT(paths(tree), ElementsAre("A~A", "A~B"));
}

TEST(LogicTree, BothFormsOfFilesMeanTheSame) {
  const TreeFolder folder;
  folder.sources("<logicTreeBranchingLevel branchingLevelID=\"l\">\n"
                 + branch_set(kSourceModel, {{"b", "both.xml", "1"}})
                 + "</logicTreeBranchingLevel>");

  EXPECT_EQ(sound(folder.read_tree()).realizations.size(), 2u);
}

TEST(LogicTree, OptionsLeaveSourcesOut) {
  const TreeFolder folder;

  EXPECT_EQ(sound(folder.read_tree("discard_trts = Stable, Deep Seismicity")).gsims.size(), 1u);
  EXPECT_EQ(sound(folder.read_tree("source_id = 2")).gsims.at(0).tectonic_region, "Stable");
  EXPECT_THAT(refusal(folder.read_tree("source_id = nobody")), HasSubstr("no sources"));
}

TEST(LogicTree, WeightsThatDoNotSumToOneNameTheBranchSet) {
  const TreeFolder folder;
  folder.sources(branch_set(kSourceModel, {{"a", "both.xml", "0.5"}, {"b", "both.xml", "0.4"}}));

  EXPECT_THAT(refusal(folder.read_tree()),
              HasSubstr("ssmlt.xml:2: the weights of branch set 'bs-a'"));
}

TEST(LogicTree, AWeightMustBeANumberBetweenZeroAndOne) {
  const TreeFolder folder;
  const auto with_weight = [&](const std::string& weight) {
    folder.sources(branch_set(kSourceModel, {{"a", "both.xml", weight}}));
    return refusal(folder.read_tree());
  };

  EXPECT_THAT(with_weight("nan"), HasSubstr("ssmlt.xml:5"));
  EXPECT_THAT(with_weight("-1"), HasSubstr("ssmlt.xml:5"));
  EXPECT_THAT(with_weight(""), HasSubstr("ssmlt.xml:5"));
}

TEST(LogicTree, AMissingSourceModelNamesItsBranch) {
  const TreeFolder folder;
  folder.sources(branch_set(kSourceModel, {{"a", "both.xml nowhere.xml", "1"}}));

  EXPECT_THAT(refusal(folder.read_tree()),
              HasSubstr("ssmlt.xml:4: source model: there is no file 'nowhere.xml'"));
}

TEST(LogicTree, AConfinedJobCannotNameFilesOutside) {
  const TreeFolder outside;
  const TreeFolder folder;
  folder.sources(branch_set(kSourceModel, {{"a", (outside.path() / "both.xml").string(), "1"}}));

  EXPECT_THAT(refusal(folder.read_tree("", true)), HasSubstr("outside the calculation's folder"));
  EXPECT_EQ(refusal(folder.read_tree()), "accepted");
}

TEST(LogicTree, AConfinedModelArgumentCannotNameFilesOutside) {
  const TreeFolder folder;
  folder.gsims(branch_set(kVolcanic, {{"a", "[GMPETable]\ngmpe_table = \"/etc/passwd\"", "1"}}));

  EXPECT_THAT(refusal(folder.read_tree("", true)),
              HasSubstr("gmmlt.xml:4: gmpe_table: the file '/etc/passwd' is outside"));
}

TEST(LogicTree, AConfinedTableOfAnAdjustmentCannotLieOutside) {
  const TreeFolder folder;
  folder.gsims(
    branch_set(kVolcanic, {{"a", "[ChiouYoungs2014]\ndelta_gamma_tab = \"/etc/passwd\"", "1"}}));

  EXPECT_THAT(refusal(folder.read_tree("", true)),
              HasSubstr("gmmlt.xml:4: delta_gamma_tab: the file '/etc/passwd' is outside"));
}

TEST(LogicTree, AMistakeInASourceModelNamesThatFile) {
  const TreeFolder folder;
  folder.model("both.xml", "<pointSource/>");

  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("both.xml:2"));
}

TEST(LogicTree, AnUnknownModelNamesItsBranch) {
  const TreeFolder folder;
  folder.gsims(branch_set(kVolcanic, {{"a", "SadighEtAl1998", "1"}}));

  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("gmmlt.xml:4"));
  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("SadighEtAl1998"));
}

TEST(LogicTree, AnUnknownModelOfARegionWithoutSourcesIsNobodysConcern) {
  const TreeFolder folder;
  folder.gsims(branch_set("uncertaintyType=\"gmpeModel\" applyToTectonicRegionType=\"Deep\"",
                          {{"c", "SadighEtAl1998", "1"}})
               + branch_set(kVolcanic, {{"a", "SadighEtAl1997", "1"}}));
  folder.sources(branch_set(kSourceModel, {{"b", "volcanic.xml", "1"}}));

  EXPECT_EQ(sound(folder.read_tree()).gsims.at(0).tectonic_region, "Volcanic");
}

TEST(LogicTree, ARegionWithoutModelsIsNamed) {
  const TreeFolder folder;
  folder.gsims(branch_set(kVolcanic, {{"a", "SadighEtAl1997", "1"}}));

  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("tectonic region 'Stable'"));
}

TEST(LogicTree, ABranchIdTwiceIsRefused) {
  const TreeFolder folder;
  folder.sources(branch_set(kSourceModel, {{"a", "both.xml", "0.5"}, {"a", "both.xml", "0.5"}}));

  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("branch 'a' comes twice"));
}

TEST(LogicTree, ABranchSetIdTwiceIsRefused) {
  const TreeFolder folder;
  const auto set = branch_set(kSourceModel, {{"a", "both.xml", "1"}});
  folder.sources(set + set);

  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("branch set 'bs-a' comes twice"));
}

// Published ground-motion trees name branches after their models, which serve several regions.
TEST(LogicTree, GroundMotionBranchesMayShareAnId) {
  const TreeFolder folder;
  folder.gsims(
    branch_set(kVolcanic, {{"a", "SadighEtAl1997", "1"}})
    + branch_set(kStable, {{"b", "SadighEtAl1997", "0.5"}, {"a", "ToroEtAl2002", "0.5"}}));

  EXPECT_EQ(sound(folder.read_tree()).realizations.size(), 2u);
}

TEST(LogicTree, AnUnknownUncertaintyIsRefused) {
  const TreeFolder folder;
  folder.gsims(branch_set("uncertaintyType=\"gmpe\" applyToTectonicRegionType=\"Volcanic\"",
                          {{"a", "SadighEtAl1997", "1"}}));

  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("'gmpe' has no place"));
}

TEST(LogicTree, AnUnknownUncertaintyOfSourcesIsRefused) {
  const TreeFolder folder;
  folder.sources(branch_set(kSourceModel, {{"a", "both.xml", "1"}})
                 + branch_set("uncertaintyType=\"maxMagGR\"", {{"b", "7", "1"}}));

  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("ssmlt.xml:8: uncertaintyType 'maxMagGR'"));
}

TEST(LogicTree, AnEmptyTreeIsRefused) {
  const TreeFolder folder;
  folder.sources("");
  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("no branch set"));

  folder.sources(branch_set(kSourceModel, {}));
  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("has no branches"));
}

} // namespace
} // namespace oq::engine
