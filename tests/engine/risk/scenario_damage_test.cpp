// Damage by event against closed forms: a fragility function that is linear in the intensity.
#include "engine/risk/scenario_damage.hpp"

#include "event_fixture.hpp"

#include <cmath>

namespace oq::engine {
namespace {

using testing::numbers;

// P(cracked) is the intensity, P(fallen) half of it; two assets with 2 buildings each.
class ScenarioDamage : public ::testing::Test {
protected:
  ScenarioDamage() {
    job.mode = CalculationMode::scenario_damage;
    job.inputs["exposure"] = {folder.write("e.xml", testing::three_costs(100))};
    fragility("structural");
  }

  void fragility(const std::string& type) {
    job.inputs[type + "_fragility"] = {folder.write(
      type + ".xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><fragilityModel>"
                     "<limitStates>cracked fallen</limitStates>"
                     "<fragilityFunction id=\"W\" format=\"discrete\"><imls imt=\"PGA\" "
                     "noDamageLimit=\"0.01\">0.01 1</imls><poes ls=\"cracked\">0.01 1</poes>"
                     "<poes ls=\"fallen\">0.005 0.5</poes></fragilityFunction></fragilityModel>"
                     "</nrml>")};
  }
  std::unique_ptr<Datastore> run() {
    auto datastore = testing::run_events(make_scenario_damage_calculator, job,
                                         testing::field_datastore(intensities));
    EXPECT_TRUE(datastore) << datastore.error().text();
    return datastore ? *std::move(datastore) : make_memory_datastore();
  }

  oq::testing::TemporaryFolder folder;
  Job job;
  std::vector<float> intensities{0.2f, 0.4f};
};

TEST_F(ScenarioDamage, AveragesAreSharesOfTheBuildings) {
  const auto damage = numbers(*run(), "damages-rlzs", 4);

  ASSERT_EQ(damage.size(), 6u);
  EXPECT_NEAR(damage[0], 2 * 0.7, 1e-6);
  EXPECT_NEAR(damage[1], 2 * 0.15, 1e-6);
  EXPECT_NEAR(damage[2], 2 * 0.15, 1e-6);
}

TEST_F(ScenarioDamage, ConsequencesMultiplyTheSharesByTheValue) {
  job.inputs["consequence"] = {
    folder.write("c.csv", "taxonomy,consequence,loss_type,cracked,fallen\n"
                          "W,losses,structural,0.1,1\nW,collapsed,structural,0,1\n")};
  job.parameters["consequence_file"] = {{"taxonomy", "c.csv"}};

  const auto damage = numbers(*run(), "damages-rlzs", 4);

  ASSERT_EQ(damage.size(), 10u);
  EXPECT_NEAR(damage[3], 2 * 0.15, 1e-6);             // collapsed buildings
  EXPECT_NEAR(damage[4], 100 * (0.015 + 0.15), 1e-4); // losses of the asset worth 100
  EXPECT_NEAR(damage[9], 300 * (0.015 + 0.15), 1e-4);
}

TEST_F(ScenarioDamage, WholeBuildingsAreDrawnWhenDamageIsDiscrete) {
  job.parameters["discrete_damage_distribution"] = true;
  intensities.assign(200, 0.5f);

  const auto damage = numbers(*run(), "damages-rlzs", 4);

  for (const double mean : damage)
    EXPECT_NEAR(mean * 200, std::round(mean * 200), 1e-9);
  EXPECT_NEAR(damage[0], 2 * 0.5, 0.2); // four standard deviations
}

// The assets of a site use one stream of an event: they are not damaged alike.
TEST_F(ScenarioDamage, AssetsOfASiteHaveDrawsOfTheirOwn) {
  job.parameters["discrete_damage_distribution"] = true;
  intensities.assign(50, 0.5f);

  const auto damage = numbers(*run(), "damages-rlzs", 4);

  EXPECT_NE(std::vector<double>(damage.begin(), damage.begin() + 3),
            std::vector<double>(damage.begin() + 3, damage.end()));
}

TEST_F(ScenarioDamage, LossTypesHaveDrawsOfTheirOwn) {
  fragility("contents");
  job.parameters["discrete_damage_distribution"] = true;
  intensities.assign(50, 0.5f);

  const auto damage = numbers(*run(), "damages-rlzs", 4);

  ASSERT_EQ(damage.size(), 12u); // asset, loss type, state
  EXPECT_NE(std::vector<double>(damage.begin(), damage.begin() + 3),
            std::vector<double>(damage.begin() + 3, damage.begin() + 6));
}

// What each peril leaves standing: 1 - 0.4 and 1 - 0.2 of the two limit states, twice.
TEST_F(ScenarioDamage, PerilsOnTheirOwnLeaveTheProductOfWhatEachLeaves) {
  fragility("landslide");
  intensities = {0.4f};

  const auto datastore = run();

  const auto total = [&](const std::string& state) {
    return numbers(*datastore, "aggrisk/0/" + state, 1).front();
  };
  EXPECT_NEAR(total("no_damage"), 4 * 0.36, 1e-6);
  EXPECT_NEAR(total("cracked"), 4 * (0.64 - 0.36), 1e-6);
  EXPECT_NEAR(total("fallen"), 4 * 0.36, 1e-6);
  const auto averages = numbers(*datastore, "damages-rlzs", 4);
  ASSERT_EQ(averages.size(), 12u); // asset, peril, state
  EXPECT_NEAR(averages[3], 2 * 0.6, 1e-6);
}

TEST_F(ScenarioDamage, OfTheConsequencesOfPerilsTheWorstCounts) {
  fragility("landslide");
  intensities = {0.4f};
  job.inputs["consequence"] = {folder.write(
    "c.csv", "taxonomy,consequence,peril,cracked,fallen\nW,losses,groundshaking,0.1,0.5\n"
             "W,losses,landslide,0,1\n")};
  job.parameters["consequence_file"] = {{"taxonomy", "c.csv"}};

  const auto losses = numbers(*run(), "aggrisk/0/losses_value", 1);

  ASSERT_EQ(losses.size(), 1u);
  EXPECT_NEAR(losses[0], 400 * 0.2, 1e-4); // 0.02 + 0.1 by shaking, 0.2 by sliding
}

TEST_F(ScenarioDamage, ATaxonomyIsMappedForEachPerilAlone) {
  fragility("landslide");
  job.inputs["taxonomy_mapping"] = {
    folder.write("m.csv", "taxonomy,risk_id,weight,peril\nW,W,1,groundshaking\n")};

  const auto refused =
    make_scenario_damage_calculator({job, testing::field_datastore(intensities), {}});

  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("for landslide"), std::string::npos);
}

TEST_F(ScenarioDamage, AggregatesByTag) {
  job.raw.push_back({"aggregate_by", "id", 1});

  const auto cracked = numbers(*run(), "aggrisk/1/cracked", 1);

  ASSERT_EQ(cracked.size(), 2u); // one row an asset
  EXPECT_NEAR(cracked[0], 2 * 0.15, 1e-6);
}

TEST_F(ScenarioDamage, AnUnknownTagIsRefusedWithItsLine) {
  job.ini = "/somewhere/job.ini";
  job.raw.push_back({"aggregate_by", "district", 7});

  const auto refused =
    make_scenario_damage_calculator({job, testing::field_datastore(intensities), {}});

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "job.ini:7");
}

TEST_F(ScenarioDamage, AnUnknownConsequenceIsRefusedWithItsLine) {
  job.inputs["consequence"] = {
    folder.write("c.csv", "taxonomy,consequence,cracked,fallen\nW,despair,0,1\n")};

  const auto refused =
    make_scenario_damage_calculator({job, testing::field_datastore(intensities), {}});

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "c.csv:2");
}

} // namespace
} // namespace oq::engine
