// Tests of reading faults, characteristic and non-parametric sources and their mistakes.
#include "engine/nrml/source_model.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace oq::engine {
namespace {

const std::string kSimple = R"(<simpleFaultSource id="s" tectonicRegion="Stable">
<simpleFaultGeometry>
<gml:LineString><gml:posList>0 0 1 0</gml:posList></gml:LineString>
<dip>60</dip><upperSeismoDepth>1</upperSeismoDepth><lowerSeismoDepth>10</lowerSeismoDepth>
</simpleFaultGeometry>
<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>
<truncGutenbergRichterMFD slipRate="2" rigidity="32" bValue="0.9" minMag="5" maxMag="7"/>
<rake>90</rake>
<hypoList><hypo alongStrike="0.5" downDip="0.5" weight="1"/></hypoList>
<slipList><slip weight="1">0</slip></slipList>
</simpleFaultSource>
)";

const std::string kGiven = R"(<nonParametricSeismicSource id="n" tectonicRegion="Stable">
<griddedRupture probs_occur="0.9 0.1">
<magnitude>7</magnitude><rake>-90</rake><hypocenter lon="0" lat="0" depth="50"/>
<griddedSurface><gml:posList>0 0 40 0.1 0 40 0 0.1 60</gml:posList></griddedSurface>
</griddedRupture>
</nonParametricSeismicSource>
)";

const std::string kCharacteristic = R"(<characteristicFaultSource id="c" tectonicRegion="Stable">
<YoungsCoppersmithMFD minMag="5" bValue="1" binWidth="0.1" characteristicMag="7" characteristicRate="0.01"/>
<rake>0</rake>
<surface>
<planarSurface>
<topLeft lon="0" lat="0" depth="0"/><topRight lon="1" lat="0" depth="0"/>
<bottomLeft lon="0" lat="0" depth="9"/><bottomRight lon="1" lat="0" depth="9"/>
</planarSurface>
</surface>
</characteristicFaultSource>
)";

const std::string kMany = R"(<multiPointSource id="m" tectonicRegion="Stable">
<multiPointGeometry><gml:posList>0 0 1 1</gml:posList>
<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>10</lowerSeismoDepth></multiPointGeometry>
<magScaleRel>PeerMSR</magScaleRel><ruptAspectRatio>1</ruptAspectRatio>
<multiMFD kind="incrementalMFD" size="2">
<min_mag>5 6</min_mag><bin_width>0.1</bin_width>
<occurRates>0.1 0.2 0.3</occurRates><lengths>2 1</lengths>
</multiMFD>
<nodalPlaneDist><nodalPlane probability="1" strike="0" dip="90" rake="0"/></nodalPlaneDist>
<hypoDepthDist><hypoDepth probability="1" depth="5"/></hypoDepthDist>
</multiPointSource>
)";

Result<Source> read(const std::string& source) {
  OQ_TRY(const auto document,
         parse_xml("<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\" xmlns:gml=\"g\">"
                   "<sourceModel>"
                     + source + "</sourceModel></nrml>",
                   "model.xml"));
  OQ_TRY(auto model, read_source_model(document));
  return std::move(model.groups.front().sources.front());
}

std::string refusal(const std::string& source, const std::string& text, const std::string& by) {
  const auto result = read(std::regex_replace(source, std::regex(text), by));
  return result ? "accepted" : result.error().text();
}

TEST(FaultSources, ASimpleFaultIsReadWithItsSlipRateAndHypocentres) {
  const auto source = read(kSimple);

  ASSERT_TRUE(source) << source.error().text();
  EXPECT_EQ(std::get<SimpleFaultGeometry>(source->geometry).dip, 60);
  EXPECT_EQ(std::get<TruncatedGutenbergRichter>(source->mfd).slip_rate, 2);
  EXPECT_EQ(source->hypocentres.size(), 1u);
}

// As NumPy rounds: 7573235.5 to the even neighbour.
TEST(FaultSources, CoordinatesAreKeptToFiveDecimals) {
  const auto source = read(std::regex_replace(kSimple, std::regex("0 0 1 0"),
                                              "-75.714272 6.15892718 -75.732355 6.213497"));

  ASSERT_TRUE(source) << source.error().text();
  const auto& trace = std::get<SimpleFaultGeometry>(source->geometry).trace;
  EXPECT_EQ(trace, (std::vector<LonLat>{{-75.71427, 6.15893}, {-75.73236, 6.2135}}));
}

TEST(FaultSources, MistakesOfASimpleFaultAreNamedWithTheirLine) {
  EXPECT_EQ(refusal(kSimple, "0 0 1 0", "0 0"),
            "model.xml:3: a fault trace needs two different points or more");
  EXPECT_EQ(refusal(kSimple, "<dip>60", "<dip>0"),
            "model.xml:2: the dip is not above 0 and at most 90");
  EXPECT_EQ(refusal(kSimple, "weight=\"1\"/>", "weight=\"0.5\"/>"),
            "model.xml:9: the weights of <hypoList> do not sum to 1");
  EXPECT_EQ(refusal(kSimple, "rigidity=\"32\"", "rigidity=\"0\""),
            "model.xml:7: slipRate and rigidity must be above 0");
  EXPECT_EQ(refusal(kSimple, "<rake>90", "<rake>900"),
            "model.xml:8: the rake is not between -180 and 180");
}

TEST(FaultSources, ACharacteristicFaultKeepsItsRectangles) {
  const auto source = read(kCharacteristic);

  ASSERT_TRUE(source) << source.error().text();
  const auto& surface = std::get<CharacteristicGeometry>(source->geometry).surface;
  EXPECT_EQ(std::get<std::vector<PlanarSurface>>(surface).front().bottom_right.depth, 9);
}

TEST(FaultSources, ARectangleUpsideDownIsRefused) {
  EXPECT_EQ(refusal(kCharacteristic, "depth=\"9\"", "depth=\"-1\""),
            "model.xml:5: the top edge of the rectangle is not above the bottom edge");
}

TEST(FaultSources, ANonParametricRuptureKeepsItsPointsAndProbabilities) {
  const auto source = read(kGiven);

  ASSERT_TRUE(source) << source.error().text();
  const auto& rupture = std::get<NonParametricGeometry>(source->geometry).ruptures.front();
  EXPECT_EQ(std::get<GriddedSurface>(rupture.surface).points.size(), 3u);
  EXPECT_EQ(rupture.probabilities[1], 0.1);
}

TEST(FaultSources, ProbabilitiesOfOccurrenceSumToOne) {
  EXPECT_EQ(refusal(kGiven, "0.9 0.1", "0.9 0.2"),
            "model.xml:2: probs_occur must be two probabilities or more that sum to 1, not to 1.1");
}

TEST(FaultSources, EveryPointHasItsListOfRates) {
  const auto source = read(kMany);

  ASSERT_TRUE(source) << source.error().text();
  const auto& mfds = std::get<MultiMfd>(source->mfd).of_points;
  ASSERT_EQ(mfds.size(), 2u);
  EXPECT_EQ(std::get<IncrementalMfd>(mfds[0]).rates.size(), 2u);
  EXPECT_EQ(std::get<IncrementalMfd>(mfds[1]).rates.front(), 0.3);
  EXPECT_EQ(std::get<IncrementalMfd>(mfds[1]).min_mag, 6);
}

TEST(FaultSources, LengthsThatDoNotFitAreRefused) {
  EXPECT_EQ(refusal(kMany, "<lengths>2 1", "<lengths>2 -1"),
            "model.xml:7: a length in <lengths> is not a whole number above 0");
  EXPECT_EQ(refusal(kMany, "<lengths>2 1", "<lengths>2 2"),
            "model.xml:7: <occurRates> does not have as many numbers as the lengths say");
  EXPECT_EQ(refusal(kMany, "size=\"2\"", "size=\"3\""),
            "model.xml:6: there are 2 values for 3 points");
}

} // namespace
} // namespace oq::engine
