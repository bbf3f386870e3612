// Which outputs a calculation offers, and which requests are refused.
#include "engine/output/export.hpp"

#include "export_fixture.hpp"

namespace oq::engine {
namespace {

using testing::request;
using testing::small_hazard;
using testing::TemporaryFolder;

std::vector<std::string> types(const Datastore& datastore) {
  std::vector<std::string> out;
  for (const auto& output : outputs_of(datastore))
    out.push_back(output.type);
  return out;
}

TEST(OutputsOf, AreSortedByType) {
  EXPECT_EQ(types(*small_hazard()),
            (std::vector<std::string>{"fullreport", "hcurves", "hmaps", "realizations", "uhs"}));
}

TEST(OutputsOf, AnEmptyCalculationHasItsReportOnly) {
  EXPECT_EQ(types(*make_memory_datastore()), (std::vector<std::string>{"fullreport"}));
}

TEST(OutputsOf, ASingleRealizationIsNotListedButCanBeExported) {
  const TemporaryFolder directory;
  auto datastore = make_memory_datastore();
  testing::put_realizations(*datastore, {"A~A"}, {1.0});

  EXPECT_EQ(types(*datastore), (std::vector<std::string>{"fullreport"}));
  EXPECT_TRUE(export_output(*datastore, request(directory, "realizations", "csv")));
}

TEST(OutputsOf, CurvesThatAreKeptForRiskOnlyAreNotListed) {
  auto datastore = small_hazard();
  ASSERT_TRUE(datastore->put_attributes("hcurves-stats", {{"exported", false}}));

  EXPECT_EQ(types(*datastore),
            (std::vector<std::string>{"fullreport", "hmaps", "realizations", "uhs"}));
}

TEST(OutputsOf, CurvesPreferCsvThenNrml) {
  EXPECT_EQ(outputs_of(*small_hazard())[1].formats,
            (std::vector<std::string>{"csv", "xml", "geojson"}));
}

TEST(ExportOutput, AnUnknownTypeIsNotFound) {
  const TemporaryFolder directory;

  const auto paths = export_output(*small_hazard(), request(directory, "gmf_data", "csv"));

  ASSERT_FALSE(paths);
  EXPECT_EQ(paths.error().code, Errc::not_found);
}

TEST(ExportOutput, AnUnknownFormatIsInvalidAndNamesTheKnownOnes) {
  const TemporaryFolder directory;

  const auto paths = export_output(*small_hazard(), request(directory, "hcurves", "npz"));

  ASSERT_FALSE(paths);
  EXPECT_EQ(paths.error().code, Errc::invalid_input);
  EXPECT_NE(paths.error().message.find("csv, xml, geojson"), std::string::npos);
}

TEST(ExportOutput, AMissingFolderIsUnavailable) {
  auto asked = request(TemporaryFolder{}, "hcurves", "csv"); // gone when this line ends

  const auto paths = export_output(*small_hazard(), asked);

  ASSERT_FALSE(paths);
  EXPECT_EQ(paths.error().code, Errc::unavailable);
}

TEST(ExportOutput, AttributesThatContradictTheArrayAreAnErrorNotACrash) {
  const TemporaryFolder directory;
  auto datastore = small_hazard();
  ASSERT_TRUE(datastore->put_attributes("hcurves-stats", {{"imts", boost::json::array{"PGA"}}}));

  EXPECT_FALSE(export_output(*datastore, request(directory, "hcurves", "csv")));
}

TEST(ExportOutput, MoreSitesThanRowsAreAnErrorNotACrash) {
  const TemporaryFolder directory;
  auto datastore = small_hazard();
  testing::put_sites(*datastore, {}, {}, {});

  EXPECT_FALSE(export_output(*datastore, request(directory, "hcurves", "xml")));
}

} // namespace
} // namespace oq::engine
