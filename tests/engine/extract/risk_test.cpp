// Losses, damage, exposure and tags as clients tabulate and draw them.
#include "extract_fixture.hpp"

namespace oq::engine {
namespace {

using boost::json::parse;
using testing::as_json;
using testing::code_of;
using testing::small_risk;

TEST(ExtractRisk, LossesByAssetAreAMemberAKind) {
  const auto out = as_json(*small_risk(), "losses_by_asset");
  EXPECT_EQ(out.at("mean").at(0), parse(R"({"asset_id": "a1", "taxonomy": "Wood", "lon": 10.0,
    "lat": 45.0, "contents": 1.0, "structural": 10.0})"));
  EXPECT_EQ(out.at("quantile-0.5").at(2).at("structural"), 60.0);
  EXPECT_EQ(as_json(*small_risk(), "avg_losses"), out);
}

TEST(ExtractRisk, TextsAreBytesOfAFixedWidth) {
  const auto datastore = small_risk();
  EXPECT_EQ(extract(*datastore, {"losses_by_asset", {}})->arrays[0].dtype.descr(),
            "[('asset_id', '|S2'), ('taxonomy', '|S5'), ('lon', '<f4'), ('lat', '<f4'), "
            "('contents', '<f4'), ('structural', '<f4')]");
}

TEST(ExtractRisk, KindsAndLossTypesMayBeChosen) {
  const auto out = as_json(*small_risk(), "losses_by_asset",
                           {{"kind", "quantile-0.5"}, {"loss_type", "structural"}});
  EXPECT_EQ(out.as_object().size(), 1u);
  EXPECT_EQ(out.at("quantile-0.5").at(1), parse(R"({"asset_id": "a2", "taxonomy": "Adobe",
    "lon": 11.0, "lat": 46.0, "structural": 40.0})"));
}

TEST(ExtractRisk, LossMapsNestProbabilitiesInLossTypes) {
  const auto datastore = small_risk();
  ASSERT_TRUE(datastore->put(
    "loss_maps-rlzs", {{3, 1, 2, 2}, std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}));
  ASSERT_TRUE(datastore->put_attributes(
    "loss_maps-rlzs", {{"kinds", boost::json::array{"rlz-000"}},
                       {"loss_types", boost::json::array{"contents", "structural"}},
                       {"poes", boost::json::array{0.1, 0.02}}}));

  const auto out = as_json(*datastore, "loss_maps");

  EXPECT_EQ(out.at("rlz-000").at(1), parse(R"({"asset_id": "a2", "taxonomy": "Adobe", "lon": 11.0,
    "lat": 46.0, "contents": {"poe-0.1": 5.0, "poe-0.02": 6.0},
    "structural": {"poe-0.1": 7.0, "poe-0.02": 8.0}})"));
  EXPECT_EQ(code_of(*datastore, "loss_maps", {{"kind", "mean"}}), Errc::invalid_input);
}

TEST(ExtractRisk, SumsAreOverTheAssetsThatHaveTheTags) {
  const auto datastore = small_risk();
  const auto sum = [&](const Parameters& tags) {
    return as_json(*datastore, "agg_losses/structural", tags).at("array");
  };
  EXPECT_EQ(sum({}), parse("[90.0, 120.0]"));
  EXPECT_EQ(sum({{"taxonomy", "Wood"}}), parse("[60.0, 80.0]"));
  EXPECT_EQ(sum({{"taxonomy", "Wood"}, {"state", "East"}}), parse("[50.0, 60.0]"));
  EXPECT_EQ(sum({{"taxonomy", "Wood"}, {"taxonomy", "Adobe"}}), parse("[90.0, 120.0]"));
}

TEST(ExtractRisk, AStarGivesARowForEachValueAndSaysWhich) {
  const auto out = as_json(*small_risk(), "agg_losses/contents", {{"taxonomy", "*"}});
  EXPECT_EQ(out.at("tags"), parse(R"(["taxonomy=Adobe", "taxonomy=Wood"])"));
  EXPECT_EQ(out.at("array"), parse("[[3.0, 4.0], [6.0, 8.0]]"));
  EXPECT_EQ(out.at("stats"), parse(R"(["mean", "quantile-0.5"])"));
}

TEST(ExtractRisk, NoAssetWithTheTagsIsAnAnswerWithoutAnArray) {
  const auto out = as_json(*small_risk(), "agg_losses/contents", {{"taxonomy", "Steel"}});
  EXPECT_FALSE(out.as_object().contains("array"));
}

TEST(ExtractRisk, TwoStarsAndUnknownLossTypesAreInvalid) {
  const auto datastore = small_risk();
  EXPECT_EQ(code_of(*datastore, "agg_losses/contents", {{"taxonomy", "*"}, {"state", "*"}}),
            Errc::invalid_input);
  EXPECT_EQ(code_of(*datastore, "agg_losses/nonstructural"), Errc::invalid_input);
}

TEST(ExtractRisk, TheModelSaysWhatItIsAbout) {
  EXPECT_EQ(
    as_json(*small_risk(), "composite_risk_model.attrs"),
    parse(R"({"loss_types": ["contents", "structural"], "limit_states": [], "consequences": []})"));
}

TEST(ExtractRisk, DamageIsAColumnALossTypeAndState) {
  auto datastore = small_risk();
  ASSERT_TRUE(
    datastore->put("damages-rlzs", {{3, 1, 1, 2}, std::vector<double>{1, 0, 2, 0, 3, 1}}));
  ASSERT_TRUE(datastore->put_attributes(
    "damages-rlzs", {{"kinds", boost::json::array{"rlz-000"}},
                     {"loss_types", boost::json::array{"structural"}},
                     {"damage_states", boost::json::array{"no_damage", "complete"}}}));
  EXPECT_EQ(as_json(*datastore, "damages-rlzs").at("rlz-000").at(2),
            parse(R"({"asset_id": "a3", "taxonomy": "Wood", "lon": 12.0, "lat": 47.0,
                      "structural-no_damage": 3.0, "structural-complete": 1.0})"));
  EXPECT_EQ(code_of(*datastore, "damages-stats"), Errc::not_found);
  EXPECT_EQ(as_json(*datastore, "agg_damages/structural", {{"state", "East"}}).at("array"),
            parse("[[5.0, 1.0]]"));
  EXPECT_EQ(as_json(*datastore, "composite_risk_model.attrs").at("limit_states"),
            parse(R"(["complete"])"));
}

TEST(ExtractExposure, MetadataNamesValuesAndTags) {
  EXPECT_EQ(
    as_json(*small_risk(), "exposure_metadata"),
    parse(R"({"array": ["number", "value-structural"], "names": ["number", "value-structural"],
                      "tagnames": ["taxonomy", "state"], "taxonomy": ["Adobe", "Wood"],
                      "state": ["East", "West"], "multi_risk": []})"));
}

TEST(ExtractExposure, AssetsAreFilteredByTags) {
  const auto out = as_json(*small_risk(), "asset_risk", {{"taxonomy", "Adobe"}});
  EXPECT_EQ(out.at("array"), parse(R"([{"taxonomy": "Adobe", "state": "East", "lon": 11.0,
                                        "lat": 46.0, "number": 2.0, "value-structural": 200.0}])"));
}

TEST(ExtractExposure, TagsAreNamesWithValues) {
  EXPECT_EQ(as_json(*small_risk(), "asset_tags"),
            parse(R"({"taxonomy": ["taxonomy=Adobe", "taxonomy=Wood"],
                      "state": ["state=East", "state=West"]})"));
}

TEST(ExtractRisk, ACalculationWithoutAssetsHasNoneOfIt) {
  const auto datastore = make_memory_datastore();
  for (const char* what : {"losses_by_asset", "avg_losses", "agg_losses/structural", "asset_risk",
                           "agg_damages/structural", "damages-rlzs", "damages-stats", "asset_tags",
                           "composite_risk_model.attrs", "exposure_metadata", "agg_curves",
                           "gmf_data", "events", "rupture_info", "disagg_layer"})
    EXPECT_EQ(code_of(*datastore, what), Errc::not_found) << what;
}

} // namespace
} // namespace oq::engine
