// The exposure reader: values, order, and what it refuses and where.
#include "engine/risk/exposure.hpp"

#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Exposures below start their first asset in line 4.
std::string exposure(const std::string& cost_type, const std::string& assets,
                     const std::string& area = "") {
  return "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><exposureModel "
         "category=\"buildings\">"
         "\n<conversions>"
         + area + "<costTypes><costType name=\"structural\" unit=\"EUR\" type=\"" + cost_type
         + "\"/></costTypes></conversions>\n<assets>\n" + assets
         + "</assets></exposureModel></nrml>";
}

std::string asset(const std::string& id, double lon, const std::string& value = "100",
                  const std::string& more = "") {
  return "<asset id=\"" + id + "\" taxonomy=\"W\" " + more + "><location lon=\""
         + std::to_string(lon) + "\" lat=\"45\"/><costs><cost type=\"structural\" value=\"" + value
         + "\"/></costs></asset>\n";
}

class ExposureReader : public ::testing::Test {
protected:
  Result<Exposure> read(const std::string& xml) {
    job_.inputs["exposure"] = {folder_.write("e.xml", xml)};
    return read_exposure(job_);
  }

  void expect_refused(const std::string& xml, const std::string& where, const std::string& why) {
    const auto exposure = read(xml);
    ASSERT_FALSE(exposure);
    EXPECT_EQ(exposure.error().code, Errc::invalid_input);
    EXPECT_EQ(exposure.error().where, where);
    EXPECT_THAT(exposure.error().message, HasSubstr(why));
  }

  float value(const std::string& xml) {
    const auto exposure = read(xml);
    EXPECT_TRUE(exposure) << exposure.error().text();
    return exposure ? exposure->assets.values.at("structural").at(0) : -1;
  }

  oq::testing::TemporaryFolder folder_;
  Job job_;
};

TEST_F(ExposureReader, SortsAssetsByPlace) {
  const auto exposure_ = read(exposure("aggregated", asset("b", 9.2) + asset("a", 9.1)));

  ASSERT_TRUE(exposure_) << exposure_.error().text();
  EXPECT_THAT(exposure_->assets.id, ElementsAre("a", "b"));
  EXPECT_EQ(exposure_->assets.where(0), "e.xml:5");
}

TEST_F(ExposureReader, RoundsCoordinatesToFiveDecimals) {
  const auto exposure_ = read(exposure("aggregated", asset("a", -78.168117)));

  ASSERT_TRUE(exposure_);
  EXPECT_EQ(exposure_->assets.lon[0], -78.16812);
}

TEST_F(ExposureReader, TakesAggregatedCostsAsTheyAre) {
  EXPECT_EQ(value(exposure("aggregated", asset("a", 9, "100", "number=\"3\""))), 100.0F);
}

TEST_F(ExposureReader, MultipliesCostsPerAssetByTheNumber) {
  EXPECT_EQ(value(exposure("per_asset", asset("a", 9, "100", "number=\"3\""))), 300.0F);
}

TEST_F(ExposureReader, MultipliesCostsPerAreaByAreaAndNumber) {
  EXPECT_EQ(value(exposure("per_area", asset("a", 9, "100", "number=\"3\" area=\"5\""))), 1500.0F);
}

TEST_F(ExposureReader, MultipliesCostsPerAreaByAnAggregatedAreaOnly) {
  EXPECT_EQ(value(exposure("per_area", asset("a", 9, "100", "number=\"3\" area=\"5\""),
                           "<area type=\"aggregated\"/>")),
            500.0F);
}

TEST_F(ExposureReader, AveragesOccupantsOverThePeriods) {
  const auto exposure_ = read(exposure(
    "aggregated", "<asset id=\"a\" taxonomy=\"W\"><location lon=\"9\" lat=\"45\"/><occupancies>"
                  "<occupancy period=\"day\" occupants=\"2\"/>"
                  "<occupancy period=\"night\" occupants=\"6\"/></occupancies></asset>"));

  ASSERT_TRUE(exposure_);
  EXPECT_EQ(exposure_->assets.values.at("occupants_avg").at(0), 4.0F);
}

TEST_F(ExposureReader, KnowsThatAValueIsNotGiven) {
  const auto exposure_ = read(exposure(
    "aggregated",
    asset("a", 9.1) + "<asset id=\"b\" taxonomy=\"W\"><location lon=\"9\" lat=\"45\"/></asset>"));

  ASSERT_TRUE(exposure_);
  EXPECT_TRUE(std::isnan(exposure_->assets.values.at("structural").at(0))); // b stands west of a
  EXPECT_EQ(exposure_->assets.values.at("structural").at(1), 100.0F);
}

TEST_F(ExposureReader, RefusesADuplicateId) {
  expect_refused(exposure("aggregated", asset("a", 9) + asset("a", 10)), "e.xml:5", "e.xml:4");
}

TEST_F(ExposureReader, RefusesAnUnknownCostType) {
  expect_refused(exposure("aggregated",
                          "<asset id=\"a\" taxonomy=\"W\"><location lon=\"9\" lat=\"45\"/><costs>"
                          "<cost type=\"contents\" value=\"1\"/></costs></asset>"),
                 "e.xml:4", "contents");
}

TEST_F(ExposureReader, RefusesANegativeCost) {
  expect_refused(exposure("aggregated", asset("a", 9, "-1")), "e.xml:4", "negative");
}

TEST_F(ExposureReader, RefusesANegativeNumber) {
  expect_refused(exposure("aggregated", asset("a", 9, "1", "number=\"-1\"")), "e.xml:4",
                 "negative");
}

TEST_F(ExposureReader, RefusesACoordinateOffTheGlobe) {
  expect_refused(exposure("aggregated", asset("a", 200)), "e.xml:4", "lon");
}

TEST_F(ExposureReader, RefusesAnAssetWithoutTaxonomy) {
  expect_refused(exposure("aggregated", "<asset id=\"a\"><location lon=\"9\" lat=\"45\"/></asset>"),
                 "e.xml:4", "taxonomy");
}

TEST_F(ExposureReader, RefusesAnUnknownBasisOfCosts) {
  expect_refused(exposure("per_person", asset("a", 9)), "e.xml:2", "per_person");
}

TEST_F(ExposureReader, RefusesACostPerAreaWithoutArea) {
  expect_refused(exposure("per_area", asset("a", 9)), "e.xml:4", "area");
}

TEST_F(ExposureReader, RefusesAnExposureWithoutAssets) {
  expect_refused(exposure("aggregated", ""), "e.xml", "no assets");
}

TEST_F(ExposureReader, ReadsAssetsFromCsv) {
  folder_.write("assets.csv",
                "\xEF\xBB\xBF#a comment\r\nid,lon,lat,taxonomy,number,value,night,tag\r\n"
                "a,9.2,45,\"W, old\",2,50,4,x\r\nb,9.1,45,S,1,60,,y\r\n");
  const auto exposure_ =
    read("<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><exposureModel><conversions>"
         "<costTypes><costType name=\"structural\" type=\"per_asset\"/></costTypes></conversions>"
         "<exposureFields><field oq=\"structural\" input=\"value\"/></exposureFields>"
         "<assets>assets.csv</assets></exposureModel></nrml>");

  ASSERT_TRUE(exposure_) << exposure_.error().text();
  EXPECT_THAT(exposure_->assets.id, ElementsAre("b", "a"));
  EXPECT_THAT(exposure_->assets.taxonomy, ElementsAre("S", "W, old"));
  EXPECT_THAT(exposure_->assets.values.at("structural"), ElementsAre(60.0F, 100.0F));
  EXPECT_EQ(exposure_->assets.values.at("occupants_avg").at(1), 4.0F);
  EXPECT_EQ(exposure_->assets.where(1), "assets.csv:3");
}

TEST_F(ExposureReader, NamesTheLineOfABadCsvCell) {
  folder_.write("assets.csv", "id,lon,lat,taxonomy\na,9,45,W\nb,east,45,W\n");

  expect_refused("<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><exposureModel>"
                 "<assets>assets.csv</assets></exposureModel></nrml>",
                 "assets.csv:3", "lon");
}

TEST_F(ExposureReader, RefusesACsvOutsideTheFolderOfAnUpload) {
  folder_.write("secret.csv", "id,lon,lat,taxonomy\na,9,45,W\n");
  job_.confine_to = folder_ / "upload";
  job_.inputs["exposure"] = {folder_.write("upload/e.xml",
                                           "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\">"
                                           "<exposureModel><assets>../secret.csv</assets>"
                                           "</exposureModel></nrml>")};

  const auto exposure_ = read_exposure(job_);

  ASSERT_FALSE(exposure_);
  EXPECT_EQ(exposure_.error().where, "e.xml:1");
}

TEST_F(ExposureReader, PrefixesIdsOfSeveralFiles) {
  job_.inputs["exposure"] = {folder_.write("1.xml", exposure("aggregated", asset("a", 9))),
                             folder_.write("2.xml", exposure("aggregated", asset("a", 10)))};

  const auto exposure_ = read_exposure(job_);

  ASSERT_TRUE(exposure_) << exposure_.error().text();
  EXPECT_THAT(exposure_->assets.id, ElementsAre("E01_a", "E02_a"));
}

TEST_F(ExposureReader, GivesHazardSitesOncePerPoint) {
  job_.inputs["exposure"] = {folder_.write(
    "e.xml", exposure("aggregated", asset("a", 9.2) + asset("b", 9.1) + asset("c", 9.2)))};

  const auto sites = exposure_sites(job_);

  ASSERT_TRUE(sites);
  ASSERT_EQ(sites->size(), 2u);
  EXPECT_EQ(sites->at(0).lon, 9.1);
}

} // namespace
} // namespace oq::engine
