// Source models of both NRML versions are read exactly, and each mistake is refused with its line.
#include "engine/nrml/source_model.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <regex>

namespace oq::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kPoint = R"(<pointSource id="1" name="One" tectonicRegion="Volcanic">
<pointGeometry>
<gml:Point><gml:pos>-78.182 15.615</gml:pos></gml:Point>
<upperSeismoDepth>0.0</upperSeismoDepth><lowerSeismoDepth>10.0</lowerSeismoDepth>
</pointGeometry>
<magScaleRel>WC1994</magScaleRel>
<ruptAspectRatio>2.0</ruptAspectRatio>
<truncGutenbergRichterMFD aValue="2.47" bValue="0.48" minMag="4.0" maxMag="8.5"/>
<nodalPlaneDist>
<nodalPlane probability="0.3" strike="90.0" dip="45.0" rake="-90.0"/>
<nodalPlane probability="0.7" strike="0" dip="90" rake="180"/>
</nodalPlaneDist>
<hypoDepthDist>
<hypoDepth probability="1.0" depth="8.0"/>
</hypoDepthDist>
</pointSource>
)";

const std::string kArea = R"(<areaSource id="2" name="Two" tectonicRegion="Stable">
<areaGeometry discretization="5">
<gml:Polygon><gml:exterior><gml:LinearRing>
<gml:posList>
 0 0  1 0
 1 1  0 1
</gml:posList>
</gml:LinearRing></gml:exterior></gml:Polygon>
<upperSeismoDepth>-1</upperSeismoDepth><lowerSeismoDepth>20</lowerSeismoDepth>
</areaGeometry>
<magScaleRel>PeerMSR</magScaleRel>
<ruptAspectRatio>1</ruptAspectRatio>
<incrementalMFD minMag="6.5" binWidth="0.1"><occurRates>0.01 0.02</occurRates></incrementalMFD>
<nodalPlaneDist><nodalPlane probability="1" strike="0" dip="90" rake="0"/></nodalPlaneDist>
<hypoDepthDist>
<hypoDepth probability="0.5" depth="4.0"/><hypoDepth probability="0.5" depth="8.0"/>
</hypoDepthDist>
</areaSource>
)";

// The first source's element stands on line 3.
std::string model(const std::string& sources) {
  return "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\" xmlns:gml=\"g\">\n"
         "<sourceModel name=\"m\">\n"
         + sources + "</sourceModel></nrml>";
}

Result<SourceModel> read(const std::string& text) {
  auto document = parse_xml(text, "source_model.xml");
  if (!document)
    return document.error();
  return read_source_model(*document);
}

SourceModel sound(const std::string& text) {
  auto read_model = read(text);
  EXPECT_TRUE(read_model) << read_model.error().text();
  return read_model ? *std::move(read_model) : SourceModel{};
}

TEST(SourceModel, ReadsAPointSource) {
  const SourceModel read_model = sound(model(kPoint));

  ASSERT_EQ(read_model.groups.size(), 1u);
  const Source& source = read_model.groups[0].sources.at(0);
  EXPECT_EQ(source.id, "1");
  EXPECT_EQ(source.where, "source_model.xml:3");
  EXPECT_EQ(std::get<PointGeometry>(source.geometry).location, (LonLat{-78.182, 15.615}));
  EXPECT_EQ(source.lower_seismogenic_depth, 10);
  EXPECT_EQ(source.scaling, ScalingRelation::wc1994);
  EXPECT_EQ(std::get<TruncatedGutenbergRichter>(source.mfd).b_value, 0.48);
  EXPECT_EQ(source.nodal_planes.at(1).rake, 180);
  EXPECT_EQ(source.depths.at(0).depth, 8);
}

TEST(SourceModel, ReadsAnAreaSource) {
  const SourceModel read_model = sound(model(kArea));

  const Source& source = read_model.groups.at(0).sources.at(0);
  const auto& area = std::get<AreaGeometry>(source.geometry);
  EXPECT_THAT(area.polygon, ElementsAre(LonLat{0, 0}, LonLat{1, 0}, LonLat{1, 1}, LonLat{0, 1}));
  EXPECT_EQ(area.discretization_km, 5);
  EXPECT_EQ(source.upper_seismogenic_depth, -1);
  EXPECT_THAT(std::get<IncrementalMfd>(source.mfd).rates, ElementsAre(0.01, 0.02));
  EXPECT_EQ(source.depths.size(), 2u);
}

TEST(SourceModel, AClosedRingIsOpened) {
  const auto read_model =
    sound(model(std::regex_replace(kArea, std::regex("1 1  0 1"), "1 1 0 1 0 0")));

  const Source& source = read_model.groups.at(0).sources.at(0);
  EXPECT_EQ(std::get<AreaGeometry>(source.geometry).polygon.size(), 4u);
}

TEST(SourceModel, ReadsAnArbitraryDistribution) {
  const auto read_model =
    sound(model(std::regex_replace(kPoint, std::regex("<trunc.*/>"),
                                   "<arbitraryMFD><occurRates>0.1 0.2</occurRates>"
                                   "<magnitudes>5 6</magnitudes></arbitraryMFD>")));

  const auto& mfd = std::get<ArbitraryMfd>(read_model.groups.at(0).sources.at(0).mfd);
  EXPECT_THAT(mfd.magnitudes, ElementsAre(5, 6));
}

TEST(SourceModel, UngroupedSourcesAreGroupedByTectonicRegion) {
  const std::string third = std::regex_replace(kPoint, std::regex("id=\"1\""), "id=\"3\"");

  const SourceModel read_model = sound(model(kPoint + kArea + third));

  ASSERT_EQ(read_model.groups.size(), 2u);
  EXPECT_EQ(read_model.groups[0].tectonic_region, "Volcanic");
  EXPECT_EQ(read_model.groups[0].sources.size(), 2u);
  EXPECT_EQ(read_model.groups[1].tectonic_region, "Stable");
}

TEST(SourceModel, SourcesTakeTheTectonicRegionOfTheirGroup) {
  const std::string bare = std::regex_replace(kPoint, std::regex(" tectonicRegion=\".*\""), "");

  const SourceModel read_model =
    sound(model("<sourceGroup name=\"g\" tectonicRegion=\"Stable\" src_interdep=\"indep\">" + bare
                + "</sourceGroup>"));

  EXPECT_EQ(read_model.groups.at(0).name, "g");
  EXPECT_EQ(read_model.groups.at(0).sources.at(0).tectonic_region, "Stable");
}

struct Mistake {
  std::string name, pattern, replacement;
  int line;
  std::string message;
};
std::ostream& operator<<(std::ostream& out, const Mistake& mistake) {
  return out << mistake.name;
}

class SourceMistake : public ::testing::TestWithParam<Mistake> {};

TEST_P(SourceMistake, IsRefusedWithItsLine) {
  const Mistake& mistake = GetParam();

  const auto read_model = read(
    std::regex_replace(model(kPoint + kArea), std::regex(mistake.pattern), mistake.replacement));

  ASSERT_FALSE(read_model);
  EXPECT_EQ(read_model.error().code, Errc::invalid_input);
  EXPECT_EQ(read_model.error().where, "source_model.xml:" + std::to_string(mistake.line));
  EXPECT_THAT(read_model.error().message, HasSubstr(mistake.message));
}

INSTANTIATE_TEST_SUITE_P(
  All, SourceMistake,
  ::testing::Values(
    Mistake{"DuplicateId", "id=\"2\"", "id=\"1\"", 19, "used twice, first in source_model.xml:3"},
    Mistake{"NoId", "id=\"1\"", "", 3, "no attribute 'id'"},
    Mistake{"NoRegion", "tectonicRegion=\"Volcanic\"", "", 3, "has no tectonicRegion"},
    Mistake{"Nan", "aValue=\"2.47\"", "aValue=\"NaN\"", 10, "'NaN' is not a finite number"},
    Mistake{"Infinite", "-78.182", "inf", 5, "'inf' is not a finite number"},
    Mistake{"Longitude", "-78.182", "-178182", 5, "longitude"},
    Mistake{"TwoPoints", "15.615", "15.615 1 2", 5, "one longitude and one latitude"},
    Mistake{"NegativeDepth", "depth=\"8.0\"/>\n</hypoDepthDist>\n</point",
            "depth=\"-8.0\"/>\n</hypoDepthDist>\n</point", 3, "outside its seismogenic depths"},
    Mistake{"DepthInTheSky", "depth=\"8.0\"/>\n</hypoDepthDist>\n</point",
            "depth=\"-80\"/>\n</hypoDepthDist>\n</point", 16, "above the highest ground"},
    Mistake{"DepthOrder", ">10.0<", ">0.0<", 4, "less than lowerSeismoDepth"},
    Mistake{"Scaling", "WC1994", "WC1995", 8, "WC1995"},
    Mistake{"Aspect", ">2.0<", ">0<", 9, "must be above 0"},
    Mistake{"BValue", "bValue=\"0.48\"", "bValue=\"-1\"", 10, "bValue must be above 0"},
    Mistake{"Magnitudes", "maxMag=\"8.5\"", "maxMag=\"3.5\"", 10, "minMag must be below maxMag"},
    Mistake{"HugeMagnitude", "maxMag=\"8.5\"", "maxMag=\"85\"", 10, "between 0 and 11"},
    Mistake{"NoMfd", "<trunc.*/>", "", 3, "no magnitude-frequency distribution"},
    Mistake{"OtherMfd", "<trunc.*/>", "<otherMFD/>", 10,
            "<otherMFD> is not a magnitude-frequency distribution"},
    Mistake{"Probabilities", "probability=\"0.3\"", "probability=\"0.4\"", 11, "sum to 1.1"},
    Mistake{"NegativeProbability", "\"0.3\"", "\"-0.3\"", 11, "not between 0 and 1"},
    Mistake{"NoPlanes", "<nodalPlane p.*/>\n<nodalPlane p.*/>", "", 11, "sum to 0.0"},
    Mistake{"Dip", "dip=\"45.0\"", "dip=\"0\"", 12, "the dip"},
    Mistake{"Strike", "strike=\"90.0\"", "strike=\"-1\"", 12, "the strike"},
    Mistake{"Rake", "rake=\"-90.0\"", "rake=\"181\"", 12, "the rake"},
    Mistake{"OddPositions", "1 1  0 1", "1 1  0", 22, "odd count"},
    Mistake{"TwoCorners", "1 1  0 1", "0 0  1 0", 22, "three different corners"},
    Mistake{"CrossedSides", "0 0  1 0\n 1 1  0 1", "0 0  1 1\n 1 0  0 1", 22, "cross"},
    Mistake{"Discretization", "discretization=\"5\"", "discretization=\"0\"", 20, "above 0"},
    Mistake{"BinWidth", "binWidth=\"0.1\"", "binWidth=\"0\"", 31, "binWidth must be above 0"},
    Mistake{"NegativeRate", ">0.01 0.02<", ">0.01 -0.02<", 31, "rate is negative"},
    Mistake{"NoRates", ">0.01 0.02<", "> <", 31, "<occurRates> is empty"},
    Mistake{"OtherKind", "areaSource", "kiteFaultSource", 19, "has no <kiteSurface>"},
    Mistake{"NoKind", "areaSource", "exposure", 19, "<exposure> is not a kind of source"},
    Mistake{"Dependence", "name=\"Two\"", "temporal_occurrence_model=\"ClusterTOM\"", 19,
            "'ClusterTOM' is not known"}),
  [](const auto& test) {
    return test.param.name;
  });

TEST(SourceModel, SourceWeightsMustBeOne) {
  const auto group = [](const char* weights) {
    return read(model("<sourceGroup srcs_weights=\"" + std::string(weights) + "\">" + kPoint
                      + "</sourceGroup>"));
  };

  EXPECT_TRUE(group("1.0"));
  EXPECT_THAT(group("0.5").error().message, HasSubstr("srcs_weights"));
}

TEST(SourceModel, WithoutSourcesIsRefused) {
  const auto read_model = read(model("<sourceGroup/>"));

  ASSERT_FALSE(read_model);
  EXPECT_THAT(read_model.error().message, HasSubstr("no sources"));
}

// Models of kinds that come later say so; nothing else may be wrong with a reference model.
TEST(SourceModel, ReferenceModelsAreReadOrNotSupportedYet) {
  const char* reference = std::getenv("OQ_REFERENCE_DIR");
  if (!reference)
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: the reference source models are NOT read";
  int read_models = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(reference)) {
    if (entry.path().extension() != ".xml")
      continue;
    const auto document = load_xml(entry.path());
    if (!document || !nrml_content(*document, {"sourceModel"}))
      continue;
    const auto read_model = read_source_model(entry.path());
    const std::string complaint = read_model ? "" : read_model.error().message;
    const bool later = complaint.find("not supported") != std::string::npos
                       || complaint.find("unknown magnitude scaling") != std::string::npos;
    EXPECT_TRUE(read_model || later) << entry.path() << ": " << read_model.error().text();
    read_models += read_model ? 1 : 0;
  }
  EXPECT_GT(read_models, 60);
}

} // namespace
} // namespace oq::engine
