// What each type of uncertainty does to a source; numbers from the formulas of engine notes 2.3 and
// from the tables of the papers.
#include "engine/logictree/uncertainty.hpp"

#include "engine/rupture/fault_ruptures.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace oq::engine {
namespace {

using ::testing::HasSubstr;

Result<UncertaintyValue> value_of(const std::string& type, const std::string& inside) {
  const auto document =
    parse_xml("<uncertaintyModel>" + inside + "</uncertaintyModel>", "tree.xml");
  EXPECT_TRUE(document);
  return read_uncertainty(type, document->root());
}

std::string refusal(const std::string& type, const std::string& inside, Source source) {
  const auto value = value_of(type, inside);
  if (!value)
    return value.error().text();
  const auto done = apply_uncertainty(type, *value, source);
  return done ? "accepted" : done.error().text();
}

Source changed(Source source, const std::string& type, const std::string& inside) {
  EXPECT_EQ(refusal(type, inside, source), "accepted");
  const auto value = value_of(type, inside);
  EXPECT_TRUE(apply_uncertainty(type, *value, source));
  return source;
}

Source point() {
  Source source;
  source.id = "p";
  source.lower_seismogenic_depth = 10;
  source.geometry = PointGeometry{};
  source.mfd = TruncatedGutenbergRichter{.a_value = 4, .b_value = 1, .min_mag = 5, .max_mag = 7};
  return source;
}

// About 40 km by 15 km, vertical.
Source fault() {
  Source source = point();
  source.geometry = SimpleFaultGeometry{{{0, 0}, {0.36, 0}}, 90, 0, 15};
  source.lower_seismogenic_depth = 15;
  return source;
}

const TruncatedGutenbergRichter& richter(const Source& source) {
  return std::get<TruncatedGutenbergRichter>(source.mfd);
}

// Of the density, by the trapezoidal rule: another way than the closed form under test.
double moment_rate(const TruncatedGutenbergRichter& mfd) {
  constexpr int steps = 20000;
  const double width = (mfd.max_mag - mfd.min_mag) / steps;
  double sum = 0;
  for (int i = 0; i <= steps; ++i) {
    const double m = mfd.min_mag + i * width;
    const double density =
      std::log(10.0) * mfd.b_value * std::pow(10, mfd.a_value - mfd.b_value * m);
    sum += (i == 0 || i == steps ? 0.5 : 1.0) * density * std::pow(10, 1.5 * m + 9.05) * width;
  }
  return sum;
}

TEST(Uncertainty, AbsoluteValuesReplaceTheNumbers) {
  const Source ab = changed(point(), "abGRAbsolute", " 3.5 0.9 ");
  EXPECT_EQ(richter(ab).a_value, 3.5);
  EXPECT_EQ(richter(ab).b_value, 0.9);
  EXPECT_EQ(richter(changed(point(), "bGRAbsolute", "1.1")).b_value, 1.1);
  const Source mag = changed(point(), "maxMagGRAbsolute", "7.4");
  EXPECT_EQ(richter(mag).max_mag, 7.4);
  EXPECT_EQ(richter(mag).a_value, 4);
}

TEST(Uncertainty, RelativeValuesKeepTheMomentRate) {
  const double before = moment_rate(richter(point()));

  const Source larger = changed(point(), "maxMagGRRelative", "+0.3");
  const Source steeper = changed(point(), "bGRRelative", "-0.1");

  EXPECT_DOUBLE_EQ(richter(larger).max_mag, 7.3);
  EXPECT_NEAR(moment_rate(richter(larger)) / before, 1, 1e-6);
  EXPECT_DOUBLE_EQ(richter(steeper).b_value, 0.9);
  EXPECT_NEAR(moment_rate(richter(steeper)) / before, 1, 1e-6);
}

TEST(Uncertainty, TheMomentRateIsKeptAtABValueOfThreeHalves) {
  Source source = point();
  std::get<TruncatedGutenbergRichter>(source.mfd).b_value = 1.5;

  const Source larger = changed(source, "maxMagGRRelative", "0.3");

  EXPECT_NEAR(moment_rate(richter(larger)) / moment_rate(richter(source)), 1, 1e-6);
}

TEST(Uncertainty, TheLargestMagnitudeMayGrowAlone) {
  const Source source = changed(point(), "maxMagGRRelativeNoMoBalance", "0.2");

  EXPECT_DOUBLE_EQ(richter(source).max_mag, 7.2);
  EXPECT_EQ(richter(source).a_value, 4);
}

TEST(Uncertainty, AllPointsOfAMultiPointSourceChange) {
  Source source = point();
  source.mfd = MultiMfd{{richter(point()), richter(point())}};

  const Source result = changed(source, "maxMagGRAbsolute", "7.1");

  for (const SingleMfd& mfd : std::get<MultiMfd>(result.mfd).of_points)
    EXPECT_EQ(std::get<TruncatedGutenbergRichter>(mfd).max_mag, 7.1);
}

// Wells and Coppersmith (1994), strike slip: M = 3.98 + 1.02 log10(A), sigma 0.23.
TEST(Uncertainty, TheLargestMagnitudeFollowsTheFaultsArea) {
  const double area = *fault_area(fault());
  ASSERT_NEAR(area, 40 * 15, 20);

  const double median = 3.98 + 1.02 * std::log10(area);
  EXPECT_NEAR(richter(changed(fault(), "recomputeMmax", "0")).max_mag, median, 1e-12);
  EXPECT_NEAR(richter(changed(fault(), "recomputeMmax", "-1")).max_mag, median - 0.23, 1e-12);
}

TEST(Uncertainty, TheRateFollowsTheSlip) {
  const std::string slow = "<faultActivityData slipRate=\"2.0\" rigidity=\"30\"/>";
  const std::string fast = "<faultActivityData slipRate=\"20.0\" rigidity=\"30\"/>";

  const double difference =
    richter(changed(fault(), "truncatedGRFromSlipAbsolute", fast)).a_value
    - richter(changed(fault(), "truncatedGRFromSlipAbsolute", slow)).a_value;

  EXPECT_NEAR(difference, 1, 1e-12);
}

TEST(Uncertainty, TheConstantOfTheMomentMayBeGiven) {
  const auto a_value = [](const std::string& constant) {
    return richter(
             changed(fault(), "truncatedGRFromSlipAbsolute",
                     "<faultActivityData slipRate=\"2\" recompute_mmax=\"\"" + constant + "/>"))
      .a_value;
  };

  EXPECT_NEAR(a_value(" constant_term=\"9.05\"") - a_value(""), 0.05, 1e-12);
}

TEST(Uncertainty, ASlipRateMayComeWithTheLargestMagnitude) {
  const Source source = changed(fault(), "truncatedGRFromSlipAbsolute",
                                "<faultActivityData slipRate=\"2\" recompute_mmax=\"1\"/>");

  EXPECT_EQ(richter(source).max_mag, richter(changed(fault(), "recomputeMmax", "1")).max_mag);
}

TEST(Uncertainty, LaterChangesSeeEarlierOnes) {
  const Source deep = changed(fault(), "setLowerSeismDepthAbsolute", "30");

  EXPECT_EQ(std::get<SimpleFaultGeometry>(deep.geometry).lower_depth, 30);
  EXPECT_NEAR(richter(changed(deep, "recomputeMmax", "0")).max_mag
                - richter(changed(fault(), "recomputeMmax", "0")).max_mag,
              1.02 * std::log10(2.0), 1e-3);
}

TEST(Uncertainty, DistributionsAndScalingRelationsAreReplaced) {
  const Source source = changed(point(), "incrementalMFDAbsolute",
                                "<incrementalMFD minMag=\"5\" binWidth=\"0.5\"><occurRates>0.1 "
                                "0.2</occurRates></incrementalMFD>");
  EXPECT_EQ(std::get<IncrementalMfd>(source.mfd).rates.size(), 2u);
  EXPECT_EQ(changed(point(), "setMSRAbsolute", " PeerMSR ").scaling, ScalingRelation::peer);
}

TEST(Uncertainty, DipsAreSetAndTilted) {
  const Source set = changed(fault(), "simpleFaultDipAbsolute", "50");

  EXPECT_EQ(std::get<SimpleFaultGeometry>(set.geometry).dip, 50);
  EXPECT_EQ(
    std::get<SimpleFaultGeometry>(changed(set, "simpleFaultDipRelative", "-10").geometry).dip, 40);
  EXPECT_THAT(refusal("simpleFaultDipRelative", "10", fault()), HasSubstr("would become 100"));
}

constexpr const char* kFault =
  "<simpleFaultGeometry><LineString><posList>1 0 2 0</posList></LineString><dip>45</dip>"
  "<upperSeismoDepth>1</upperSeismoDepth><lowerSeismoDepth>9</lowerSeismoDepth>"
  "</simpleFaultGeometry>";

TEST(Uncertainty, GeometriesAreReplacedByTheirOwnKind) {
  const Source moved = changed(fault(), "simpleFaultGeometryAbsolute", kFault);

  EXPECT_EQ(std::get<SimpleFaultGeometry>(moved.geometry).dip, 45);
  EXPECT_EQ(moved.upper_seismogenic_depth, 1);
  EXPECT_THAT(refusal("simpleFaultGeometryAbsolute", kFault, point()), HasSubstr("another kind"));
}

TEST(Uncertainty, AnAreaTakesItsPolygonAndDepths) {
  Source area = point();
  area.geometry = AreaGeometry{{{0, 0}, {1, 0}, {1, 1}}, 0};

  const Source moved =
    changed(area, "areaSourceGeometryAbsolute",
            "<areaGeometry><Polygon><exterior><LinearRing><posList>5 5 6 5 6 6</posList>"
            "</LinearRing></exterior></Polygon><upperSeismoDepth>2</upperSeismoDepth>"
            "<lowerSeismoDepth>20</lowerSeismoDepth></areaGeometry>");

  EXPECT_EQ(std::get<AreaGeometry>(moved.geometry).polygon.front(), (LonLat{5, 5}));
  EXPECT_EQ(moved.lower_seismogenic_depth, 20);
}

TEST(Uncertainty, ACharacteristicSurfaceMayChangeItsForm) {
  Source source = point();
  source.geometry = CharacteristicGeometry{ComplexFaultGeometry{}};

  const Source result = changed(source, "characteristicFaultGeometryAbsolute",
                                "<surface>" + std::string(kFault) + "</surface>");

  const auto& surface = std::get<CharacteristicGeometry>(result.geometry).surface;
  EXPECT_TRUE(std::holds_alternative<SimpleFaultGeometry>(surface));
}

TEST(Uncertainty, WhatDoesNotFitTheSourceIsRefused) {
  Source incremental = point();
  incremental.mfd = IncrementalMfd{5, 1, {0.1}};

  EXPECT_THAT(refusal("maxMagGRRelative", "0.1", incremental),
              HasSubstr("not a truncated Gutenberg-Richter"));
  EXPECT_THAT(refusal("maxMagGRAbsolute", "4.9", point()), HasSubstr("magnitudes 5 to 4.9"));
  EXPECT_THAT(refusal("simpleFaultDipAbsolute", "40", point()), HasSubstr("not a simple fault"));
}

TEST(Uncertainty, AValueThatCannotBeReadNamesItsLine) {
  EXPECT_THAT(refusal("abGRAbsolute", "3.5", point()),
              HasSubstr("tree.xml:1: an a-value and a b-"));
  EXPECT_THAT(refusal("maxMagGRRelative", "big", point()), HasSubstr("tree.xml:1"));
  EXPECT_THAT(refusal("setMSRAbsolute", "WC1995", point()), HasSubstr("'WC1995'"));
}

} // namespace
} // namespace oq::engine
