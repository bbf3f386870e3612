// Curves, maps, spectra, sites and realizations as clients load them.
#include "engine/output/export_fixture.hpp"
#include "extract_fixture.hpp"

namespace oq::engine {
namespace {

using boost::json::parse;
using testing::as_json;
using testing::code_of;
using testing::small_hazard;

TEST(ExtractHazard, CurvesAreOneRecordASiteWithEveryStatisticNested) {
  const auto out = as_json(*small_hazard(), "hcurves");
  EXPECT_EQ(out, parse(R"json({"investigation_time": 50.0, "all": [{"lon": 9.15, "lat": 45.16667,
    "mean": {"PGA": {"0.1": 0.5, "0.2": 0.25}, "SA(0.1)": {"0.3": 0.125, "0.4": 0.0625}}}]})json"));
}

TEST(ExtractHazard, CurvesHaveNumpysNestedType) {
  const auto datastore = small_hazard();
  const auto extraction = extract(*datastore, {"hcurves", {}});
  ASSERT_TRUE(extraction);
  EXPECT_EQ(extraction->arrays[0].dtype.descr(),
            "[('lon', '<f8'), ('lat', '<f8'), ('mean', [('PGA', [('0.1', '<f4'), ('0.2', '<f4')]), "
            "('SA(0.1)', [('0.3', '<f4'), ('0.4', '<f4')])])]");
}

TEST(ExtractHazard, MapsNestProbabilitiesInIntensityMeasures) {
  EXPECT_EQ(as_json(*small_hazard(), "hmaps").at("all"),
            parse(R"json([{"lon": 9.15, "lat": 45.16667,
                       "mean": {"PGA": {"0.1": 0.15}, "SA(0.1)": {"0.1": 0.35}}}])json"));
}

TEST(ExtractHazard, SpectraNestIntensityMeasuresInProbabilities) {
  EXPECT_EQ(as_json(*small_hazard(), "uhs").at("all"),
            parse(R"json([{"lon": 9.15, "lat": 45.16667,
                       "mean": {"0.1": {"PGA": 0.15, "SA(0.1)": 0.35}}}])json"));
}

TEST(ExtractHazard, AQueryThatChoosesGetsAnArrayAKindWithItsAxes) {
  const auto out =
    as_json(*small_hazard(), "hcurves", {{"kind", "mean"}, {"imt", "SA(0.1)"}, {"site_id", "0"}});
  EXPECT_EQ(out.at("mean"), parse("[[[0.125, 0.0625]]]"));
  EXPECT_EQ(out.at("shape_descr"), parse(R"json(["site_id", "imt", "lvl"])json"));
  EXPECT_EQ(out.at("imt"), parse(R"json(["SA(0.1)"])json"));
}

TEST(ExtractHazard, RealizationsAreChosenOneByOne) {
  auto datastore = small_hazard();
  auto about = testing::hazard_attributes({"rlz-000", "rlz-001"}, {"PGA"});
  about["levels"] = boost::json::array{boost::json::array{0.1}};
  ASSERT_TRUE(datastore->put("hcurves-rlzs", {{1, 2, 1, 1}, std::vector<double>{0.5, 0.75}}));
  ASSERT_TRUE(datastore->put_attributes("hcurves-rlzs", about));
  auto statistics = testing::hazard_attributes({"mean"}, {"PGA"});
  statistics["levels"] = about["levels"];
  ASSERT_TRUE(datastore->put("hcurves-stats", {{1, 1, 1, 1}, std::vector<double>{0.625}}));
  ASSERT_TRUE(datastore->put_attributes("hcurves-stats", statistics));
  EXPECT_EQ(as_json(*datastore, "hcurves", {{"kind", "rlz-1"}}).at("rlz-001"), parse("[[[0.75]]]"));
  EXPECT_EQ(as_json(*datastore, "hcurves", {{"kind", "rlzs"}}).at("rlz-000"), parse("[[[0.5]]]"));
  const auto both = as_json(*datastore, "hcurves", {{"kind", "stats"}, {"kind", "rlz-0"}});
  EXPECT_EQ(both.at("mean"), parse("[[[0.625]]]"));
  EXPECT_EQ(both.at("rlz-000"), parse("[[[0.5]]]"));
}

TEST(ExtractHazard, SitesAreChosenByTheirNumber) {
  auto datastore = make_memory_datastore();
  testing::put_sites(*datastore, {1, 2, 3}, {4, 5, 6}, {0, 0, 0});
  auto about = testing::hazard_attributes({"mean"}, {"PGA"});
  about["levels"] = boost::json::array{boost::json::array{0.1}};
  ASSERT_TRUE(
    datastore->put("hcurves-stats", {{3, 1, 1, 1}, std::vector<double>{0.5, 0.25, 0.125}}));
  ASSERT_TRUE(datastore->put_attributes("hcurves-stats", about));
  const auto out = as_json(*datastore, "hcurves", {{"site_id", "2"}, {"site_id", "0"}});
  EXPECT_EQ(out.at("mean"), parse("[[[0.5]], [[0.125]]]"));
  EXPECT_EQ(out.at("site_id"), parse("[0, 2]"));
}

TEST(ExtractHazard, SitesOfTheirOwnNamesKeepThem) {
  auto datastore = small_hazard();
  ASSERT_TRUE(datastore->put("sitecol/custom_site_id", {{1}, std::vector<std::string>{"Milano"}}));
  EXPECT_EQ(as_json(*datastore, "hmaps").at("all").at(0).at("custom_site_id"), "Milano");
}

TEST(ExtractHazard, AValueThatMeansNothingIsInvalid) {
  const auto datastore = small_hazard();
  EXPECT_EQ(code_of(*datastore, "hcurves", {{"kind", "max"}}), Errc::invalid_input);
  EXPECT_EQ(code_of(*datastore, "hcurves", {{"imt", "PGV"}}), Errc::invalid_input);
  EXPECT_EQ(code_of(*datastore, "hmaps", {{"site_id", "1"}}), Errc::invalid_input);
}

TEST(ExtractHazard, WhatTheCalculationDoesNotHaveIsNotFound) {
  auto datastore = make_memory_datastore();
  testing::put_sites(*datastore, {1}, {2}, {0});
  for (const char* what : {"hcurves", "hmaps", "uhs", "realizations", "oqparam"})
    EXPECT_EQ(code_of(*datastore, what), Errc::not_found) << what;
}

TEST(ExtractJobAndSites, SitesAreARecordOfWhatIsKnownOfThem) {
  auto datastore = small_hazard();
  ASSERT_TRUE(datastore->put("sitecol/sids", {{1}, std::vector<std::int32_t>{0}}));
  ASSERT_TRUE(datastore->put("sitecol/vs30measured", {{1}, std::vector<double>{1}}));
  EXPECT_EQ(as_json(*datastore, "sitecol"),
            parse(R"json({"array": [{"sids": 0, "lon": 9.15, "lat": 45.16667, "depth": 0.0,
                                 "vs30measured": true}]})json"));
}

TEST(ExtractJobAndSites, RealizationsHaveTheirPathsAsBytes) {
  const auto datastore = small_hazard();
  EXPECT_EQ(as_json(*datastore, "realizations"), parse(R"json({"array": [
    {"rlz_id": 0, "branch_path": "A~AA", "weight": 0.25},
    {"rlz_id": 1, "branch_path": "A~AB", "weight": 0.75}]})json"));
  EXPECT_EQ(extract(*datastore, {"realizations", {}})->arrays[0].dtype.descr(),
            "[('rlz_id', '<u4'), ('branch_path', '|S4'), ('weight', '<f4')]");
}

TEST(ExtractJobAndSites, OptionsAreOneJsonObjectWithoutNulls) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(
    datastore->put("oqparam", {{1}, std::vector<std::string>{R"json({"poes": [0.1], "gsim": null})json"}}));
  const auto extraction = extract(*datastore, {"oqparam", {}});
  ASSERT_TRUE(extraction);
  EXPECT_TRUE(extraction->arrays.empty());
  EXPECT_EQ(boost::json::value(extraction->about), parse(R"json({"poes": [0.1]})json"));
}

} // namespace
} // namespace oq::engine
