// Tests of site_model.csv and of the rates by source.
#include "export_fixture.hpp"

namespace oq::engine {
namespace {

using testing::file_text;
using testing::TemporaryFolder;

std::string exported(const Datastore& datastore, const std::string& type) {
  const TemporaryFolder folder;
  const auto paths = export_output(datastore, {type, "csv", folder.path(), 7, "us", "now"});
  EXPECT_TRUE(paths) << paths.error().text();
  return paths ? file_text(paths->front()) : "";
}

TEST(SiteModelCsv, ShowsEveryColumnInItsKind) {
  const auto datastore = make_memory_datastore();
  testing::put_sites(*datastore, {10}, {45}, {0});
  ASSERT_TRUE(datastore->put("sitecol/vs30", {{1}, std::vector<double>{760}}));
  ASSERT_TRUE(datastore->put("sitecol/vs30measured", {{1}, std::vector<std::int64_t>{1}}));
  ASSERT_TRUE(datastore->put("sitecol/ampcode", {{1}, std::vector<std::string>{"A"}}));
  ASSERT_TRUE(datastore->put(keys::kSiteModel,
                             {{3}, std::vector<std::string>{"ampcode", "vs30", "vs30measured"}}));

  EXPECT_EQ(exported(*datastore, "site_model"), "#,,,,,,\"generated_by='us', start_date='now'\"\r\n"
                                                "sids,lon,lat,depth,ampcode,vs30,vs30measured\r\n"
                                                "0,10.00000,45.00000,0.00000,A,7.60000E+02,1\r\n");
}

TEST(RatesBySourceCsv, LeavesOutWhatIsNeverExceeded) {
  const auto datastore = make_memory_datastore();
  testing::put_sites(*datastore, {10}, {45}, {0});
  ASSERT_TRUE(datastore->put("sitecol/vs30", {{1}, std::vector<double>{760}}));
  ASSERT_TRUE(
    datastore->put(keys::kRatesBySource, {{1, 1, 2, 2}, std::vector<double>{0.5, 0.25, 0.125, 0}}));
  ASSERT_TRUE(datastore->put_attributes(
    keys::kRatesBySource, {{"src_id", boost::json::array{"a", "b"}},
                           {"imts", boost::json::array{"PGA"}},
                           {"levels", boost::json::array{boost::json::array{0.1, 0.2}}}}));

  EXPECT_EQ(exported(*datastore, "mean_rates_by_src"),
            "#,,,\"generated_by='us', start_date='now', lon=10.0, lat=45.0, vs30=760.0\"\r\n"
            "source_id,imt,iml,afoe\r\n"
            "a,PGA,1.00000E-01,5.00000E-01\r\na,PGA,2.00000E-01,1.25000E-01\r\n"
            "b,PGA,1.00000E-01,2.50000E-01\r\n");
}

// OpenQuake's exports of 15, 27 and 32 realizations end with number 11.
TEST(HazardCurvesCsv, OfRealizationsEndAfterTheTwelfthUnlessTheyAreDownloaded) {
  const auto datastore = make_memory_datastore();
  testing::put_sites(*datastore, {10}, {45}, {0});
  boost::json::array kinds;
  for (int i = 0; i < 15; ++i)
    kinds.emplace_back("rlz-0" + std::string(i < 10 ? "0" : "") + std::to_string(i));
  auto attributes = testing::hazard_attributes(kinds, {"PGA"});
  attributes["levels"] = boost::json::array{boost::json::array{0.1}};
  ASSERT_TRUE(datastore->put("hcurves-rlzs", {{1, 15, 1, 1}, std::vector<double>(15, 0.5)}));
  ASSERT_TRUE(datastore->put_attributes("hcurves-rlzs", attributes));
  const TemporaryFolder folder;
  ExportRequest request{"hcurves", "csv", folder.path(), 7, "us", "now"};

  const auto exported_files = export_output(*datastore, request);
  request.single_site_realizations = true;
  const auto downloaded = export_output(*datastore, request);

  ASSERT_TRUE(exported_files && downloaded);
  EXPECT_EQ(exported_files->size(), 12u);
  EXPECT_EQ(downloaded->size(), 15u);
}

} // namespace
} // namespace oq::engine
