// Losses by event against closed forms: a vulnerability function that returns the intensity.
#include "engine/risk/scenario_risk.hpp"

#include "event_fixture.hpp"

namespace oq::engine {
namespace {

using testing::numbers;

class ScenarioRisk : public ::testing::Test {
protected:
  ScenarioRisk() {
    job.mode = CalculationMode::scenario_risk;
    job.inputs["exposure"] = {folder.write("e.xml", testing::three_costs(100))};
    for (const char* type : {"contents", "nonstructural", "structural"})
      vulnerability(type, testing::identity_vulnerability());
    for (int e = 0; e < 50; ++e)
      intensities.push_back(0.01f * static_cast<float>(e + 1));
  }

  void vulnerability(const std::string& type, const std::string& text) {
    job.inputs[type + "_vulnerability"] = {folder.write(type + ".xml", text)};
  }
  std::unique_ptr<Datastore> run() {
    auto datastore = testing::run_events(make_scenario_risk_calculator, job,
                                         testing::field_datastore(intensities));
    EXPECT_TRUE(datastore) << datastore.error().text();
    return datastore ? *std::move(datastore) : make_memory_datastore();
  }

  oq::testing::TemporaryFolder folder;
  Job job;
  std::vector<float> intensities;
};

// The mean intensity is 0.255; assets have values 10, 20, 100 and three times as much.
TEST_F(ScenarioRisk, AveragesAreMeansOverTheEventsForEveryLossType) {
  const auto losses = numbers(*run(), "avg_losses-rlzs", 3);

  ASSERT_EQ(losses.size(), 6u);
  EXPECT_NEAR(losses[0], 10 * 0.255, 1e-6);
  EXPECT_NEAR(losses[1], 20 * 0.255, 1e-6);
  EXPECT_NEAR(losses[2], 100 * 0.255, 1e-5);
  EXPECT_NEAR(losses[5], 300 * 0.255, 1e-5);
}

TEST_F(ScenarioRisk, LossesOfEventsAreSumsOverTheAssets) {
  const auto losses = numbers(*run(), "risk_by_event/loss", 1);

  ASSERT_EQ(losses.size(), 150u);
  EXPECT_NEAR(losses[0], 40 * 0.01, 1e-6);
  EXPECT_NEAR(losses[149], 400 * 0.50, 1e-4);
}

TEST_F(ScenarioRisk, LossesUpToTheMinimumOfAnAssetCountAsNone) {
  job.parameters["minimum_asset_loss"] = {{"structural", 10.0}};

  const auto losses = numbers(*run(), "avg_losses-rlzs", 3);

  double kept = 0; // of the asset worth 100
  for (const float intensity : intensities)
    kept += 100 * intensity > 10 ? 100 * static_cast<double>(intensity) : 0;
  EXPECT_NEAR(losses[2], kept / 50, 1e-5);
  EXPECT_NEAR(losses[0], 10 * 0.255, 1e-6);
}

TEST_F(ScenarioRisk, IgnoringTheSpreadGivesTheMeans) {
  vulnerability("structural", testing::identity_vulnerability("0.5 0.5"));
  job.parameters["ignore_covs"] = true;

  EXPECT_NEAR(numbers(*run(), "avg_losses-rlzs", 3)[2], 100 * 0.255, 1e-5);
}

TEST_F(ScenarioRisk, CorrelatedAssetsLoseTheSameShare) {
  vulnerability("structural", testing::identity_vulnerability("0.5 0.5"));
  job.asset_correlation = 1;

  const auto losses = numbers(*run(), "avg_losses-rlzs", 3);

  EXPECT_NEAR(losses[5], 3 * losses[2], 1e-9);
  EXPECT_GT(std::abs(losses[2] - 100 * 0.255), 1e-3);
}

TEST_F(ScenarioRisk, UncorrelatedAssetsLoseDifferentShares) {
  vulnerability("structural", testing::identity_vulnerability("0.5 0.5"));

  const auto losses = numbers(*run(), "avg_losses-rlzs", 3);

  EXPECT_GT(std::abs(losses[5] - 3 * losses[2]), 1e-3);
}

// Claims of an event with ratio r: r - 0.1 of the value above 0.1, at most 0.3.
double mean_claim(const std::vector<float>& ratios) {
  double sum = 0;
  for (const double ratio : ratios)
    sum += std::clamp(ratio, 0.1, 0.4) - 0.1;
  return sum / static_cast<double>(ratios.size());
}

TEST_F(ScenarioRisk, InsuredLossesAreClaimsOnThePoliciesOfTheExposure) {
  std::string exposure = testing::three_costs(100);
  for (const char* type : {"contents", "nonstructural", "structural"})
    for (auto at = exposure.find(std::string("cost type=\"") + type); at != std::string::npos;
         at = exposure.find(std::string("cost type=\"") + type, at + 1))
      exposure.insert(at + 5, "deductible=\"0.1\" insuranceLimit=\"0.4\" ");
  exposure.insert(exposure.find("<costTypes>"), "<deductible isAbsolute=\"false\"/>"
                                                "<insuranceLimit isAbsolute=\"false\"/>");
  job.inputs["exposure"] = {folder.write("e.xml", exposure)};
  job.insured_losses = true;

  const auto losses = numbers(*run(), "avg_losses-rlzs", 3);

  ASSERT_EQ(losses.size(), 12u); // three loss types and their claims
  EXPECT_NEAR(losses[2], 100 * 0.255, 1e-5);
  EXPECT_NEAR(losses[5], 100 * mean_claim(intensities), 1e-4);
  EXPECT_NEAR(losses[11], 300 * mean_claim(intensities), 1e-4);
}

TEST_F(ScenarioRisk, InsuredLossesWithoutAPolicyNameTheAsset) {
  job.insured_losses = true;

  const auto refused =
    make_scenario_risk_calculator({job, testing::field_datastore(intensities), {}});

  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("'a'"), std::string::npos) << refused.error().message;
  EXPECT_EQ(refused.error().where, "e.xml:1");
}

class PoliciesByTag : public ScenarioRisk {
protected:
  PoliciesByTag() {
    std::string exposure = testing::three_costs(100);
    exposure.insert(exposure.find("<assets>"), "<tagNames>policy</tagNames>");
    for (auto at = exposure.find("</costs>"); at != std::string::npos;
         at = exposure.find("</costs>", at + 1))
      exposure.insert(at + 8, "<tags policy=\"P\"/>");
    job.inputs["exposure"] = {folder.write("e.xml", exposure)};
    job.parameters["insurance_csv"] = {{"structural+contents", "p.csv"}};
  }
  void policies(const std::string& text) {
    job.inputs["insurance"] = {folder.write("p.csv", text)};
  }
};

TEST_F(PoliciesByTag, InsureASumOfLossTypes) {
  policies("policy,insurance_limit,deductible\nP,.4,.1\n");

  const auto losses = numbers(*run(), "avg_losses-rlzs", 3);

  ASSERT_EQ(losses.size(), 8u); // three loss types and one of claims
  EXPECT_NEAR(losses[3], 110 * mean_claim(intensities), 1e-4);
}

TEST_F(PoliciesByTag, RefuseADeductibleAboveTheLimit) {
  policies("policy,insurance_limit,deductible\nP,.1,.4\n");

  const auto refused =
    make_scenario_risk_calculator({job, testing::field_datastore(intensities), {}});

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "p.csv:2");
}

TEST_F(PoliciesByTag, NameTheAssetWhosePolicyIsMissing) {
  policies("policy,insurance_limit,deductible\nQ,.4,.1\n");

  const auto refused =
    make_scenario_risk_calculator({job, testing::field_datastore(intensities), {}});

  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("'a'"), std::string::npos) << refused.error().message;
}

// The policy loses 400 times the ratio; half of its claims, up to 30 an event, is ceded.
TEST_F(PoliciesByTag, AreReinsured) {
  job.parameters.erase("insurance_csv");
  job.raw.push_back({"aggregate_by", "policy", 1});
  job.parameters["reinsurance_file"] = {{"structural", "r.xml"}};
  job.inputs["reinsurance"] = {folder.write(
    "r.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><reinsuranceModel><fieldMap>"
             "<field input=\"quota\" type=\"prop\" max_cession_event=\"30\"/></fieldMap>"
             "<policies>p.csv</policies></reinsuranceModel></nrml>")};
  folder.write("p.csv", "policy,liability,deductible,quota\nP,140,40,0.5\n");

  const auto datastore = run();

  double claims = 0, ceded = 0;
  for (const double ratio : intensities) {
    const double claim = std::clamp(400 * ratio, 40.0, 140.0) - 40;
    claims += claim / 50;
    ceded += std::min(30.0, claim / 2) / 50;
  }
  const auto first = [&](const std::string& key) {
    return numbers(*datastore, "reinsurance-" + key, 1).front();
  };
  EXPECT_NEAR(first("avg_portfolio/retention"), claims - ceded, 1e-4);
  EXPECT_NEAR(first("avg_portfolio/claim"), claims, 1e-4);
  EXPECT_NEAR(first("avg_portfolio/quota"), ceded, 1e-4);
  EXPECT_NEAR(first("avg_portfolio/overspill_quota"), claims / 2 - ceded, 1e-4);
  EXPECT_NEAR(first("avg_policy/quota"), claims / 2, 1e-4);
}

TEST_F(ScenarioRisk, ReinsuranceOfASumOfLossTypesNeedsThatSum) {
  job.raw.push_back({"aggregate_by", "policy", 1});
  std::string exposure = testing::three_costs(100);
  exposure.insert(exposure.find("<assets>"), "<tagNames>policy</tagNames>");
  job.inputs["exposure"] = {folder.write("e.xml", exposure)};
  job.parameters["reinsurance_file"] = {{"structural+contents", "r.xml"}};
  job.inputs["reinsurance"] = {
    folder.write("r.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><reinsuranceModel>"
                          "<policies>p.csv</policies></reinsuranceModel></nrml>")};
  folder.write("p.csv", "policy,liability,deductible\n?,140,40\n");

  const auto refused =
    make_scenario_risk_calculator({job, testing::field_datastore(intensities), {}});

  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("total_losses"), std::string::npos)
    << refused.error().message;
}

TEST_F(ScenarioRisk, TotalLossesAddUpLossTypes) {
  job.raw.push_back({"total_losses", "structural+contents", 1});

  const auto losses = numbers(*run(), "avg_losses-rlzs", 3);

  ASSERT_EQ(losses.size(), 8u);
  EXPECT_NEAR(losses[3], 110 * 0.255, 1e-4);
}

TEST_F(ScenarioRisk, AMissingFunctionNamesTheAssetAndItsLine) {
  vulnerability("contents", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\">"
                            "<vulnerabilityModel><vulnerabilityFunction id=\"X\" dist=\"LN\">"
                            "<imls imt=\"PGA\">0.1 1</imls><meanLRs>0.1 1</meanLRs>"
                            "<covLRs>0 0</covLRs></vulnerabilityFunction></vulnerabilityModel>"
                            "</nrml>");

  const auto refused =
    make_scenario_risk_calculator({job, testing::field_datastore(intensities), {}});

  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("'a'"), std::string::npos) << refused.error().message;
  EXPECT_EQ(refused.error().where, "e.xml:1");
}

TEST_F(ScenarioRisk, AnIntensityThatTheFieldsDoNotHaveNamesTheFunctionsLine) {
  vulnerability("contents", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\">\n"
                            "<vulnerabilityModel>\n<vulnerabilityFunction id=\"W\" dist=\"LN\">"
                            "<imls imt=\"SA(0.3)\">0.1 1</imls><meanLRs>0.1 1</meanLRs>"
                            "<covLRs>0 0</covLRs></vulnerabilityFunction></vulnerabilityModel>"
                            "</nrml>");

  const auto refused =
    make_scenario_risk_calculator({job, testing::field_datastore(intensities), {}});

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "contents.xml:3");
}

} // namespace
} // namespace oq::engine
