// Treaties worked out by hand, and what reading refuses.
#include "engine/risk/reinsurance.hpp"

#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

Treaty proportional(const char* name, double limit) {
  return {name, TreatyType::proportional, 0, limit};
}

struct Outcome {
  std::vector<double> by_policy, portfolio;
};

Outcome reinsure(const ReinsuranceModel& model, const std::vector<double>& losses) {
  Outcome outcome;
  outcome.by_policy.resize(model.policies.size() * model.policy_width());
  outcome.portfolio.resize(model.portfolio_width());
  add_reinsured(model, losses, outcome.by_policy, outcome.portfolio);
  return outcome;
}

TEST(Reinsurance, ClaimsNothingUpToTheDeductibleAndNoMoreThanTheLiability) {
  ReinsuranceModel model;
  model.policies = {{"A", 10, 100, {}}, {"B", 10, 100, {}}, {"C", 10, 100, {}}};

  const auto outcome = reinsure(model, {10, 60, 500});

  EXPECT_EQ(outcome.by_policy, (std::vector<double>{0, 0, 50, 50, 90, 90}));
  EXPECT_EQ(outcome.portfolio, (std::vector<double>{140, 140}));
}

TEST(Reinsurance, CedesSharesOfTheClaimAndThenWhatTheRetentionExceeds) {
  ReinsuranceModel model;
  model.treaties = {proportional("quota", 1000), {"wxlr", TreatyType::per_risk, 20, 50}};
  model.policies = {{"A", 0, 1000, {0.4, 1}}, {"B", 0, 1000, {0.4, 0}}};

  const auto outcome = reinsure(model, {100, 100});

  // 60 remain of either claim; the treaty pays what is between 20 and 50 of policy A.
  EXPECT_EQ(outcome.by_policy, (std::vector<double>{30, 100, 40, 30, 60, 100, 40, 0}));
  EXPECT_EQ(outcome.portfolio, (std::vector<double>{90, 200, 80, 30, 0, 0}));
}

TEST(Reinsurance, KeepsWhatExceedsTheCessionOfAnEvent) {
  ReinsuranceModel model;
  model.treaties = {proportional("surplus", 50)};
  model.policies = {{"A", 0, 1000, {0.5}}, {"B", 0, 1000, {0.5}}};

  const auto outcome = reinsure(model, {100, 60});

  // 80 ceded policy by policy, of which the treaty takes 50.
  EXPECT_EQ(outcome.by_policy, (std::vector<double>{50, 100, 50, 30, 60, 30}));
  EXPECT_EQ(outcome.portfolio, (std::vector<double>{110, 160, 50, 30}));
}

TEST(Reinsurance, CoversTheRetentionOfAllPoliciesOfACatastropheTreaty) {
  ReinsuranceModel model;
  model.treaties = {proportional("surplus", 50), {"cat", TreatyType::catastrophe, 40, 100}};
  model.policies = {{"A", 0, 1000, {0.5, 1}}, {"B", 0, 1000, {0, 1}}, {"C", 0, 1000, {0, 0}}};

  const auto outcome = reinsure(model, {160, 30, 25});

  // A and B retain 80 + 30 (surplus, beyond its 50) + 30: the treaty pays 60, 40 are above it.
  EXPECT_EQ(outcome.portfolio, (std::vector<double>{105, 215, 50, 60, 30, 40}));
}

class ReadReinsurance : public ::testing::Test {
protected:
  ReadReinsurance() {
    job.raw.push_back({"aggregate_by", "policy", 7});
    job.parameters["reinsurance_file"] = {{"structural", "r.xml"}};
    assets.id = {"a1", "a2"};
    assets.files = {"e.csv"};
    assets.file = {0, 0};
    assets.line = {2, 3};
    assets.tags["policy"] = {{"A", "B"}, {1, 0}};
    treaties("<field input=\"quota\" type=\"prop\" max_cession_event=\"50\"/>\n"
             "<field input=\"cat\" type=\"catxl\" deductible=\"5\" limit=\"90\"/>\n");
    policies("policy,Limit,deductible,quota,cat\nA,100,10,.3,1\nB,200,0,.5,0\nC,1,0,0,0\n");
  }
  void treaties(const std::string& fields) {
    job.inputs["reinsurance"] = {folder.write(
      "r.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\">"
               "<reinsuranceModel><fieldMap>\n"
               "<field oq=\"liability\" input=\"Limit\"/>\n"
                 + fields + "</fieldMap><policies>p.csv</policies></reinsuranceModel></nrml>")};
  }
  void policies(const std::string& text) { folder.write("p.csv", text); }
  Result<ReinsuranceModel> read() const { return read_reinsurance(job, assets, {0, 1}); }
  std::string refusal() const {
    const auto model = read();
    return model ? "nothing refused" : model.error().text();
  }

  oq::testing::TemporaryFolder folder;
  Job job;
  Assets assets;
};

TEST_F(ReadReinsurance, KeepsThePoliciesThatAssetsHave) {
  const auto model = read();

  ASSERT_TRUE(model) << model.error().text();
  ASSERT_EQ(model->policies.size(), 2u);
  EXPECT_EQ(model->policies[1].liability, 200);
  EXPECT_EQ(model->policies[1].shares, (std::vector<double>{0.5, 0}));
  EXPECT_EQ(model->policy_of, (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(model->treaties[0].limit, 50);
}

TEST_F(ReadReinsurance, RefusesATypeThatItDoesNotKnow) {
  treaties("<field input=\"quota\" type=\"propp\"/>\n");
  EXPECT_EQ(refusal().substr(0, 7), "r.xml:3");
}

TEST_F(ReadReinsurance, RefusesALimitBelowTheDeductible) {
  treaties("<field input=\"cat\" type=\"catxl\" deductible=\"95\" limit=\"90\"/>\n");
  EXPECT_EQ(refusal().substr(0, 7), "r.xml:3");
}

TEST_F(ReadReinsurance, RefusesAnExcessOfLossWithoutLimit) {
  treaties("<field input=\"cat\" type=\"wxlr\" deductible=\"95\"/>\n");
  EXPECT_EQ(refusal().substr(0, 7), "r.xml:3");
}

TEST_F(ReadReinsurance, RefusesATreatyTwice) {
  treaties("<field input=\"quota\"/>\n<field input=\"quota\"/>\n");
  EXPECT_EQ(refusal().substr(0, 7), "r.xml:4");
}

TEST_F(ReadReinsurance, RefusesATreatyWithoutColumn) {
  treaties("<field input=\"other\"/>\n");
  EXPECT_NE(refusal().find("other"), std::string::npos) << refusal();
}

TEST_F(ReadReinsurance, RefusesADeductibleAboveTheLiability) {
  policies("policy,Limit,deductible,quota,cat\nA,100,10,.3,1\nB,200,300,.5,0\n");
  EXPECT_EQ(refusal().substr(0, 7), "p.csv:3");
}

TEST_F(ReadReinsurance, RefusesSharesAboveTheWhole) {
  treaties("<field input=\"quota\"/>\n<field input=\"cat\"/>\n");
  policies("policy,Limit,deductible,quota,cat\nA,100,10,.3,.8\nB,200,0,.5,0\n");
  EXPECT_EQ(refusal().substr(0, 7), "p.csv:2");
}

TEST_F(ReadReinsurance, RefusesPartOfAnExcessOfLoss) {
  policies("policy,Limit,deductible,quota,cat\nA,100,10,.3,.5\nB,200,0,.5,0\n");
  EXPECT_EQ(refusal().substr(0, 7), "p.csv:2");
}

TEST_F(ReadReinsurance, RefusesAPolicyTwice) {
  policies("policy,Limit,deductible,quota,cat\nA,100,10,.3,1\nA,200,0,.5,0\n");
  EXPECT_EQ(refusal().substr(0, 7), "p.csv:3");
}

TEST_F(ReadReinsurance, NamesTheAssetWhosePolicyIsMissing) {
  policies("policy,Limit,deductible,quota,cat\nA,100,10,.3,1\n");
  EXPECT_EQ(refusal(), "e.csv:2: asset 'a1': policy 'B' is not in p.csv");
}

TEST_F(ReadReinsurance, NeedsPoliciesToAggregateBy) {
  job.raw.clear();
  EXPECT_NE(refusal().find("aggregate_by = policy"), std::string::npos) << refusal();
}

TEST_F(ReadReinsurance, RefusesAFileOutsideTheJob) {
  job.confine_to = folder.path();
  job.inputs["reinsurance"] = {
    folder.write("r.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><reinsuranceModel>"
                          "<policies>../../etc/passwd</policies></reinsuranceModel></nrml>")};
  EXPECT_EQ(refusal().substr(0, 7), "r.xml:1");
}

} // namespace
} // namespace oq::engine
