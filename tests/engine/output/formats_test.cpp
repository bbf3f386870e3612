// The layouts of the files that are written, on a calculation of one site.
#include "engine/output/csv_writer.hpp"
#include "export_fixture.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <limits>

namespace oq::engine {
namespace {

using testing::file_text;
using testing::request;
using testing::small_hazard;
using testing::TemporaryFolder;

std::vector<std::string> names(const std::vector<std::filesystem::path>& paths) {
  std::vector<std::string> out;
  for (const auto& path : paths)
    out.push_back(path.filename().string());
  return out;
}

TEST(CurvesCsv, HasCommentHeaderAndRowsOfEqualWidth) {
  const TemporaryFolder directory;

  const auto paths = export_output(*small_hazard(), request(directory, "hcurves", "csv"));

  ASSERT_TRUE(paths);
  EXPECT_EQ(names(*paths), (std::vector<std::string>{"hazard_curve-mean-PGA_12.csv",
                                                     "hazard_curve-mean-SA(0.1)_12.csv"}));
  EXPECT_EQ(file_text(paths->at(1)),
            "#,,,,\"generated_by='oq-engine-server 0.1.0', start_date='2026-11-23T00:52:37', "
            "kind='mean', investigation_time=50.0, imt='SA(0.1)'\"\r\n"
            "lon,lat,depth,poe-0.3000000,poe-0.4000000\r\n"
            "9.15000,45.16667,0.00000,1.250000E-01,6.250000E-02\r\n");
}

TEST(MapsCsv, HasAColumnAnImtAndProbability) {
  const TemporaryFolder directory;

  const auto paths = export_output(*small_hazard(), request(directory, "hmaps", "csv"));

  ASSERT_TRUE(paths);
  const auto text = file_text(paths->at(0));
  EXPECT_EQ(text.substr(text.find('\n') + 1), "lon,lat,PGA-0.1,SA(0.1)-0.1\r\n"
                                              "9.15000,45.16667,1.500000E-01,3.500000E-01\r\n");
}

TEST(SpectraCsv, HasProbabilitiesBeforeImts) {
  const TemporaryFolder directory;

  const auto paths = export_output(*small_hazard(), request(directory, "uhs", "csv"));

  ASSERT_TRUE(paths);
  EXPECT_EQ(names(*paths), (std::vector<std::string>{"hazard_uhs-mean_12.csv"}));
  EXPECT_NE(file_text(paths->at(0)).find("lon,lat,0.100000~PGA,0.100000~SA(0.1)\r\n"),
            std::string::npos);
}

TEST(Comment, CarriesTheChecksumOfTheInputsWhenThereIsOne) {
  const TemporaryFolder directory;
  auto datastore = small_hazard();
  ASSERT_TRUE(datastore->put_attributes("", {{"checksum32", std::int64_t{2470790990}}}));

  const auto paths = export_output(*datastore, request(directory, "realizations", "csv"));

  ASSERT_TRUE(paths);
  EXPECT_NE(file_text(paths->at(0)).find(", checksum=2470790990\"\r\n"), std::string::npos);
}

// The reference engine writes the longer of two such paths without its last quote, the shorter
// with.
TEST(RealizationsCsv, DoublesTheQuotesOfAPathAndKeepsTheLengthOfTheLongest) {
  const TemporaryFolder directory;
  auto datastore = make_memory_datastore();
  testing::put_realizations(
    *datastore, {"[ModelSInter]\nregion = \"NZL\"", "[ModelSSlab]\nregion = \"NZL\""}, {0.5, 0.5});

  const auto paths = export_output(*datastore, request(directory, "realizations", "csv"));

  ASSERT_TRUE(paths);
  const auto text = file_text(paths->at(0));
  EXPECT_NE(text.find("0,\"[ModelSInter]\nregion = \"\"\"\"NZL\",5"), std::string::npos);
  EXPECT_NE(text.find("1,\"[ModelSSlab]\nregion = \"\"\"\"NZL\"\"\",5"), std::string::npos);
}

TEST(CurvesNrml, NamesStatisticPeriodAndDamping) {
  const TemporaryFolder directory;

  const auto paths = export_output(*small_hazard(), request(directory, "hcurves", "xml"));

  ASSERT_TRUE(paths);
  const auto text = file_text(paths->at(1));
  EXPECT_NE(text.find("<hazardCurves statistics=\"mean\" investigationTime=\"50.0\" IMT=\"SA\" "
                      "saPeriod=\"0.1\" saDamping=\"5.0\">"),
            std::string::npos);
  EXPECT_NE(text.find("<poEs>1.2500000E-01 6.2500000E-02</poEs>"), std::string::npos);
}

TEST(CurvesNrml, NamesTheBranchesOfARealization) {
  const TemporaryFolder directory;
  auto datastore = small_hazard();
  ASSERT_TRUE(
    datastore->put_attributes("hcurves-stats", {{"kinds", boost::json::array{"rlz-001"}}}));

  const auto paths = export_output(*datastore, request(directory, "hcurves", "xml"));

  ASSERT_TRUE(paths);
  EXPECT_NE(file_text(paths->at(0)).find("sourceModelTreePath=\"A\" gsimTreePath=\"AB\""),
            std::string::npos);
}

TEST(MapsGeoJson, IsAFeatureCollectionOfPoints) {
  const TemporaryFolder directory;

  const auto paths = export_output(*small_hazard(), request(directory, "hmaps", "geojson"));

  ASSERT_TRUE(paths);
  const auto json = boost::json::parse(file_text(paths->at(0)));
  const auto& feature = json.at("features").at(0);
  EXPECT_EQ(json.at("type"), "FeatureCollection");
  EXPECT_EQ(feature.at("geometry").at("coordinates"), (boost::json::array{9.15, 45.16667}));
  EXPECT_EQ(feature.at("properties").at("SA(0.1)-0.1"), 0.35);
}

TEST(FullReport, ListsTheRealizationsAndOutputs) {
  const TemporaryFolder directory;
  auto datastore = small_hazard();
  ASSERT_TRUE(datastore->put_attributes("", {{"description", "Two branches"}}));

  const auto paths = export_output(*datastore, request(directory, "fullreport", "rst"));

  ASSERT_TRUE(paths);
  EXPECT_EQ(names(*paths), (std::vector<std::string>{"report_12.rst"}));
  const auto text = file_text(paths->at(0));
  EXPECT_TRUE(text.starts_with("Two branches\n============\n"));
  EXPECT_NE(text.find("A~AB"), std::string::npos);
  EXPECT_NE(text.find("Uniform Hazard Spectra"), std::string::npos);
}

TEST(CsvWriter, QuotesACellOnlyWhenItMust) {
  const TemporaryFolder directory;
  auto csv = CsvWriter::create(directory.path() / "a.csv");
  ASSERT_TRUE(csv);

  for (const char* cell : {"plain", "a,b", "say \"x\""})
    csv->text(cell);
  csv->end_row();
  ASSERT_TRUE(csv->commit());

  EXPECT_EQ(file_text(directory.path() / "a.csv"), "plain,\"a,b\",\"say \"\"x\"\"\"\r\n");
}

TEST(CsvWriter, PrintsNotANumberWithoutASign) {
  const TemporaryFolder directory;
  auto csv = CsvWriter::create(directory.path() / "a.csv");
  ASSERT_TRUE(csv);

  csv->loss(-std::numeric_limits<double>::quiet_NaN());
  csv->loss(std::numeric_limits<double>::infinity());
  csv->end_row();
  ASSERT_TRUE(csv->commit());

  EXPECT_EQ(file_text(directory.path() / "a.csv"), "NAN,INF\r\n");
}

} // namespace
} // namespace oq::engine
