// What a source model says of how its sources happen together.
#include "engine/nrml/source_model.hpp"

#include <gtest/gtest.h>

#include <string>

namespace oq::engine {
namespace {

std::string rupture() {
  return R"(<griddedRupture probs_occur="0.9 0.1"><magnitude>6</magnitude><rake>0</rake>
    <hypocenter lon="0" lat="0" depth="5"/><griddedSurface><gml:posList>0 0 5 0.1 0 5 0 0.1 10
    </gml:posList></griddedSurface></griddedRupture>)";
}

std::string source(const std::string& id, const std::string& attributes = "") {
  return "<nonParametricSeismicSource id=\"" + id + "\" " + attributes + ">" + rupture()
         + rupture() + "</nonParametricSeismicSource>";
}

Result<SourceModel> read(const std::string& attributes, const std::string& sources) {
  const std::string text = R"(<?xml version="1.0"?><nrml
    xmlns="http://openquake.org/xmlns/nrml/0.5" xmlns:gml="http://www.opengis.net/gml">
    <sourceModel><sourceGroup tectonicRegion="Stable" )"
                           + attributes + ">" + sources + "</sourceGroup></sourceModel></nrml>";
  OQ_TRY(const XmlDocument document, parse_xml(text, "model.xml"));
  return read_source_model(document);
}

std::string refusal(const std::string& attributes, const std::string& sources) {
  const auto model = read(attributes, sources);
  return model ? "" : model.error().text();
}

TEST(SourceDependence, GroupsAreIndependentByDefault) {
  const auto model = read(R"(src_interdep="indep" rup_interdep="indep" srcs_weights="1 1")",
                          source("a") + source("b"));

  ASSERT_TRUE(model) << model.error().text();
  EXPECT_TRUE(model->groups[0].dependence.independent());
}

TEST(SourceDependence, MutuallyExclusiveSourcesHaveWeights) {
  const auto model =
    read(R"(src_interdep="mutex" srcs_weights="0.25 0.75" grp_probability="0.01")",
         source("a") + source("b"));

  ASSERT_TRUE(model) << model.error().text();
  EXPECT_TRUE(model->groups[0].dependence.mutex_sources);
  EXPECT_EQ(model->groups[0].dependence.probability, 0.01);
  EXPECT_EQ(model->groups[0].sources[1].mutex_weight, 0.75);
}

TEST(SourceDependence, MutuallyExclusiveRupturesHaveWeights) {
  const auto model =
    read(R"(rup_interdep="mutex")", source("a", R"(rup_weights="0.4 0.6")"));

  ASSERT_TRUE(model) << model.error().text();
  EXPECT_TRUE(model->groups[0].dependence.mutex_ruptures);
  const auto& geometry = std::get<NonParametricGeometry>(model->groups[0].sources[0].geometry);
  EXPECT_EQ(geometry.ruptures[1].weight, 0.6);
}

TEST(SourceDependence, AClusterHasARate) {
  const auto model = read(R"(cluster="true" tom="PoissonTOM" occurrence_rate="0.002")", source("a"));

  ASSERT_TRUE(model) << model.error().text();
  EXPECT_TRUE(model->groups[0].dependence.cluster);
  EXPECT_EQ(model->groups[0].dependence.occurrence_rate, 0.002);
}

TEST(SourceDependence, NegativeBinomialSourcesHaveADispersion) {
  const auto model =
    read("", source("a", R"(tom="NegativeBinomialTOM" mu="0.1" alpha="2")"));

  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ(model->groups[0].sources[0].dispersion, 2.0);
}

TEST(SourceDependence, WhatCannotBeMeantIsRefused) {
  const std::string two = source("a") + source("b");

  EXPECT_NE(refusal(R"(src_interdep="mutex" srcs_weights="0.5 0.2")", two).find("sum to 1"),
            std::string::npos);
  EXPECT_NE(refusal(R"(src_interdep="mutex" srcs_weights="1")", two).find("2 sources"),
            std::string::npos);
  EXPECT_NE(refusal(R"(srcs_weights="0.5 0.5")", two).find("mutex"), std::string::npos);
  EXPECT_NE(refusal(R"(src_interdep="maybe")", two).find("maybe"), std::string::npos);
  EXPECT_NE(refusal(R"(cluster="true")", two).find("occurrence_rate"), std::string::npos);
  EXPECT_NE(refusal(R"(tom="WeibullTOM")", two).find("WeibullTOM"), std::string::npos);
  EXPECT_NE(refusal("", source("a", R"(tom="NegativeBinomialTOM")")).find("alpha"),
            std::string::npos);
  EXPECT_NE(refusal("", source("a", R"(rup_weights="0.4")")).find("2 ruptures"),
            std::string::npos);
}

} // namespace
} // namespace oq::engine
