// Source models along the paths: extended, changed, shared, left out.
#include "engine/logictree/tree_folder.hpp"

#include <gmock/gmock.h>

namespace oq::engine {
namespace {

using testing::branch_set;
using ::testing::HasSubstr;
using testing::source;
using testing::TreeFolder;

constexpr const char* kSourceModel = "uncertaintyType=\"sourceModel\"";

// `both.xml` has sources "1" and "2", `volcanic.xml` has "1".
const std::string kBoth = branch_set(kSourceModel, {{"m", "both.xml", "1"}});

const std::string kMultiPoint =
  "<multiPointSource id=\"1\" tectonicRegion=\"Volcanic\"><multiPointGeometry><posList>0 0 1 0"
  "</posList><upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>10</lowerSeismoDepth>"
  "</multiPointGeometry><magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1</ruptAspectRatio>"
  "<multiMFD kind=\"truncGutenbergRichterMFD\" size=\"2\"><a_val>3 3</a_val><b_val>1</b_val>"
  "<min_mag>5</min_mag><max_mag>7</max_mag></multiMFD><nodalPlaneDist><nodalPlane "
  "probability=\"1\" strike=\"0\" dip=\"90\" rake=\"0\"/></nodalPlaneDist><hypoDepthDist>"
  "<hypoDepth probability=\"1\" depth=\"5\"/></hypoDepthDist></multiPointSource>";

std::string set(const std::string& type, const std::vector<testing::BranchText>& branches,
                const std::string& more = "") {
  return branch_set("uncertaintyType=\"" + type + "\" " + more, branches);
}

FullLogicTree sound(const Result<FullLogicTree>& tree) {
  EXPECT_TRUE(tree) << tree.error().text();
  return tree ? *tree : FullLogicTree{};
}

std::string refusal(const Result<FullLogicTree>& tree) {
  return tree ? "accepted" : tree.error().text();
}

const Source& source_of(const FullLogicTree& tree, std::size_t path, const std::string& id) {
  for (const SourceGroup& group : tree.source_paths.at(path).groups)
    for (const Source& candidate : group.sources)
      if (candidate.id == id)
        return candidate;
  ADD_FAILURE() << "no source " << id;
  static const Source none;
  return none;
}

const std::string kScalings =
  set("setMSRAbsolute", {{"p", "PeerMSR", "0.5"}, {"w", "WC1994", "0.5"}}, "applyToSources=\"1\"");

TEST(SourcePaths, AnExtensionAddsItsSources) {
  const TreeFolder folder;
  folder.model("more.xml", source("3", "Volcanic"));
  folder.sources(branch_set(kSourceModel, {{"x", "both.xml", "0.6"}, {"y", "volcanic.xml", "0.4"}})
                 + set("extendModel", {{"e", "more.xml", "1"}}, "applyToBranches=\"x\""));

  const auto tree = sound(folder.read_tree());

  EXPECT_EQ(tree.source_paths.at(0).path, "AAA");
  EXPECT_EQ(tree.source_paths[0].groups.size(), 3u);
  EXPECT_EQ(tree.source_paths.at(1).path, "AB.");
  EXPECT_EQ(tree.source_paths[1].groups.size(), 1u);
}

TEST(SourcePaths, AnUncertaintyChangesTheSourcesItNames) {
  const TreeFolder folder;
  folder.sources(kBoth + kScalings);

  const auto tree = sound(folder.read_tree());

  EXPECT_EQ(source_of(tree, 0, "1").scaling, ScalingRelation::peer);
  EXPECT_EQ(source_of(tree, 1, "1").scaling, ScalingRelation::wc1994);
  EXPECT_EQ(source_of(tree, 0, "2").scaling, ScalingRelation::wc1994);
}

TEST(SourcePaths, AnUncertaintyMayBeOfARegionOrOfAKindOfSource) {
  const TreeFolder folder;
  const std::vector<testing::BranchText> one{{"p", "PeerMSR", "1"}};
  folder.sources(kBoth + set("setMSRAbsolute", one, "applyToTectonicRegionType=\"Stable\""));
  const auto by_region = sound(folder.read_tree());
  folder.sources(kBoth + set("setMSRAbsolute", one, "applyToSourceType=\"area\""));
  const auto by_kind = sound(folder.read_tree());

  EXPECT_EQ(source_of(by_region, 0, "2").scaling, ScalingRelation::peer);
  EXPECT_EQ(source_of(by_region, 0, "1").scaling, ScalingRelation::wc1994);
  EXPECT_EQ(source_of(by_kind, 0, "2").scaling, ScalingRelation::wc1994);
}

TEST(SourcePaths, PathsShareTheSourcesThatTheyChangeAlike) {
  const TreeFolder folder;
  folder.sources(kBoth + kScalings
                 + set("setMSRAbsolute", {{"q", "PeerMSR", "0.5"}, {"v", "WC1994", "0.5"}},
                       "applyToSources=\"2\""));

  const auto tree = sound(folder.read_tree());

  ASSERT_EQ(tree.source_paths.size(), 4u); // p~q, p~v, w~q, w~v
  EXPECT_EQ(&source_of(tree, 0, "1"), &source_of(tree, 1, "1"));
  EXPECT_NE(&source_of(tree, 0, "1"), &source_of(tree, 2, "1"));
  EXPECT_EQ(&source_of(tree, 0, "2"), &source_of(tree, 2, "2"));
}

TEST(SourcePaths, ASourceThatNoModelHasIsNamed) {
  const TreeFolder folder;
  folder.sources(kBoth
                 + set("setMSRAbsolute", {{"p", "PeerMSR", "1"}}, "applyToSources=\"1 nobody\""));

  EXPECT_THAT(refusal(folder.read_tree()),
              HasSubstr("ssmlt.xml:8: applyToSources: no source model has source 'nobody'"));
}

TEST(SourcePaths, AnAbsoluteValueNeedsOneSource) {
  const TreeFolder folder;
  folder.sources(kBoth + set("maxMagGRAbsolute", {{"p", "7", "1"}}));

  EXPECT_THAT(refusal(folder.read_tree()), HasSubstr("ssmlt.xml:8: maxMagGRAbsolute needs"));
}

TEST(SourcePaths, WhatCannotBeAppliedNamesBranchAndSource) {
  const TreeFolder folder;
  folder.sources(kBoth + set("maxMagGRRelative", {{"p", "0.1", "1"}}, "applyToSources=\"1\""));

  EXPECT_THAT(refusal(folder.read_tree()),
              HasSubstr("ssmlt.xml:10: maxMagGRRelative of branch 'p' cannot be applied to source "
                        "'1': its distribution"));
}

// As the reference engine does it.
TEST(SourcePaths, OfDistributionsOfManyPointsTheLastAdjustmentHolds) {
  const TreeFolder folder;
  folder.model("points.xml", kMultiPoint);
  folder.sources(branch_set(kSourceModel, {{"m", "points.xml", "1"}})
                 + set("maxMagGRAbsolute", {{"p", "7.5", "1"}}, "applyToSources=\"1\"")
                 + set("bGRAbsolute", {{"q", "1.2", "1"}}));

  const auto tree = sound(folder.read_tree());

  const auto& points = std::get<MultiMfd>(source_of(tree, 0, "1").mfd).of_points;
  const auto& adjusted = std::get<TruncatedGutenbergRichter>(points.front());
  EXPECT_EQ(adjusted.b_value, 1.2);
  EXPECT_EQ(adjusted.max_mag, 7);
}

// As models in use have it: one set for all sources, some of which have given rates.
TEST(SourcePaths, WithoutNamesAnUncertaintyLeavesWhatItDoesNotFit) {
  const TreeFolder folder;
  folder.sources(kBoth + set("maxMagGRRelative", {{"p", "0.1", "1"}}));

  const auto tree = sound(folder.read_tree());

  EXPECT_EQ(std::get<IncrementalMfd>(source_of(tree, 0, "1").mfd).min_mag, 5);
}

// What the reference engine does with one source: branches without it become one.
TEST(SourcePaths, ForASingleSourceTheBranchesWithoutItBecomeOne) {
  const TreeFolder folder;
  folder.model("two.xml", source("2", "Stable"));
  folder.model("three.xml", source("3", "Stable"));
  folder.sources(branch_set(
    kSourceModel, {{"x", "both.xml", "0.5"}, {"y", "two.xml", "0.3"}, {"z", "three.xml", "0.2"}}));

  const auto tree = sound(folder.read_tree("source_id = 1"));

  ASSERT_EQ(tree.source_paths.size(), 2u);
  EXPECT_EQ(tree.source_paths[0].path, "AA");
  EXPECT_EQ(tree.source_paths[1].path, "AB");
  EXPECT_DOUBLE_EQ(tree.source_paths[1].weight, 0.5);
  EXPECT_TRUE(tree.source_paths[1].groups.empty());
  EXPECT_EQ(tree.gsims.size(), 1u);
}

TEST(SourcePaths, WithABranchNamedTheOthersHaveNoSources) {
  const TreeFolder folder;
  folder.sources(
    branch_set(kSourceModel, {{"x", "both.xml", "0.6"}, {"y", "volcanic.xml", "0.4"}}));

  const auto tree = sound(folder.read_tree("smlt_branch = y"));

  ASSERT_EQ(tree.source_paths.size(), 2u);
  EXPECT_TRUE(tree.source_paths[0].groups.empty());
  EXPECT_EQ(tree.source_paths[1].groups.size(), 1u);
}

TEST(SourcePaths, TheLimitOfPathsIsAnOption) {
  const TreeFolder folder;

  EXPECT_THAT(refusal(folder.read_tree("max_potential_paths = 1")), HasSubstr("more than 1"));
  EXPECT_EQ(refusal(folder.read_tree("max_potential_paths = 2")), "accepted");
}

} // namespace
} // namespace oq::engine
